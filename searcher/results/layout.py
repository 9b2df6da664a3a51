"""How one sheet was read: its blocks in the order of their text, each with its place on it.

Places are in points from the sheet's top left, y downwards: ``(left, top, right, bottom)``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from searcher.frozen import dataclass

if TYPE_CHECKING:
    from searcher.document import BlockKind

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class LaidBlock:
    """A block: what it was taken for, and where it stands; a block over two columns has two boxes.

    What has no places (HTML, plain text) has no boxes. ``level`` is that of a heading.
    """

    kind: BlockKind
    level: int | None
    text: str
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class PageLayout:
    """One sheet of ``report``, ``page`` counted from 1; ``None`` in what has no sheets.

    ``width`` and ``height`` are in points, 0 where there is no sheet. ``picture`` is what is seen
    of it, as PNG; empty unless it was asked for.
    """

    report: str
    page: int | None
    page_label: str | None
    width: float
    height: float
    reader: str
    columns: int
    blocks: tuple[LaidBlock, ...]
    picture: bytes = b""
