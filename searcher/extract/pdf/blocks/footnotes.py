"""Footnotes: small lines at the foot of a column, the first of which begins with a mark."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from searcher.extract.pdf.blocks.lines import Line

_MARK = re.compile(r"^(?:\d{1,3}(?:\.\s|(?![\d,.%)]))|[*†‡§¶]|[¹²³⁴-⁹⁰]+|\[\d{1,3}\])\s*\S")
_SMALL = 0.93  # of the body's size


def footnote_lines(
    lines: Sequence[Line],
    body_size: float,
    *,
    tabled: frozenset[int] = frozenset(),
    boxed: frozenset[int] = frozenset(),
) -> frozenset[int]:
    """Return the indices of ``lines``, a sheet's in stream order, that are footnotes.

    Below a footnote's line stands nothing but small lines, in its own column; ``tabled``, the
    lines of tables, are none however small; ``boxed``, those in boxes, may stand below a note
    that is outside.
    """
    small = {i for i, line in enumerate(lines) if line.size <= body_size * _SMALL} - tabled
    large = [line for i, line in enumerate(lines) if i not in small]
    outside = [line for i, line in enumerate(lines) if i not in small and i not in boxed]
    order = sorted(small, key=lambda index: lines[index].baseline)
    found: list[int] = []
    for index in order:
        line = lines[index]
        if any(_is_below(line, other) for other in (large if index in boxed else outside)):
            continue
        if _MARK.match(line.text) or any(_is_below(lines[note], line) for note in found):
            found.append(index)
    return frozenset(found) if large else frozenset()


def notes_of(lines: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    """Yield the lines of each footnote; a note begins with a mark at the left edge."""
    run: list[Line] = []
    for line in lines:
        at_edge = not run or line.x0 <= min(other.x0 for other in run) + line.size
        moves_up = bool(run) and line.baseline < run[-1].baseline - line.size
        if run and (at_edge or moves_up) and _MARK.match(line.text):
            yield tuple(run)
            run = []
        run.append(line)
    if run:
        yield tuple(run)


def _is_below(line: Line, other: Line) -> bool:
    """Tell whether ``other`` stands below ``line`` in the same column."""
    return other.baseline > line.baseline and other.x0 < line.x1 and line.x0 < other.x1
