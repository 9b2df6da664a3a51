"""Blocks as flowables: paragraphs, lists and tables in the fonts of a layout."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from reportlab.lib import colors
from reportlab.lib.enums import TA_JUSTIFY, TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph
from reportlab.platypus import Table as Grid

from samples.blocks import Body, Heading, Items, Landscape, Prose, Table
from samples.layouts import SOFT_HYPHEN, Layout
from samples.words import mark_up, read_hyphenator, set_marks

Widths = list[float]
TEXTS = Path(__file__).parent / "text"
NOTE_IN_PRINT = r'<super size="7">\1</super><onDraw name="sets_note" label="\1"/>'
_FACES = {
    "Times": ("Times-Roman", "Times-Bold", "Times-Italic"),
    "Helvetica": ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique"),
    "Vera": ("Vera", "VeraBd", "VeraIt"),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """One flowable with the space before it and, for a heading, the space it must leave below."""

    flowable: Flowable
    before: float = 0
    below: float = 0
    heading: Heading | None = None


@dataclass(frozen=True, slots=True)
class Faces:
    """The names of a layout's three fonts."""

    plain: str
    bold: str
    italic: str


def find_faces(layout: Layout) -> Faces:
    """Return the fonts of ``layout``, made known to reportlab where it has to embed them."""
    faces = Faces(*_FACES[layout.font])
    if layout.font == "Vera":
        for name in (faces.plain, faces.bold, faces.italic):
            pdfmetrics.registerFont(TTFont(name, f"{name}.ttf"))
        pdfmetrics.registerFontFamily(
            faces.plain, normal=faces.plain, bold=faces.bold, italic=faces.italic
        )
    return faces


def body_style(layout: Layout) -> ParagraphStyle:
    """Return the style of running text."""
    style = ParagraphStyle("body", fontName=find_faces(layout).plain, fontSize=layout.size)
    style.leading = layout.size * 1.34
    style.alignment = TA_JUSTIFY if layout.justified else TA_LEFT
    if layout.hyphen:
        style.hyphenationLang = read_hyphenator(TEXTS / "hyphenation.txt")
    return style


def style_like(body: ParagraphStyle, **changes: object) -> ParagraphStyle:
    """Return a style that differs from ``body`` in ``changes``."""
    return ParagraphStyle("changed", parent=body, **changes)


def set_words(text: str, layout: Layout) -> str:
    """Return ``text`` as the markup that reportlab prints."""
    return mark_up(set_marks(text) if layout.typographic else text, NOTE_IN_PRINT)


def cut_pieces(
    block: Heading | Prose | Items | Table | Body | Landscape, layout: Layout, width: float
) -> Iterator[Piece]:
    """Yield what is printed for ``block`` in a column ``width`` points wide."""
    body = body_style(layout)
    write = partial(set_words, layout=layout)
    match block:
        case Heading():
            yield _cut_heading(block, layout)
        case Prose(text, quoted=True):
            inset = style_like(body, leftIndent=18, rightIndent=18, fontName=_italic(layout))
            yield Piece(Paragraph(write(text), inset), before=6)
        case Prose(text):
            yield Piece(Paragraph(write(text), body), before=6)
        case Items(texts, numbered):
            inset = style_like(body, leftIndent=16, bulletIndent=4)
            for number, text in enumerate(texts, start=1):
                sign = f"{number}." if numbered else layout.bullet
                yield Piece(Paragraph(write(text), inset, bulletText=sign), before=3)
        case Table(caption, rows):
            if caption:
                yield Piece(_cut_caption(caption, layout), before=10, below=60)
            yield Piece(_cut_grid(rows, layout, width), before=4)
        case Body() | Landscape():
            return


def soften_hyphens(paragraph: Paragraph) -> None:
    """Put U+00AD in place of each hyphen that stands inside a word at the end of a line.

    reportlab takes the soft hyphens of a text out, so they come in once its lines are broken.
    """
    if not isinstance(paragraph, Paragraph) or paragraph.blPara.kind:
        return
    for line in paragraph.blPara.lines[:-1]:
        words = line[1]
        if type(words[-1]).__name__ == "_SplitWordHY":
            words[-1] = words[-1][:-1] + SOFT_HYPHEN


def _italic(layout: Layout) -> str:
    return find_faces(layout).italic


def _cut_heading(heading: Heading, layout: Layout) -> Piece:
    size = layout.size * (1.0, 1.6, 1.25, 1.06)[heading.level]
    style = style_like(
        body_style(layout),
        fontName=find_faces(layout).bold,
        fontSize=size,
        leading=size * 1.25,
        alignment=TA_LEFT,
        textColor=colors.HexColor(layout.accent),
    )
    before = (0, 16, 12, 9)[heading.level]
    below = (0, 96, 64, 44)[heading.level]
    return Piece(Paragraph(set_words(heading.text, layout), style), before, below, heading)


def _cut_caption(caption: str, layout: Layout) -> Paragraph:
    style = style_like(
        body_style(layout),
        fontName=find_faces(layout).bold,
        fontSize=layout.size * 0.92,
        alignment=TA_LEFT,
    )
    return Paragraph(set_words(caption, layout), style)


def _cut_grid(rows: tuple[tuple[str, ...], ...], layout: Layout, width: float) -> Grid:
    size = layout.size * 0.86
    plain = style_like(
        body_style(layout), fontSize=size, leading=size * 1.2, alignment=TA_LEFT, hyphenationLang=""
    )
    bold = style_like(plain, fontName=find_faces(layout).bold)
    cells = [
        [Paragraph(set_words(cell, layout), plain if number else bold) for cell in row]
        for number, row in enumerate(rows)
    ]
    grid = Grid(cells, colWidths=_share_width(rows, width, bold), repeatRows=1)
    grid.setStyle([
        ("GRID", (0, 0), (-1, -1), 0.4, colors.grey),
        ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#e8e8ee")),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ])
    return grid


def _share_width(rows: tuple[tuple[str, ...], ...], width: float, style: ParagraphStyle) -> Widths:
    """Return the width of each column: its longest word, and a share by its longest cell."""
    columns = list(zip(*rows, strict=True))
    needs = [_longest_word(column, style) + 9 for column in columns]
    lengths = [min(max(len(cell) for cell in column), 34) for column in columns]
    spare = max(width - sum(needs), 0)
    shares = [spare * length / sum(lengths) for length in lengths]
    return [need + share for need, share in zip(needs, shares, strict=True)]


def _longest_word(cells: tuple[str, ...], style: ParagraphStyle) -> float:
    words = [word for cell in cells for word in cell.split()]
    widths: list[float] = [stringWidth(word, style.fontName, style.fontSize) for word in words]
    return max(widths)
