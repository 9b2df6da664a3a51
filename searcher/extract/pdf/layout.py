"""Words of a whole file into the blocks of its pages, in reading order.

words -> lines -> furniture out -> columns -> footnotes, contents, tables, paragraphs -> headings.
The stream's order is kept unless there is evidence against it: reordering by place alone reads
worse than the raw stream.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from searcher.document import BlockKind
from searcher.extract.pdf.blocks.columns import split_columns
from searcher.extract.pdf.blocks.contents import contents_lines, entry_texts
from searcher.extract.pdf.blocks.drafts import (
    Draft,
    has_bullet,
    has_item_number,
    is_caption,
    without_bullet,
)
from searcher.extract.pdf.blocks.footnotes import footnote_lines, notes_of
from searcher.extract.pdf.blocks.furniture import find_furniture
from searcher.extract.pdf.blocks.gutters import columns_of
from searcher.extract.pdf.blocks.hyphens import Lexicon, count_joints, join_lines, lexicon_of
from searcher.extract.pdf.blocks.lines import lines_of, modal_leading, modal_size, steadied
from searcher.extract.pdf.blocks.order import settle, with_labels
from searcher.extract.pdf.blocks.outer import Sheet
from searcher.extract.pdf.blocks.paragraphs import Measure, paragraphs_of
from searcher.extract.pdf.blocks.reading_order import in_reading_order
from searcher.extract.pdf.blocks.sidebars import boxed_lines, floats_of
from searcher.extract.pdf.blocks.tables import table_text, tables_of
from searcher.extract.pdf.headings.mark import FileLists, mark_headings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from searcher.extract.pdf.blocks.furniture import Marks
    from searcher.extract.pdf.blocks.lines import Line
    from searcher.extract.pdf.words import PageWords, Reading

_LARGER = 1.08  # than the body's letters: set for show
_FRONT = 2  # sheets
_LEAST_LINES = 8  # of a page, to take its own leading rather than the file's
_NEXT = 1.6  # in sizes: lines of one running title are no further apart
_UNCOLUMNED = frozenset({BlockKind.TABLE, BlockKind.TOC, BlockKind.SIDEBAR, BlockKind.FOOTNOTE})


@dataclass(frozen=True, slots=True)
class LaidPage:
    """One sheet: the printed label found on it, its drafts in order, furniture last.

    ``columns`` counts the columns of its body, ``hyphens`` the words joined over a line's end.
    """

    number: int
    label: str | None
    drafts: tuple[Draft, ...]
    columns: int = 1
    hyphens: int = 0


@dataclass(frozen=True, slots=True)
class _Setting:
    """What holds for the whole file, and whether a sheet is one where a report names its makers."""

    body_size: float
    leading: float
    lexicon: Lexicon
    has_credits: bool = False


@dataclass(frozen=True, slots=True)
class _Body:
    """What a sheet holds but for its furniture: its flow, which boxes it has in it and beside it.

    ``boxed`` are indices of the flow's lines.
    """

    flow: tuple[Line, ...]
    floats: tuple[tuple[Line, ...], ...]
    boxed: frozenset[int]


def lay_out(reading: Reading) -> tuple[LaidPage, ...]:
    """Return the blocks of each page of ``reading``."""
    sheets = [Sheet(page.number, page.width, page.height, lines_of(page)) for page in reading.pages]
    marks = find_furniture(sheets)
    plain = [_without_furniture(sheet, mark) for sheet, mark in zip(sheets, marks, strict=True)]
    steady = steadied([line for lines in plain for line in lines])
    bodies = [
        _body(tuple(map(steady, lines)), page)
        for lines, page in zip(plain, reading.pages, strict=True)
    ]
    every = [line for body in bodies for part in (body.flow, *body.floats) for line in part]
    setting = _Setting(
        body_size=modal_size(every),
        leading=modal_leading(every),
        lexicon=lexicon_of([line.text for line in every]),
    )
    last = len(sheets) - 1
    drafts = mark_headings(
        [
            tuple(_drafts(body, replace(setting, has_credits=index < _FRONT or index == last)))
            for index, body in enumerate(bodies)
        ],
        setting.body_size,
        FileLists(
            outline=reading.info.outline,
            tags=[page.tagged for page in reading.pages],
            labels=[mark.label for mark in marks],
            panels=[page.panels for page in reading.pages],
        ),
    )
    return tuple(
        _laid(sheet, mark, page) for sheet, mark, page in zip(sheets, marks, drafts, strict=True)
    )


def _laid(sheet: Sheet, marks: Marks, drafts: Sequence[Draft]) -> LaidPage:
    flow = [line for draft in drafts if draft.kind not in _UNCOLUMNED for line in draft.lines]
    texts = [
        [line.text for line in draft.lines] for draft in drafts if draft.kind != BlockKind.TABLE
    ]
    return LaidPage(
        sheet.number,
        marks.label,
        (*drafts, *_furniture(sheet, marks)),
        columns=max(len(columns_of(flow)), 1),
        hyphens=sum(map(count_joints, texts)),
    )


def _without_furniture(sheet: Sheet, marks: Marks) -> list[Line]:
    return [line for index, line in enumerate(sheet.lines) if index not in marks.kinds]


def _body(lines: Sequence[Line], page: PageWords) -> _Body:
    floats = floats_of(lines, page.panels) if page.panels else ()
    aside = frozenset[int]().union(*floats)
    kept = [line for index, line in enumerate(lines) if index not in aside]
    flow = _ordered(kept)
    return _Body(
        flow=flow,
        floats=tuple(_ordered([lines[index] for index in sorted(box)]) for box in floats),
        boxed=boxed_lines(flow, page.panels) if page.panels else frozenset(),
    )


def _ordered(lines: Sequence[Line]) -> tuple[Line, ...]:
    return with_labels(in_reading_order(settle(split_columns(lines))))


def _furniture(sheet: Sheet, marks: Marks) -> Iterator[Draft]:
    """Yield the furniture of ``sheet``: lines of one kind close below one another as one block."""
    run: list[Line] = []
    last = -2
    for index, kind in sorted(marks.kinds.items()):
        line = sheet.lines[index]
        follows = index == last + 1 and marks.kinds[last] == kind and _goes_on(run[-1], line)
        if run and not follows:
            yield Draft(marks.kinds[last], tuple(run), " ".join(each.text for each in run))
            run = []
        run.append(line)
        last = index
    if run:
        yield Draft(marks.kinds[last], tuple(run), " ".join(each.text for each in run))


def _goes_on(above: Line, line: Line) -> bool:
    """Tell whether ``line`` is the next one of a running title, not of a row of several."""
    is_close = 0 < line.baseline - above.baseline <= _NEXT * line.size
    is_alike = abs(line.size - above.size) < 0.5 and line.bold == above.bold
    return is_close and is_alike and len(line.segments) == len(above.segments) == 1


def _drafts(page: _Body, setting: _Setting) -> Iterator[Draft]:
    """Yield the blocks of one sheet's body: its flow, the boxes beside it, the footnotes."""
    lines = page.flow
    found = tables_of(lines)
    tabled = frozenset(index for table in found for index in table.lines)
    notes = footnote_lines(lines, setting.body_size, tabled=tabled, boxed=page.boxed)
    kept = [index for index in range(len(lines)) if index not in notes]
    body = [lines[index] for index in kept]
    contents = contents_lines(body)
    measure = _measure(lines, setting)
    tables = {kept.index(table.lines.start): table for table in found}
    run: list[Line] = []
    index = 0
    while index < len(body):
        table = tables.get(index)
        if index not in contents and table is None:
            run.append(body[index])
            index += 1
            continue
        yield from _prose(run, measure, setting)
        run = []
        end = index
        if table is None or index in contents:
            while end in contents:
                end += 1
            yield _contents(body[index:end], setting.lexicon)
        else:
            end = index + len(table.lines)
            text = table_text(table, setting.lexicon)
            yield Draft(BlockKind.TABLE, tuple(body[index:end]), text)
        index = end
    yield from _prose(run, measure, setting)
    for box in page.floats:
        for draft in _prose(box, _measure(box, setting), setting):
            yield replace(draft, kind=BlockKind.SIDEBAR)
    for note in notes_of([lines[index] for index in sorted(notes)]):
        yield Draft(BlockKind.FOOTNOTE, note, _text(note, setting.lexicon))


def _contents(lines: Sequence[Line], lexicon: Lexicon) -> Draft:
    return Draft(BlockKind.TOC, tuple(lines), "\n".join(entry_texts(lines, lexicon)))


def _measure(page: Sequence[Line], setting: _Setting) -> Measure:
    """Return how ``page``, a flow or a box, is set; where its text ends is not known yet."""
    body = [line for line in page if abs(line.size - setting.body_size) < 0.6]
    leading = modal_leading(body) if len(body) >= _LEAST_LINES else setting.leading
    columns = columns_of(page)
    return Measure(leading, 0.0, setting.has_credits, columns if len(columns) > 1 else ())


def _prose(run: Sequence[Line], page: Measure, setting: _Setting) -> Iterator[Draft]:
    if not run:
        return
    measure = replace(page, right=max(line.x1 for line in run))
    for lines in paragraphs_of(run, measure):
        text = _text(lines, setting.lexicon)
        is_display = lines[0].bold or lines[0].size >= setting.body_size * _LARGER
        kind = _kind(text, is_display=is_display)
        yield Draft(kind, lines, without_bullet(text))


def _kind(text: str, *, is_display: bool) -> BlockKind:
    if has_bullet(text):
        return BlockKind.LIST_ITEM
    if is_caption(text):
        return BlockKind.CAPTION
    if has_item_number(text) and not is_display:
        return BlockKind.LIST_ITEM
    return BlockKind.PARAGRAPH


def _text(lines: Sequence[Line], lexicon: Lexicon) -> str:
    return join_lines([line.text for line in lines], lexicon)
