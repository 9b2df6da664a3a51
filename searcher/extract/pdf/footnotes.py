"""Footnotes: small lines at the foot of a sheet, the first of which begins with a mark."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from searcher.extract.pdf.lines import Line

_MARK = re.compile(r"^(?:\d{1,3}(?![\d,.%)])|[*†‡§¶]|[¹²³⁴-⁹⁰]+|\[\d{1,3}\])\s*\S")
_SMALL = 0.93  # of the body's size


def footnote_lines(lines: Sequence[Line], body_size: float) -> frozenset[int]:
    """Return the indices of ``lines``, a sheet's in stream order, that are footnotes."""
    order = sorted(range(len(lines)), key=lambda index: lines[index].baseline)
    first = len(order)
    for place in range(len(order) - 1, -1, -1):
        line = lines[order[place]]
        if line.size > body_size * _SMALL:
            break
        if _MARK.match(line.text):
            first = place
    if first == 0:
        return frozenset()
    return frozenset(order[first:])


def notes_of(lines: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    """Yield the lines of each footnote; a note begins with a mark at the left edge."""
    run: list[Line] = []
    for line in lines:
        at_edge = not run or line.x0 <= min(other.x0 for other in run) + line.size
        if run and at_edge and _MARK.match(line.text):
            yield tuple(run)
            run = []
        run.append(line)
    if run:
        yield tuple(run)
