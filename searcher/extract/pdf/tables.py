"""Tables, on good evidence only: lines of several segments whose edges stand in columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from searcher.extract.pdf.drafts import has_bullet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searcher.extract.pdf.lines import Line, Segment

_LABEL = re.compile(r"^(?:\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zA-Z]|[ivxIVX]{1,5})[.)]?|\W)$")
_LEAST_ROWS = 3
_SAME_EDGE = 4.0  # points


def table_ranges(lines: Sequence[Line]) -> tuple[range, ...]:
    """Return the runs of ``lines`` that are tables: three aligned rows of cells or more."""
    found: list[range] = []
    start = 0
    while start < len(lines):
        end = _end_of_table(lines, start)
        if end - start >= _LEAST_ROWS:
            found.append(range(start, end))
            start = end
        else:
            start += 1
    return tuple(found)


def row_text(line: Line) -> str:
    """Return the row's cells joined by " | "."""
    return " | ".join(segment.text for segment in line.segments)


def _end_of_table(lines: Sequence[Line], start: int) -> int:
    """Return the index after the last row of the table that begins at ``start``."""
    row = _cells(lines[start])
    if len(row) < 2:
        return start
    end = start + 1
    while end < len(lines):
        cells = _cells(lines[end])
        if (
            len(cells) < 2
            or not _align(row, cells)
            or lines[end].baseline <= lines[end - 1].baseline
        ):
            break
        row, end = cells, end + 1
    return end


def _cells(line: Line) -> tuple[Segment, ...]:
    """Return the line's segments, a bullet's or an item's number aside."""
    first = line.segments[0].text
    if _LABEL.match(first) or has_bullet(first + " x"):
        return line.segments[1:]
    return line.segments


def _align(above: Sequence[Segment], below: Sequence[Segment]) -> bool:
    """Tell whether two cells of ``below`` or more share an edge or the middle with one above."""
    edges = [(cell.x0, cell.x1, (cell.x0 + cell.x1) / 2) for cell in above]
    aligned = 0
    for cell in below:
        mine = (cell.x0, cell.x1, (cell.x0 + cell.x1) / 2)
        aligned += any(
            abs(edge - other) <= _SAME_EDGE
            for cells in edges
            for edge, other in zip(cells, mine, strict=True)
        )
    return aligned >= 2
