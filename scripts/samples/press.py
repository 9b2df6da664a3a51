"""Prints a sample report as a PDF, sheet by sheet. Lengths are points, from the foot up."""

from dataclasses import dataclass, field
from io import BytesIO
from typing import Final

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from samples.blocks import Body, Heading, Landscape, Sample
from samples.furniture import Contents, draw_contents, draw_furniture, draw_notes, title_pieces
from samples.layouts import SOFT_HYPHEN, Layout
from samples.styles import Piece, body_style, cut_pieces, set_words, soften_hyphens, style_like

GUTTER: Final = 20.0
_ROMAN: Final = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")


@dataclass(slots=True)
class Press:
    """A PDF being printed: the sheet, the column and the height that printing has reached."""

    canvas: Canvas
    sample: Sample
    layout: Layout
    size: tuple[float, float] = A4
    sheet: int = 1
    body_sheet: int = 0
    column: int = 0
    column_top: float = 0.0
    y: float = 0.0
    marks: list[tuple[Heading, int]] = field(default_factory=list)
    noted: list[str] = field(default_factory=list)

    @property
    def top(self) -> float:
        """The height at which text begins on a new sheet."""
        return self.size[1] - self.layout.margin

    @property
    def bottom(self) -> float:
        """The height below which no text is printed."""
        return self.layout.margin + self.layout.notes_room

    @property
    def columns(self) -> int:
        """The number of columns; a sheet on its long side has one."""
        return 1 if self.size[0] > self.size[1] else self.layout.columns

    @property
    def width(self) -> float:
        """The width of a column."""
        room = self.size[0] - 2 * self.layout.margin
        return (room - GUTTER * (self.columns - 1)) / self.columns

    def label(self, sheet: int) -> str:
        """Return what is printed at the foot of ``sheet``: roman before the body."""
        if not self.layout.contents:
            return str(sheet)
        if self.body_sheet and sheet >= self.body_sheet:
            return str(sheet - self.body_sheet + 1)
        return _ROMAN[sheet]

    def section(self) -> str:
        """Return the first main heading on the sheet, else the last one before it."""
        main = [(heading.text, sheet) for heading, sheet in self.marks if heading.level == 1]
        here = [text for text, sheet in main if sheet == self.sheet]
        before = [text for text, sheet in main if sheet < self.sheet]
        return next(iter([*here, *reversed(before)]), "")


def print_sample(sample: Sample, layout: Layout) -> tuple[bytes, list[tuple[Heading, int]]]:
    """Return the PDF of ``sample`` and its headings, each with the sheet it stands on."""
    draft, _ = _print(sample, layout, None)
    labelled = tuple((heading, draft.label(sheet)) for heading, sheet in draft.marks)
    final, printed = _print(sample, layout, Contents(labelled))
    return printed, final.marks


def _print(sample: Sample, layout: Layout, contents: Contents | None) -> tuple[Press, bytes]:
    paper = BytesIO()
    press = Press(_open_canvas(paper, sample, layout), sample, layout)
    press.canvas.setNamedCB("sets_note", lambda _canvas, _kind, label: press.noted.append(label))
    press.y = press.column_top = press.top
    _print_front(press, contents)
    for block in sample.blocks:
        match block:
            case Body():
                press.body_sheet = press.sheet + 1
                _end_sheet(press)
            case Landscape():
                _end_sheet(press)
                press.size = landscape(A4)
                press.canvas.setPageSize(press.size)
                press.y = press.column_top = press.top
            case _:
                for piece in cut_pieces(block, layout, press.width):
                    _place(press, piece)
    _end_sheet(press, last=True)
    _label_sheets(press)
    press.canvas.save()
    return press, paper.getvalue()


def _open_canvas(paper: BytesIO, sample: Sample, layout: Layout) -> Canvas:
    lock = None
    if layout.owner_password:
        lock = StandardEncryption(
            layout.user_password, layout.owner_password, canModify=0, strength=128
        )
    canvas = Canvas(paper, pagesize=A4, invariant=1, pageCompression=1, encrypt=lock)
    if layout.embedded_title:
        authors = "; ".join(sample.authors)
        canvas.setTitle(layout.embedded_title.format(title=sample.title))
        canvas.setAuthor(layout.embedded_author.format(authors=authors))
    return canvas


def _print_front(press: Press, contents: Contents | None) -> None:
    sample, layout = press.sample, press.layout
    if layout.cover:
        press.y -= 110
    one_column = press.size[0] - 2 * layout.margin
    for piece in title_pieces(sample, layout):
        _, height = piece.flowable.wrapOn(press.canvas, one_column, press.y)
        press.y -= piece.before + height
        piece.flowable.drawOn(press.canvas, layout.margin, press.y)
    press.column_top = press.y = press.y - 14
    if layout.cover:
        _end_sheet(press)
    if layout.contents:
        if contents:
            draw_contents(press.canvas, contents, layout)
        _end_sheet(press)


def _place(press: Press, piece: Piece) -> None:
    if piece.heading and piece.heading.level == 1:
        apart = press.layout.sections_apart and press.label(press.sheet).isdigit()
        if apart and press.y < press.top - 150:
            _end_sheet(press)
    room = press.y - press.bottom - piece.before
    _, height = piece.flowable.wrapOn(press.canvas, press.width, max(room, 1))
    if height + piece.below <= room:
        _draw(press, piece, height)
        return
    halves = [] if piece.heading else piece.flowable.splitOn(press.canvas, press.width, room)
    if len(halves) == 2:
        _place(press, Piece(halves[0], piece.before))
        _end_column(press)
        _place(press, Piece(halves[1]))
        return
    if press.y == press.column_top:
        msg = f"{press.sample.file}: a piece is higher than its sheet"
        raise ValueError(msg)
    _end_column(press)
    _place(press, Piece(piece.flowable, 0, piece.below, piece.heading))


def _draw(press: Press, piece: Piece, height: float) -> None:
    press.y -= piece.before + height
    x = press.layout.margin + press.column * (press.width + GUTTER)
    if piece.heading:
        _mark(press, piece.heading)
    if press.layout.hyphen == SOFT_HYPHEN:
        soften_hyphens(piece.flowable)
    piece.flowable.drawOn(press.canvas, x, press.y)


def _mark(press: Press, heading: Heading) -> None:
    press.marks.append((heading, press.sheet))
    if press.layout.outline:
        key = f"heading-{len(press.marks)}"
        press.canvas.bookmarkHorizontal(key, 0, press.y + 24)
        press.canvas.addOutlineEntry(heading.text, key, heading.level - 1)
        press.canvas.showOutline()


def _end_column(press: Press) -> None:
    press.column += 1
    press.y = press.column_top
    if press.column == press.columns:
        _end_sheet(press)


def _end_sheet(press: Press, *, last: bool = False) -> None:
    bare = press.sheet == 1 and press.layout.cover
    if not bare:
        draw_furniture(press.canvas, _fill_in(press), press.size)
    _print_notes(press)
    if not last:
        press.canvas.showPage()
        press.sheet += 1
    press.column = 0
    press.y = press.column_top = press.top


def _fill_in(press: Press) -> tuple[Layout, str, str]:
    facts = {
        "title": press.sample.title,
        "series": press.sample.series,
        "section": press.section(),
        "publisher": press.sample.publisher,
        "label": press.label(press.sheet),
    }
    header = press.layout.header if press.sheet > 1 else ""
    return press.layout, header.format(**facts), press.layout.footer.format(**facts)


def _print_notes(press: Press) -> None:
    texts = dict(press.sample.notes)
    style = style_like(body_style(press.layout), fontSize=8, leading=9.6)
    notes = [
        Paragraph(f"<super>{label}</super> " + set_words(texts[label], press.layout), style)
        for label in press.noted
    ]
    draw_notes(press.canvas, notes, (press.layout.margin, press.width))
    press.noted.clear()


def _label_sheets(press: Press) -> None:
    if not press.layout.contents:
        return
    press.canvas.addPageLabel(0, style="ROMAN_LOWER", start=1)
    press.canvas.addPageLabel(press.body_sheet - 1, style="ARABIC", start=1)
