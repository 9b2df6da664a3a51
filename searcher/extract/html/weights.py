"""How much each element of a page holds: characters in all, in links, in prose.

Prose is text in blocks of its own that are long and not made of links. Units: characters.
"""

from __future__ import annotations

from dataclasses import dataclass

from bs4.element import NavigableString, Tag

from searcher.extract.html.blocks import BLOCKS

PROSE_CHARS = 40
LINKED_SHARE = 0.4
LONG_CHARS = 250
"""A paragraph of this length is never left out for standing outside the content alone."""


@dataclass(slots=True)
class Weight:
    """Characters of an element: all, in links, in prose, in long paragraphs; its own lines'."""

    chars: int = 0
    linked: int = 0
    prose: int = 0
    long: int = 0
    own_chars: int = 0
    own_linked: int = 0

    @property
    def is_linked(self) -> bool:
        """Tell whether so much of the element is links that it leads elsewhere."""
        return self.linked > LINKED_SHARE * self.chars


def weigh(top: Tag, skipped: frozenset[int] = frozenset()) -> dict[int, Weight]:
    """Return the weight of ``top`` and each element in it, by its ``id()``.

    An element whose ``id()`` is ``skipped`` weighs nothing, nor does what is in it.
    """
    weights: dict[int, Weight] = {id(top): Weight()}
    blocks: dict[int, Tag] = {id(top): top}
    in_link: set[int] = set()
    tags: list[Tag] = [top]
    out: set[int] = set()
    for node in top.descendants:
        above = id(node.parent)
        if above in out or id(node) in skipped:
            out.add(id(node))
            weights[id(node)] = Weight()
        elif isinstance(node, Tag):
            tags.append(node)
            weights[id(node)] = Weight()
            blocks[id(node)] = node if node.name in BLOCKS else blocks[above]
            if above in in_link or (node.name == "a" and node.get("href") is not None):
                in_link.add(id(node))
        elif isinstance(node, NavigableString):
            chars = len(node.strip())
            linked = chars if above in in_link else 0
            _count(chars, linked, weights[above], own=weights[id(blocks[above])])
    for tag in reversed(tags):
        _pass_up(tag, weights, top)
    return weights


def _count(chars: int, linked: int, inside: Weight, *, own: Weight) -> None:
    """Count a text for the element it stands in and for the block whose own line it is on."""
    inside.chars += chars
    inside.linked += linked
    own.own_chars += chars
    own.own_linked += linked


def _pass_up(tag: Tag, weights: dict[int, Weight], top: Tag) -> None:
    """Count the prose of ``tag`` itself, then add all of it to its parent."""
    weight = weights[id(tag)]
    is_prose = weight.own_chars >= PROSE_CHARS
    if is_prose and weight.own_linked <= LINKED_SHARE * weight.own_chars:
        weight.prose += weight.own_chars
        weight.long += weight.own_chars if weight.own_chars >= LONG_CHARS else 0
    if tag is not top and tag.parent is not None:
        above = weights[id(tag.parent)]
        above.chars += weight.chars
        above.linked += weight.linked
        above.prose += weight.prose
        above.long += weight.long
