"""Which blocks stand in a box: a frame or a shaded panel with text of its own beside the report's.

A coloured band behind a heading is no box, and neither is the ground of a whole sheet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searcher.extract.pdf.blocks.drafts import Draft
    from searcher.extract.pdf.words import Panel

_LEAST_LINES = 3  # in a box, beside its heading
_EDGE = 3.0  # points that letters may stand over the edge
_NARROW = 60.0  # points: narrower is a bar


def boxed_blocks(drafts: Sequence[Draft], panels: Sequence[Panel]) -> frozenset[int]:
    """Return the indices of a sheet's ``drafts`` that stand in a box which others stand outside."""
    found: set[int] = set()
    for panel in panels:
        if panel.x1 - panel.x0 < _NARROW:
            continue
        inside = {index for index, draft in enumerate(drafts) if _holds(panel, draft)}
        lines = sum(len(drafts[index].lines) for index in inside)
        if len(inside) > 1 and lines > _LEAST_LINES and len(inside) < len(drafts):
            found |= inside
    return frozenset(found)


def _holds(panel: Panel, draft: Draft) -> bool:
    return all(
        panel.y0 - _EDGE <= line.baseline <= panel.y1 + _EDGE
        and panel.x0 - _EDGE <= line.x0
        and line.x1 <= panel.x1 + _EDGE
        for line in draft.lines
    )
