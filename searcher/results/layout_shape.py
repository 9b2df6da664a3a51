"""How a page was read, as a JSON-ready dictionary: ``show ID --page N --layout --json``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from searcher.results.layout import PageLayout
    from searcher.results.shape import Shape


def layout_shape(layout: PageLayout) -> Shape:
    """Return ``layout`` without its picture; what has no sheets has neither page nor size."""
    return {
        "schema": "searcher/layout/1",
        "report": layout.report,
        "page": layout.page,
        "page_label": layout.page_label,
        "width": layout.width or None,
        "height": layout.height or None,
        "columns": layout.columns,
        "reader": layout.reader,
        "blocks": [
            {
                "kind": str(block.kind),
                "level": block.level,
                "text": block.text,
                "boxes": [list(box) for box in block.boxes],
            }
            for block in layout.blocks
        ],
    }
