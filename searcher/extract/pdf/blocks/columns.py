"""Columns that the stream writes straight across, put one after the other.

Most files write a column to its end before the next; their order is left alone. Only where many
lines have exactly two long segments either side of one gutter was the page written across, and
only then is it read as two columns.
"""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from searcher.extract.pdf.blocks.lines import line_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searcher.extract.pdf.blocks.lines import Line

_LEAST_LINES = 6
_LEAST_LETTERS = 22  # on average in each column: fewer is a table
_SAME_EDGE = 12.0  # points


def split_columns(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return ``lines`` with what was written across two columns read down each of them."""
    gutter = _gutter(lines)
    if gutter is None:
        return tuple(lines)
    done: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in lines:
        if line.x0 < gutter - _SAME_EDGE and any(
            segment.x0 < gutter - _SAME_EDGE and segment.x1 > gutter + _SAME_EDGE
            for segment in line.segments
        ):
            done += [*left, *right, line]
            left, right = [], []
            continue
        for side, column in ((False, left), (True, right)):
            part = [seg for seg in line.segments if (seg.x0 >= gutter - _SAME_EDGE) is side]
            if part:
                column.append(line_of(part))
    return (*done, *left, *right)


def _gutter(lines: Sequence[Line]) -> float | None:
    """Return where the right column begins, if the page is written across two columns."""
    pairs = [line.segments for line in lines if len(line.segments) == 2]
    pairs = [pair for pair in pairs if all(len(segment.text) >= 12 for segment in pair)]
    if len(pairs) < _LEAST_LINES:
        return None
    edge = median(pair[1].x0 for pair in pairs)
    fitting = [pair for pair in pairs if abs(pair[1].x0 - edge) <= _SAME_EDGE and pair[0].x1 < edge]
    letters = [len(segment.text) for pair in fitting for segment in pair]
    if len(fitting) < max(_LEAST_LINES, 0.7 * len(pairs)):
        return None
    return edge if sum(letters) / len(letters) >= _LEAST_LETTERS else None
