"""Who published the report: what its title page, its imprint or the file itself says.

The imprint is on the first two sheets or the last. What is said outright ("Published by") comes
before a name that stands alone, that before a copyright, that before the head of the letter. A
name in running text says nothing: reports write about other bodies than their publisher.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from searcher.document import BlockKind, Found, Source, Span
from searcher.extract.pdf.credits import (
    copyright_holder,
    names_in_byline,
    names_the_crown,
    stated_publisher,
)
from searcher.extract.pdf.organisations import (
    INSPECTING_BODY,
    OTHER_BODIES,
    STATE_BODIES,
    bare_name,
    is_organisation,
    is_state_body,
    names_in,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from searcher.document import Document, Page
    from searcher.extract.pdf.cover import CoverLine

_LONGEST_TITLE = 60  # letters: a longer one is not a body's name alone
_LONGEST_HEAD = 100  # letters of a line at the head of a letter
_BAR = re.compile(r"\s+\|\s+")
_PERSON = re.compile(r"[A-Z][a-z]+(?: [A-Z]\.?)? [A-Z][\w’'-]+")


@dataclass(frozen=True, slots=True)
class Imprint:
    """The lines of the first sheets and those of the last, which may be one of them."""

    front: Sequence[CoverLine]
    last: Sequence[CoverLine]

    @property
    def lines(self) -> tuple[CoverLine, ...]:
        """Return all lines, those in front first."""
        return (*self.front, *self.last)


def find_publisher(document: Document, imprint: Imprint, author: str) -> Found[str] | None:
    """Return the publisher that ``imprint`` names, else the file's ``author`` if it is a body."""
    alone = [*_alone(imprint.front), *_alone(_pairs(imprint.front))]
    return (
        _stated(imprint.lines)
        or _first_like(STATE_BODIES, alone)
        or _holder(imprint.lines)
        or _under_the_crown(document)
        or _at_the_head(imprint.front)
        or _embedded(author, is_state_body)
        or _first_like(OTHER_BODIES, alone)
        or _embedded(author, is_organisation)
    )


def _stated(lines: Sequence[CoverLine]) -> Found[str] | None:
    for line in lines:
        name = stated_publisher(line.text)
        if name:
            return _found(name, line)
    return None


def _holder(lines: Sequence[CoverLine]) -> Found[str] | None:
    """Return who holds the copyright, unless it has the form of a person's name."""
    for line in lines:
        name = copyright_holder(line.text)
        if name and (is_organisation(name) or not _PERSON.fullmatch(name)):
            return _found(name, line)
    return None


def _found(name: str, line: CoverLine) -> Found[str]:
    """Return ``name`` with its place in ``line``, or the line's where its words are wide apart."""
    place = line.text.find(name)
    if place < 0:
        return Found(name, Source.TITLE_PAGE, line.span)
    start = line.span.start + place
    return Found(name, Source.TITLE_PAGE, Span(start, start + len(name)))


def _first_like(forms: Sequence[re.Pattern[str]], alone: Sequence[CoverLine]) -> Found[str] | None:
    for form in forms:
        for line in alone:
            name = bare_name(line.text)
            if form.fullmatch(name):
                return _found(name, line)
    return None


def _alone(lines: Sequence[CoverLine]) -> Iterator[CoverLine]:
    """Yield what stands alone: lines and their parts either side of a bar, but no byline."""
    for line in lines:
        is_long_title = line.kind is BlockKind.TITLE and len(line.text) >= _LONGEST_TITLE
        if is_long_title or names_in_byline(line.text):
            continue
        for part in _BAR.split(line.text):
            start = line.span.start + line.text.index(part)
            yield replace(line, text=part, span=Span(start, start + len(part)))


def _pairs(lines: Sequence[CoverLine]) -> list[CoverLine]:
    """Return neighbouring lines as one: "office of" above "inspector general"."""
    return [
        replace(
            first,
            text=f"{first.text} {second.text}",
            span=Span(first.span.start, second.span.end),
        )
        for first, second in pairwise(lines)
        if first.page == second.page
    ]


def _under_the_crown(document: Document) -> Found[str] | None:
    """Return the inspecting body that a sheet with a Crown copyright names."""
    sheets: dict[int, Page] = {
        page.number: page for page in (*document.pages[:2], *document.pages[-1:])
    }
    for page in sheets.values():
        text = page.span.of(document.text)
        named = INSPECTING_BODY.search(text)
        if named and names_the_crown(text):
            start = page.span.start
            span = Span(start + named.start(), start + named.end())
            return Found(named.group(), Source.TITLE_PAGE, span)
    return None


def _at_the_head(front: Sequence[CoverLine]) -> Found[str] | None:
    """Return the body that the first lines of the first sheet, above the title, name."""
    for line in front:
        if line.page > 1 or line.kind is BlockKind.TITLE or line.is_furniture:
            return None
        name = bare_name(line.text)
        if is_organisation(name):
            return _found(name, line)
        named = INSPECTING_BODY.search(line.text)
        if named and len(line.text) <= _LONGEST_HEAD:
            return _found(named.group(), line)
    return None


def _embedded(author: str, is_name: Callable[[str], bool]) -> Found[str] | None:
    names = names_in(author, is_name)
    return Found(names[0], Source.EMBEDDED) if names else None
