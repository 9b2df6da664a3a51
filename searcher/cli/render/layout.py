"""How a page was read, as lines of text: its blocks in order, what they are, where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searcher.cli.render import table
from searcher.cli.render.places import counted, page
from searcher.cli.render.terminal import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.cli.render.terminal import Style
    from searcher.results.layout import LaidBlock, PageLayout

HEADER = ("order", "kind", "left", "top", "right", "bottom", "begins")
BARE_HEADER = ("order", "kind", "begins")
SHOWN_LETTERS = 60


def lines(layout: PageLayout, style: Style) -> Iterator[str]:
    """Yield where the page is and how it was read, then a row for each block; points from the top.

    A block over two columns has a row for each of its boxes.
    """
    size = f"{layout.width:.0f} × {layout.height:.0f} pt" if layout.width else ""
    columns = counted(layout.columns, "column") if layout.columns > 1 else ""
    where = page(layout.page, layout.page_label)
    known = (one_line(layout.report), where, size, columns, f"read by {layout.reader}")
    yield style.dim(" · ".join(part for part in known if part))
    yield ""
    if not layout.blocks:
        yield "(no text on this page)"
    elif layout.width:
        rows = [row for number, block in _numbered(layout) for row in _placed(number, block)]
        yield from table.lines(HEADER, rows, style)
    else:
        rows = [(number, kind(block), _begin(block)) for number, block in _numbered(layout)]
        yield from table.lines(BARE_HEADER, rows, style)


def kind(block: LaidBlock) -> str:
    """Return what a block is, with the level of a heading."""
    name = str(block.kind).replace("_", " ")
    return f"{name} {block.level}" if block.level else name


def _numbered(layout: PageLayout) -> Iterator[tuple[int, LaidBlock]]:
    yield from enumerate(layout.blocks, start=1)


def _placed(number: int, block: LaidBlock) -> Iterator[tuple[object, ...]]:
    for at, box in enumerate(block.boxes):
        place = (f"{edge:.0f}" for edge in box)
        yield number, kind(block), *place, "…" if at else _begin(block)


def _begin(block: LaidBlock) -> str:
    """Return the first words of a block."""
    text = one_line(block.text)
    if len(text) <= SHOWN_LETTERS:
        return text
    return text[:SHOWN_LETTERS].rpartition(" ")[0] + " …"
