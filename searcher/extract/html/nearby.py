"""Elements near another, found without walking the whole of a page that may nest without end.

bs4's own ``find`` and ``descendants`` go to the end of an element before they begin, so asking
each of many nested elements with them takes time that grows with the square of their number.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from bs4.element import Tag

if TYPE_CHECKING:
    from collections.abc import Collection

MOST_NODES = 60


def first_inside(tag: Tag, names: Collection[str]) -> Tag | None:
    """Return an element of ``tag`` that has one of ``names``, the nearest to the top of it.

    Only the first ``MOST_NODES`` nodes are asked, level by level.
    """
    waiting = deque(tag.contents[:MOST_NODES])
    seen = 0
    while waiting and seen < MOST_NODES:
        node = waiting.popleft()
        seen += 1
        if not isinstance(node, Tag):
            continue
        if node.name in names:
            return node
        waiting.extend(node.contents[:MOST_NODES])
    return None
