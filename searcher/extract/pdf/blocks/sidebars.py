"""Boxes beside the text: what stands in a frame or on a shaded panel is read after the body.

A box floats if lines of the text stand beside it. One as wide as the text keeps its place, and so
does a panel that is the cell of a table, the ground of a heading or a part of a drawing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searcher.extract.pdf.blocks.lines import Line
    from searcher.extract.pdf.words import Panel

_EDGE = 3.0  # points that letters may stand over the edge
_LEAST_LINES = 4
_LEAST_LETTERS = 100
_LEAST_BESIDE = 4  # lines of prose
_PROSE = 20  # letters of a line of it
_NEAR = 12.0  # points: cells of a table and parts of a drawing stand no further apart
_LINKED = 36.0  # points: an arrow leads from one part of a drawing down to the next
_MOST_WITHIN = 3  # panels in a box: a ground for its heading, a frame
_ALMOST = 0.9  # of a panel's area: one as large is its frame


def floats_of(lines: Sequence[Line], panels: Sequence[Panel]) -> tuple[frozenset[int], ...]:
    """Return the indices of ``lines``, a sheet's, that stand in each box beside the text."""
    found: list[frozenset[int]] = []
    taken: set[int] = set()
    for panel in sorted(panels, key=_area, reverse=True):
        inside = lines_in(lines, panel)
        if not inside or inside & taken or not _floats(lines, inside, panel):
            continue
        if not _is_part(panel, panels):
            found.append(inside)
            taken |= inside
    return tuple(sorted(found, key=min))


def boxed_lines(lines: Sequence[Line], panels: Sequence[Panel]) -> frozenset[int]:
    """Return the indices of ``lines`` that stand in a box of several lines, others outside it."""
    boxes = [lines_in(lines, panel) for panel in panels]
    return frozenset[int]().union(
        *(box for box in boxes if _LEAST_LINES <= len(box) <= len(lines) - _LEAST_BESIDE)
    )


def lines_in(lines: Sequence[Line], panel: Panel) -> frozenset[int]:
    """Return the indices of ``lines`` that stand on ``panel``, whole."""
    return frozenset(
        index
        for index, line in enumerate(lines)
        if panel.y0 - _EDGE <= line.baseline <= panel.y1 + _EDGE
        and panel.x0 - _EDGE <= line.x0
        and line.x1 <= panel.x1 + _EDGE
    )


def _floats(lines: Sequence[Line], inside: frozenset[int], panel: Panel) -> bool:
    letters = sum(len(lines[index].text) for index in inside)
    if len(inside) < _LEAST_LINES or letters < _LEAST_LETTERS:
        return False
    beside = [
        line
        for index, line in enumerate(lines)
        if index not in inside and panel.y0 <= line.baseline <= panel.y1
    ]
    prose = sum(len(line.text) >= _PROSE for line in beside)
    is_clear = all(line.x1 <= panel.x0 or line.x0 >= panel.x1 for line in beside)
    return prose >= _LEAST_BESIDE and is_clear


def _is_part(panel: Panel, panels: Sequence[Panel]) -> bool:
    """Tell whether ``panel`` is part of a table or a drawing: other panels adjoin or fill it."""
    within = [other for other in panels if _holds(panel, other)]
    filling = [other for other in within if _area(other) < _ALMOST * _area(panel)]
    outside = (other for other in panels if other not in within and not _holds(other, panel))
    return len(filling) > _MOST_WITHIN or any(_adjoins(panel, other) for other in outside)


def _holds(panel: Panel, other: Panel) -> bool:
    return (
        panel.x0 - _EDGE <= other.x0
        and other.x1 <= panel.x1 + _EDGE
        and panel.y0 - _EDGE <= other.y0
        and other.y1 <= panel.y1 + _EDGE
    )


def _adjoins(panel: Panel, other: Panel) -> bool:
    """Tell whether ``other`` stands close beside ``panel``, or close above or below it."""
    across = max(panel.x0, other.x0) - min(panel.x1, other.x1)
    down = max(panel.y0, other.y0) - min(panel.y1, other.y1)
    return (down <= 0 and across <= _NEAR) or (across <= 0 and down <= _LINKED)


def _area(panel: Panel) -> float:
    return (panel.x1 - panel.x0) * (panel.y1 - panel.y0)
