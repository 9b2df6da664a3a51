"""Rows of cells, where a cell may wrap over several lines.

A file writes a table cell by cell: the lines of a cell go down, the next cell begins beside it,
the next row below and further left. So a row is read from the stream. What stands in which
column is told by ``bands``, whether rows make a table by ``tables``.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from searcher.extract.pdf.blocks.lines import Line, Segment

    Cut = Callable[[Segment], Iterable[Segment]]

_LEADING = 1.5  # in sizes: lines of one cell are no further apart
_SAME_EDGE = 4.0  # points
_MOST_CELL_LINES = 10
_BESIDE = 0.3  # in sizes: the least white between a cell and the one beside it
_LEVEL = 0.35  # in sizes: how far a cell may begin below the lines of the one beside it
_HIGHEST = 4.0  # in sizes: how far a cell may rise above the one beside it


@dataclass(frozen=True, slots=True)
class Cell:
    """The lines of one cell, from the top."""

    segments: tuple[Segment, ...]

    @property
    def x0(self) -> float:
        """Return the left edge in points."""
        if len(self.segments) == 1:  # nearly always
            return self.segments[0].x0
        return min(segment.x0 for segment in self.segments)

    @property
    def x1(self) -> float:
        """Return the right edge in points."""
        if len(self.segments) == 1:  # nearly always
            return self.segments[0].x1
        return max(segment.x1 for segment in self.segments)

    @property
    def top(self) -> float:
        """Return the first baseline."""
        return self.segments[0].baseline

    @property
    def bottom(self) -> float:
        """Return the last baseline."""
        return self.segments[-1].baseline


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row, from left to right; ``stop`` is the index after its last line."""

    cells: tuple[Cell, ...]
    stop: int

    @property
    def top(self) -> float:
        """Return the highest baseline."""
        return min(cell.top for cell in self.cells)

    @property
    def bottom(self) -> float:
        """Return the lowest baseline."""
        return max(cell.bottom for cell in self.cells)

    @property
    def size(self) -> float:
        """Return the size of its first letters."""
        return self.cells[0].segments[0].size


def splits_of(lines: Sequence[Line]) -> tuple[int, ...]:
    """Return the indices of ``lines``, a sheet's, that may hold or begin a second cell of a row."""
    first = (0,) if lines and len(lines[0].segments) > 1 else ()
    pairs = enumerate(pairwise(lines), start=1)
    return first + tuple(
        index
        for index, (above, line) in pairs
        if len(line.segments) > 1 or _may_be_beside(above, line)
    )


def next_row(lines: Sequence[Line], start: int, splits: Sequence[int]) -> int:
    """Return where to go on looking for a row of several cells; what is before it are none.

    ``start`` is where a row begins that none of several cells holds, ``splits`` are those of
    ``lines``. It is the end of ``lines`` where nothing is left that may be such a row.
    """
    at = bisect_left(splits, start)
    if at == len(splits):
        return len(lines)
    index = splits[at]
    if index > start and _may_be_beside(lines[index - 1], lines[index]):
        index -= 1
    while index > start:
        above, line = lines[index - 1].segments[-1], lines[index].segments[0]
        if not _goes_on((above,), line, is_label=True):
            break
        index -= 1
    return index


def _may_be_beside(above: Line, line: Line) -> bool:
    """Tell whether ``line`` may begin the cell right of one that ends with the line ``above``."""
    segment = line.segments[0]
    if segment.x0 < above.x1 + _BESIDE * segment.size:  # nearly always
        return False
    return segment.baseline <= above.baseline + _LEVEL * segment.size


def read_row(
    lines: Sequence[Line], start: int, above: Row | None, *, cut: Cut | None = None
) -> Row:
    """Return the row that begins with line ``start``; all of it stands below the row ``above``.

    ``cut`` parts a segment where a column is known to end.
    """
    cells = [[segment] for segment in _cut(lines[start], cut)]
    stop = start + 1
    floor = above.bottom if above is not None else float("-inf")
    while stop < len(lines):
        first, *others = lines[stop].segments if cut is None else _cut(lines[stop], cut)
        if _goes_on(cells[-1], first, is_label=len(cells) == 1):
            cells[-1].append(first)
        elif _is_beside(cells, first, floor):
            cells.append([first])
        else:
            break
        cells += [[segment] for segment in others]
        stop += 1
    return Row(tuple(Cell(tuple(cell)) for cell in cells), stop)


def _cut(line: Line, cut: Cut | None) -> tuple[Segment, ...]:
    if cut is None:
        return line.segments
    if len(line.segments) == 1:  # nearly always
        return tuple(cut(line.segments[0]))
    return tuple(part for segment in line.segments for part in cut(segment))


def _goes_on(cell: Sequence[Segment], segment: Segment, *, is_label: bool) -> bool:
    """Tell whether ``segment`` is the next line of ``cell``."""
    last = cell[-1]
    if not 0.5 * last.size < segment.baseline - last.baseline <= _LEADING * last.size:
        return False
    if len(cell) >= _MOST_CELL_LINES or abs(segment.size - last.size) > 0.08 * last.size:
        return False
    return share_edge(last, segment) and (not is_label or segment.bold == last.bold)


def _is_beside(cells: Sequence[Sequence[Segment]], segment: Segment, floor: float) -> bool:
    """Tell whether ``segment`` begins the cell to the right of ``cells``."""
    size = segment.size
    if segment.x0 < max(line.x1 for line in cells[-1]) + _BESIDE * size:  # nearly always
        return False
    top = min(cell[0].baseline for cell in cells)
    bottom = max(cell[-1].baseline for cell in cells)
    highest = max(floor + 0.5 * size, top - _HIGHEST * size)
    return highest <= segment.baseline <= bottom + _LEVEL * size


class Extent(Protocol):
    """What takes up a stretch of the sheet's width."""

    @property
    def x0(self) -> float:
        """Return the left edge in points."""

    @property
    def x1(self) -> float:
        """Return the right edge in points."""


def share_edge(one: Extent, other: Extent) -> bool:
    """Tell whether both have the same left edge, the same right edge or the same middle."""
    left, right = other.x0 - one.x0, other.x1 - one.x1
    return min(abs(left), abs(right), abs(left + right) / 2) <= _SAME_EDGE
