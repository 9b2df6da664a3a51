"""The lines of a report's first sheets and its last, where it says what it is.

A *line* is a short block, or a row of a table; a *row* is one typeset line with its size and place,
in points from the sheet's top left.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from searcher.document import FURNITURE, BlockKind, Span
from searcher.extract.builder import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from searcher.document import Block, Document
    from searcher.extract.pdf.blocks.drafts import Draft
    from searcher.extract.pdf.blocks.lines import Line
    from searcher.extract.pdf.layout import LaidPage

_LONGEST = 300  # letters: a longer block is prose, no line of a title page
_FRONT = 4  # sheets: a cover, its back, a title page, its imprint
_BACK = 2  # sheets
_MOST_WORDS = 220  # on a sheet that is a cover and nothing else
_CELLS = " | "
_TOUCHING = 0.12  # of a letter's size: what stands so close goes on a word
_LISTED = frozenset({BlockKind.TABLE, BlockKind.TOC})


@dataclass(frozen=True, slots=True)
class CoverLine:
    """A line or a row with its place in the text; ``parts`` are what wide gaps part it into.

    ``size`` and ``bold`` are those of its letters, ``y`` its baseline; ``opens`` tells whether a
    block begins with it.
    """

    text: str
    span: Span
    page: int
    kind: BlockKind
    size: float = 0.0
    bold: bool = False
    x0: float = 0.0
    x1: float = 0.0
    y: float = 0.0
    parts: tuple[str, ...] = ()
    opens: bool = True

    @property
    def is_furniture(self) -> bool:
        """Tell whether it is a running header or footer."""
        return self.kind in FURNITURE


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its short blocks, its rows, and how many words it holds."""

    number: int
    lines: tuple[CoverLine, ...]
    rows: tuple[CoverLine, ...]
    words: int

    @property
    def is_cover(self) -> bool:
        """Tell whether it holds next to nothing but display: no page of prose."""
        return self.words <= _MOST_WORDS


@dataclass(frozen=True, slots=True)
class Front:
    """The first sheets of a report and its last ones, none of them twice."""

    sheets: tuple[Sheet, ...]
    back: tuple[Sheet, ...]

    def lines(self, count: int = _FRONT) -> tuple[CoverLine, ...]:
        """Return the lines of the first ``count`` sheets."""
        return tuple(line for sheet in self.sheets[:count] for line in sheet.lines)

    def rows(self, count: int = _FRONT) -> tuple[CoverLine, ...]:
        """Return the rows of the first ``count`` sheets."""
        return tuple(row for sheet in self.sheets[:count] for row in sheet.rows)

    @property
    def imprint(self) -> tuple[CoverLine, ...]:
        """Return the lines of all sheets, the first sheets' before the last ones'."""
        return (*self.lines(), *(line for sheet in reversed(self.back) for line in sheet.lines))

    @property
    def title_sheet(self) -> Sheet | None:
        """Return the first sheet with words on it."""
        return next((sheet for sheet in self.sheets if sheet.words), None)


def front_of(document: Document, laid: Sequence[LaidPage]) -> Front:
    """Return the first and the last sheets of ``document``, which was made of ``laid``."""
    count = len(document.pages)
    back = range(max(count - _BACK, min(_FRONT, count)), count)
    return Front(
        tuple(_sheet(document, laid, index) for index in range(min(_FRONT, count))),
        tuple(_sheet(document, laid, index) for index in back),
    )


def _sheet(document: Document, laid: Sequence[LaidPage], index: int) -> Sheet:
    page = document.pages[index]
    short = [block for block in page.blocks if block.span.end - block.span.start <= _LONGEST]
    rows = [
        row
        for block, draft in _pairs(document, page.blocks, laid[index].drafts)
        for row in _rows(document, block, (page.number, draft))
    ]
    return Sheet(
        page.number,
        tuple(line for block in short for line in _lines(document, block, page.number)),
        tuple(sorted(rows, key=lambda row: (round(row.y), row.x0))),
        len(page.span.of(document.text).split()),
    )


def _spelled(line: Line) -> str:
    """Return the text of ``line`` without the gaps that files leave inside of words."""
    words = [word for segment in line.segments for word in segment.words]
    text = words[0].text if words else ""
    for last, word in pairwise(words):
        is_one = word.size == last.size and abs(word.x0 - last.x1) < _TOUCHING * word.size
        text += word.text if is_one else f" {word.text}"
    return text


def _lines(document: Document, block: Block, number: int) -> Iterator[CoverLine]:
    start = block.span.start
    for text in block.span.of(document.text).split("\n"):
        parts = tuple(text.split(_CELLS)) if block.kind is BlockKind.TABLE else ()
        yield CoverLine(text, Span(start, start + len(text)), number, block.kind, parts=parts)
        start += len(text) + 1


def _pairs(
    document: Document, blocks: Sequence[Block], drafts: Sequence[Draft]
) -> Iterator[tuple[Block, Draft]]:
    """Yield each block with the draft it was made of: of its kind, with its words, the next one."""
    left = list(drafts)
    for block in blocks:
        text = block.span.of(document.text)
        for place, draft in enumerate(left):
            if draft.kind is block.kind and (draft.text == text or clean(draft.text) == text):
                yield block, left.pop(place)
                break


def _rows(document: Document, block: Block, found: tuple[int, Draft]) -> Iterator[CoverLine]:
    """Yield the typeset lines of ``block`` of a sheet with their places in the text."""
    number, draft = found
    text = block.span.of(document.text)
    end = 0
    for line in draft.lines if block.kind not in _LISTED else ():
        place = text.find(line.text, end)
        span = block.span
        if place >= 0:
            end = place + len(line.text)
            span = Span(block.span.start + place, block.span.start + end)
        yield CoverLine(
            text=_spelled(line),
            span=span,
            page=number,
            kind=block.kind,
            size=line.size,
            bold=line.bold,
            x0=line.x0,
            x1=line.x1,
            y=line.baseline,
            parts=tuple(segment.text for segment in line.segments),
            opens=line is draft.lines[0],
        )
