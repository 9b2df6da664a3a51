"""Running lines told by the sheet itself: in the outermost margin, or turned along its side."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from searcher.extract.pdf.blocks.lines import modal_size
from searcher.extract.pdf.blocks.outer import key_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from searcher.extract.pdf.blocks.lines import Line
    from searcher.extract.pdf.blocks.outer import Outer, Sheet

_MARGIN = 45.0  # points: half an inch and a line, where programs set a header; text begins lower
_SHALLOW = 0.8  # of the margin at the left of the text: a text's own margins are much alike
_TALL = 700.0  # points: a smaller sheet is a slide or a leaflet, set to its edges
_APART = 1.0  # in sizes: the white between it and the text
_LEAST_PROSE = 5  # lines, on a sheet that is no cover
_PROSE = 40  # letters of a line of prose
_LEVEL = 0.2  # in sizes
_LEADING = 1.6  # in sizes: lines of a text are no further apart
_SIDE = 0.1  # of the sheet's width
_MOST_LINES = 20  # of a turned header: each of its words may be one
_LEAST_KEY = 12  # letters
_ADDRESS = re.compile(r"^(?:https?://|file://|www\.)\S+(?:\s+(\d{1,4})\s*/\s*(\d{1,4}))?$")
_PRINTED = re.compile(r"^\d{1,2}[/.]\d{1,2}[/.]\d{2,4},?\s+\d{1,2}:\d{2}(?:\s?[AP]M)?\b")


def marginal(sheet: Sheet, outers: Sequence[Outer]) -> Iterator[Outer]:
    """Yield those of a sheet's ``outers`` that stand alone in its outermost margin.

    They are no larger than the text, not bold, and well apart from it; a cover, a slide or a
    leaflet has none. What a browser prints around a page is told by its form.
    """
    if all(outer.place > _MARGIN for outer in outers):
        return
    size = modal_size(sheet.lines)
    prose = [line for line in sheet.lines if len(line.text) >= _PROSE and line.size >= size - 0.5]
    has_margins = sheet.height >= _TALL and len(prose) >= _LEAST_PROSE
    depth = min([_MARGIN, *(_SHALLOW * line.x0 for line in prose)])
    for outer in outers:
        if outer.place > (depth if has_margins else _MARGIN):
            continue
        is_plain = not outer.line.bold and outer.line.size <= size * 1.02
        if _is_browsers(outer) or (has_margins and is_plain and _is_apart(outer, sheet)):
            yield outer


def _is_browsers(outer: Outer) -> bool:
    """Tell whether a browser printed the line: the address and "3/12", or date and time."""
    address = _ADDRESS.match(outer.text)
    if address and not outer.is_top:
        return address[1] is not None and int(address[1]) == outer.sheet
    return outer.is_top and _PRINTED.match(outer.text) is not None


def _is_apart(outer: Outer, sheet: Sheet) -> bool:
    """Tell whether nothing stands on the line of ``outer`` or close below or above it."""
    white = _APART * outer.line.size
    top = min(segment.y0 for segment in outer.line.segments)
    for line in sheet.lines:
        if line is outer.line:
            continue
        above = top - max(segment.y1 for segment in line.segments)
        below = min(segment.y0 for segment in line.segments) - outer.line.baseline
        if max(above, below) < white:
            return False
    return True


def stands_in_text(outer: Outer, sheet: Sheet, running: frozenset[int]) -> bool:
    """Tell whether ``outer`` is level with a line of the text that goes on below: a table's cell.

    ``running`` are the indices of the sheet's running lines.
    """
    others = [line for index, line in enumerate(sheet.lines) if index not in running]
    level = [
        line for line in others if abs(line.baseline - outer.line.baseline) <= _LEVEL * line.size
    ]
    return any(
        0 < below.baseline - line.baseline <= _LEADING * line.size and abs(below.x0 - line.x0) < 2
        for line in level
        for below in others
    )


def turned(sheet: Sheet, known: frozenset[str]) -> Iterator[int]:
    """Yield the indices of lines along a side of ``sheet`` whose words together are ``known``.

    So a sheet that lies on its side shows the running line of those that stand. ``known`` are the
    keys of the file's running lines.
    """
    if not any(_is_at_side(line, sheet.width) for line in sheet.lines):  # nearly always
        return
    start = 0
    while start < len(sheet.lines):
        text = ""
        stop = start
        for index in range(start, min(start + _MOST_LINES, len(sheet.lines))):
            if not _is_at_side(sheet.lines[index], sheet.width):
                break
            text = f"{text} {sheet.lines[index].text}"
            key = key_of(text.strip())
            if len(key) >= _LEAST_KEY and key in known:
                stop = index + 1
        yield from range(start, stop)
        start = max(stop, start + 1)


def _is_at_side(line: Line, width: float) -> bool:
    return line.x1 <= width * _SIDE or line.x0 >= width * (1 - _SIDE)
