"""Where a laid-out sheet's blocks stand on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searcher.document import FURNITURE, BlockKind
from searcher.errors import ExtractionError, Reason
from searcher.extract.builder import clean
from searcher.extract.pdf.layout import lay_out
from searcher.extract.pdf.pictures import picture_of, png
from searcher.results.layout import LaidBlock, PageLayout

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from searcher.extract.pdf.blocks.drafts import Draft
    from searcher.extract.pdf.blocks.lines import Line
    from searcher.extract.pdf.layout import LaidPage
    from searcher.extract.pdf.words import Reading
    from searcher.results.layout import Box

DOTS_PER_INCH = 110
"""Of a sheet's picture: enough to read ten-point letters by."""

_ASCENT, _DESCENT = 0.85, 0.25  # of a letter's size, over and under the baseline


def placed_sheet(reading: Reading, number: int, data: bytes | None) -> PageLayout:
    """Return how sheet ``number`` is laid out, with its picture if ``data`` is the file.

    Raises:
        ExtractionError: there is no such sheet, or it cannot be drawn.
    """
    if not 1 <= number <= len(reading.pages):
        raise ExtractionError(Reason.DAMAGED, f"it has no sheet {number}")
    laid, words = lay_out(reading)[number - 1], reading.pages[number - 1]
    seen = png(picture_of(data, number, dots_per_inch=DOTS_PER_INCH)) if data else b""
    return PageLayout(
        report="",
        page=number,
        page_label=laid.label,
        width=words.width,
        height=words.height,
        reader=words.reader or reading.reader,
        columns=laid.columns,
        blocks=placed(laid),
        picture=seen,
    )


def placed(page: LaidPage) -> tuple[LaidBlock, ...]:
    """Return the blocks of ``page`` as its text has them: body, footnotes, furniture."""
    drafts = sorted(page.drafts, key=_part)
    found = ((draft, clean(draft.text)) for draft in drafts)
    return tuple(
        LaidBlock(draft.kind, draft.level, text, tuple(_boxes(draft.lines)))
        for draft, text in found
        if text
    )


def _part(draft: Draft) -> int:
    """Return where a page's text has such a block, as ``DocumentBuilder`` lays it down."""
    if draft.kind in FURNITURE:
        return 2
    return 1 if draft.kind is BlockKind.FOOTNOTE else 0


def _boxes(lines: Sequence[Line]) -> Iterator[Box]:
    """Yield a box for each run of lines that go down the sheet, as one column's do."""
    run: list[Line] = []
    for line in lines:
        if run and line.baseline < run[-1].baseline - line.size * _ASCENT:
            yield _around(run)
            run = []
        run.append(line)
    if run:
        yield _around(run)


def _around(lines: Sequence[Line]) -> Box:
    return (
        round(min(line.x0 for line in lines), 1),
        round(min(line.baseline - line.size * _ASCENT for line in lines), 1),
        round(max(line.x1 for line in lines), 1),
        round(max(line.baseline + line.size * _DESCENT for line in lines), 1),
    )
