"""Teasers: what leads to other pages by their titles, with a picture, a date, a few words.

A heading that is itself a link to another page is the title of that page. Where an element has
little else than such headings and short texts, it is a list of other pages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bs4.element import Tag

from searcher.extract.html.links import is_elsewhere
from searcher.extract.html.nearby import first_inside

if TYPE_CHECKING:
    from searcher.extract.html.weights import Weight

_HEADING = re.compile(r"h[1-6]")
TEASER_CHARS = 600
"""At most this much stands under the title of another page; more is a text of its own."""

LINKED_SHARE = 0.8
ROW = 3
LEAD_CHARS = 15
LEAD_SHARE = 0.15
ITEM_CHARS = 400


@dataclass(slots=True)
class Titles:
    """Headings of an element: all, and those that lead to another page."""

    all: int = 0
    leading: int = 0


def count_titles(top: Tag, weights: dict[int, Weight]) -> dict[int, Titles]:
    """Return how many headings, and headings of other pages, each element of ``top`` holds."""
    counts: dict[int, Titles] = {}
    for tag in reversed([top, *top.find_all(lambda _: True)]):
        if _HEADING.fullmatch(tag.name) and weights[id(tag)].chars:
            own = counts.setdefault(id(tag), Titles())
            own.all += 1
            own.leading += _leads(tag, weights)
        if id(tag) in counts and tag is not top and tag.parent is not None:
            above = counts.setdefault(id(tag.parent), Titles())
            above.all += counts[id(tag)].all
            above.leading += counts[id(tag)].leading
    return counts


def is_teasers(tag: Tag, weights: dict[int, Weight], titles: Titles | None) -> bool:
    """Tell whether ``tag`` is made of the titles of other pages and little else."""
    weight = weights[id(tag)]
    if titles is not None and titles.leading:
        own = titles.all - titles.leading
        return own <= 1 and weight.chars <= TEASER_CHARS * titles.leading
    return titles is None and is_row_of_links(tag, weights)


def is_row_of_links(tag: Tag, weights: dict[int, Weight]) -> bool:
    """Tell whether ``tag`` is three or more short pieces alike, each led by a link."""
    if tag.parent is not None and _holds_prose(tag.parent, weights):
        return False
    children = [child for child in tag.find_all(recursive=False) if weights[id(child)].chars]
    if tag.name == "ol" or len(children) < ROW or len({child.name for child in children}) > 1:
        return False
    if weights[id(tag)].linked < LEAD_SHARE * weights[id(tag)].chars:
        return False
    return all(_is_led_by_link(child, weights) for child in children)


def _holds_prose(tag: Tag, weights: dict[int, Weight]) -> bool:
    """Tell whether paragraphs stand right in ``tag``, so that a list in it is one of a text."""
    return any(weights[id(child)].prose for child in tag.find_all("p", recursive=False))


def _is_led_by_link(tag: Tag, weights: dict[int, Weight]) -> bool:
    weight = weights[id(tag)]
    if weight.chars > ITEM_CHARS or weight.linked < LEAD_CHARS:
        return False
    link = tag if tag.name == "a" else first_inside(tag, {"a"})
    if link is None or not is_elsewhere(str(link.get("href", ""))):
        return False
    return link.get_text().strip() != "" and tag.get_text().strip().startswith(
        link.get_text().strip()
    )


def _leads(heading: Tag, weights: dict[int, Weight]) -> bool:
    if weights[id(heading)].linked < LINKED_SHARE * weights[id(heading)].chars:
        return False
    link = first_inside(heading, {"a"}) or heading.find_parent("a", href=True)
    return isinstance(link, Tag) and is_elsewhere(str(link.get("href", "")))
