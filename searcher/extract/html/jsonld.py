"""JSON-LD in a page: the few facts about the article or report that it describes."""

from __future__ import annotations

import json
from collections import deque
from typing import TYPE_CHECKING

from searcher.extract.builder import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bs4 import BeautifulSoup

WORKS = ("Report", "Article", "Paper", "Posting", "Publication", "Thesis", "Book", "Dataset")
MAX_NODES = 1000


def facts_of(soup: BeautifulSoup) -> dict[str, list[str]]:
    """Return title, authors, publisher, date, series and identifiers of the first work described.

    The names are ``jsonld:title``, ``jsonld:author`` and so on; what is broken is passed over.
    """
    for script in soup.find_all("script", type="application/ld+json"):
        try:
            data = json.loads(script.get_text())
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            if _is_work(node):
                return _facts(node)
    return {}


def _nodes(data: object) -> Iterator[dict[str, object]]:
    """Yield the objects of the graph, outermost first."""
    waiting = deque([data])
    seen = 0
    while waiting and seen < MAX_NODES:
        node = waiting.popleft()
        seen += 1
        if isinstance(node, dict):
            yield node
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)


def _is_work(node: dict[str, object]) -> bool:
    kinds = node.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(name, str) and name.endswith(WORKS) for name in names)


def _facts(node: dict[str, object]) -> dict[str, list[str]]:
    facts = {
        "jsonld:title": _texts(node.get("headline") or node.get("name")),
        "jsonld:author": _texts(node.get("author")),
        "jsonld:publisher": _texts(node.get("publisher")),
        "jsonld:date": _texts(node.get("datePublished")),
        "jsonld:identifier": _texts(node.get("identifier") or node.get("isbn")),
        "jsonld:organisation": _texts(_of_kind(node.get("author"), "Organization")),
        "jsonld:series": _texts(_of_kind(node.get("isPartOf"), "Series")),
    }
    return {name: values for name, values in facts.items() if values}


def _of_kind(value: object, kind: str) -> list[object]:
    """Return those of ``value``, one or a list, whose type ends in ``kind``."""
    nodes = value if isinstance(value, list) else [value]
    return [
        node
        for node in nodes
        if isinstance(node, dict) and str(node.get("@type", "")).endswith(kind)
    ]


def _texts(value: object) -> list[str]:
    """Return the strings or names in ``value``, which may be one of them or a list."""
    found = []
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            item = item.get("name") or item.get("value")  # noqa: PLW2901
        if isinstance(item, str) and clean(item):
            found.append(clean(item))
    return found
