"""How many columns a sheet's text is set in, and where each begins and ends.

A gutter is a height-wise strip that hardly a line of prose crosses, with many lines on either
side that stand beside one another.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from searcher.extract.pdf.blocks.bands import Band

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searcher.extract.pdf.blocks.lines import Line, Segment

_PROSE = 18  # letters of a line: fewer is a cell, a label or the end of a paragraph
_LEAST_LINES = 6  # of a column
_MOST_CROSSING = 0.15  # of the lines either side
_LEVEL = 0.5  # of the shorter column stands beside the longer
_MOST_COLUMNS = 4


def columns_of(lines: Sequence[Line]) -> tuple[Band, ...]:
    """Return the columns that prose among ``lines``, a sheet's, stands in, from the left.

    One where there is no gutter; none where there is no prose.
    """
    prose = [seg for line in lines for seg in line.segments if len(seg.text) >= _PROSE]
    groups = _split(prose)
    return tuple(
        Band(min(seg.x0 for seg in group), max(seg.x1 for seg in group)) for group in groups
    )


def _split(prose: Sequence[Segment]) -> list[list[Segment]]:
    """Return the segments of each column; what lies across a gutter is in none."""
    gutter = _gutter(prose)
    if gutter is None:
        return [list(prose)] if prose else []
    left = _split([seg for seg in prose if seg.x1 <= gutter])
    right = _split([seg for seg in prose if seg.x0 >= gutter])
    return [*left, *right][:_MOST_COLUMNS]


def _gutter(prose: Sequence[Segment]) -> float | None:
    """Return the left edge of the column right of the clearest gutter, if there is one."""
    if len(prose) < 2 * _LEAST_LINES:
        return None
    best: tuple[int, float] | None = None
    starts, ends = sorted(seg.x0 for seg in prose), sorted(seg.x1 for seg in prose)
    for edge in sorted({round(start) - 1.0 for start in starts})[1:]:
        before, after = bisect_right(ends, edge), len(prose) - bisect_left(starts, edge)
        crossing = len(prose) - before - after
        if min(before, after) < _LEAST_LINES or crossing > _MOST_CROSSING * (before + after):
            continue
        left = [seg for seg in prose if seg.x1 <= edge]
        right = [seg for seg in prose if seg.x0 >= edge]
        if _stand_level(left, right):
            rank = crossing, edge
            best = rank if best is None else min(best, rank)
    return best[1] if best else None


def _stand_level(left: Sequence[Segment], right: Sequence[Segment]) -> bool:
    """Tell whether the shorter of two columns stands beside the longer, not below it."""
    shorter, longer = sorted((left, right), key=len)
    top = min(seg.baseline for seg in longer)
    bottom = max(seg.baseline for seg in longer)
    level = sum(top - seg.size <= seg.baseline <= bottom + seg.size for seg in shorter)
    return level >= _LEVEL * len(shorter)
