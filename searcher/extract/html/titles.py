"""The title of a page without what its site puts around it.

A site writes its name, its sections or the kind of page before or behind the title, with a
separator between. What goes must be known to be that: it is the site's name, or what is left is
the page's own heading, or the title stands in quotation marks of its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from searcher.extract.builder import clean

if TYPE_CHECKING:
    from collections.abc import Collection

SEPARATOR = re.compile(r"\s+(?:[-–—|·•:»›/~]|--|::|\|\|)\s+")
_QUOTED = re.compile(r"^[^\"“”]{2,40}[\"“](?P<title>[^\"“”]+?)[\s,.]*[\"”]\s*(?:\([^()]{2,40}\))?$")
_NUMBER = re.compile(r"[\s,]*\((?P<number>[A-Z][A-Z0-9]*(?:[-/ ][A-Z0-9]+)+)\)[\s\"”]*$")
MIN_QUOTED_WORDS = 3
MAX_SITE_WORDS = 4


def without_site(title: str, sites: Collection[str], heading: str) -> str:
    """Return ``title`` without the name of the site before or behind it.

    ``sites`` are the names the site is known by; ``heading`` is the page's own first heading.
    """
    title = one_line(title)
    if heading and _is_in_parts(title, one_line(heading)):
        return one_line(heading)
    known = {"gov.uk", *(one_line(site).casefold() for site in sites if site)}
    title = _without_known(title, known)
    quoted = _QUOTED.match(title)
    if quoted is not None and len(quoted["title"].split()) >= MIN_QUOTED_WORDS:
        return _NUMBER.sub("", quoted["title"]).strip(" ,.")
    return title


def number_in(title: str) -> str | None:
    """Return the report's number that stands in brackets at the end of ``title``."""
    found = _NUMBER.search(one_line(title))
    return found["number"] if found and any(char.isdigit() for char in found["number"]) else None


def one_line(text: str) -> str:
    """Return ``text`` clean and on one line."""
    return " ".join(clean(text).split())


def _is_in_parts(title: str, heading: str) -> bool:
    """Tell whether ``heading`` is one or several of the parts that separators make of ``title``."""
    start = title.casefold().find(heading.casefold())
    if start < 0 or len(heading) == len(title) or len(heading.split()) < 2:
        return False
    before, behind = title[:start], title[start + len(heading) :]
    return (not before or SEPARATOR.search(before[-4:]) is not None) and (
        not behind or SEPARATOR.match(behind) is not None
    )


def _without_known(title: str, known: set[str]) -> str:
    while separators := list(SEPARATOR.finditer(title)):
        first, last = separators[0], separators[-1]
        tail = title[last.end() :]
        is_bar = "|" in last.group() and len(tail.split()) <= MAX_SITE_WORDS
        if title[: first.start()].casefold() in known:
            title = title[first.end() :]
        elif tail.casefold() in known or is_bar:
            title = title[: last.start()]
        else:
            break
    return title
