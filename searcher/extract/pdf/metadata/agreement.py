"""Publishers whose names have no telling form: "Coram", "OECD Publishing".

A name is believed where two things of different kinds say it: a copyright, a publishing house's
name, the charity that a line registers, the file's own record, a running line, and the address of
a site. An address and a running line name nobody by themselves, so one of the others is needed,
or both; a running line may be the title's words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from searcher.document import BlockKind, Found, Source, Span
from searcher.extract.pdf.metadata.credits import copyright_holder
from searcher.extract.pdf.metadata.organisations import bare_name, is_organisation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from searcher.extract.pdf.metadata.cover import CoverLine, Front

_WORD = r"[A-Z][\w’'&-]*"
_HOUSE = re.compile(
    rf"\b(?P<name>{_WORD}(?:\s+(?:{_WORD}|of|for|and|&)){{0,4}}?"
    r"\s+(?:Publishing|Publishers|Publications|Press))(?=\s*(?:[,.;:©]|$|Ltd\b|Limited\b))"
)
_OF_A_HOUSE = re.compile(r"\s+(?:Publishing|Publishers|Publications|Press)$")
_CHARITY = re.compile(
    rf"^(?P<name>{_WORD}(?:\s+(?:{_WORD}|of|for|and|the|&)){{0,8}}?)(?:\s+is an?|[,:.]?)\s+"
    r"(?i:registered\s+(?:as\s+an?\s+)?charity|charity\s+(?:registration\s+)?(?:no|number))\b"
)
_SITE = re.compile(
    r"(?:https?://|\bwww\.|@)(?P<host>(?>(?:[a-z\d-]+\.)+[a-z]{2,}))/?+(?![\w/])", re.IGNORECASE
)
_SUFFIXES = frozenset("ac co com edu eu gov info int net nhs org police sch".split())
_BAR = re.compile(r"\s+[|–—•]\s+")
_PERSON = re.compile(r"[A-Z][a-z]+(?: [A-Z]\.?)? [A-Z][\w’'-]+")
_LEAST_LETTERS = 3
_LONGEST = 60  # letters of a name


class _Kind(Enum):
    """What says a name."""

    HOLDER = auto()
    HOUSE = auto()
    CHARITY = auto()
    RECORD = auto()
    RUNNING = auto()
    SITE = auto()


@dataclass(frozen=True, slots=True)
class _Said:
    """A name, what says it, and in which line; the site's is its label."""

    name: str
    kind: _Kind
    line: CoverLine | None = None


def agreed_publisher(front: Front, stated: Sequence[str]) -> Found[str] | None:
    """Return the name that two kinds of evidence agree on, a house's before others.

    ``stated`` is what the file's own records name.
    """
    said = [*_said(front), *(_Said(name, _Kind.RECORD) for name in stated)]
    kinds: dict[str, set[_Kind]] = defaultdict(set)
    for one in said:
        kinds[_key(one.name)].add(one.kind)
    for one in sorted(said, key=lambda one: one.kind is not _Kind.HOUSE):
        agreeing = kinds[_key(one.name)]
        if one.line is None or one.kind is _Kind.SITE or len(agreeing) < 2:
            continue
        is_body = is_organisation(one.name) or not _PERSON.fullmatch(one.name)
        if is_body or not agreeing.isdisjoint((_Kind.SITE, _Kind.HOUSE, _Kind.CHARITY)):
            return _found(one.name, one.line)
    return None


def _said(front: Front) -> Iterator[_Said]:
    """Yield what the first sheets say, and the last one where it is a back cover."""
    back = [sheet for sheet in front.back[-1:] if sheet.is_cover]
    titles = [line.text for line in front.lines() if line.kind is BlockKind.TITLE]
    letters = _letters("".join(titles))
    for line in (*front.lines(), *(line for sheet in back for line in sheet.lines)):
        for one in _said_in(line):
            is_name = len(_letters(one.name)) >= _LEAST_LETTERS and len(one.name) <= _LONGEST
            if is_name and (one.kind is not _Kind.RUNNING or _letters(one.name) not in letters):
                yield one


def _said_in(line: CoverLine) -> Iterator[_Said]:
    holder = copyright_holder(line.text[max(line.text.find("©"), 0) :])
    if holder:
        yield _Said(holder, _Kind.HOLDER, line)
    for house in _HOUSE.finditer(line.text):
        yield _Said(house["name"], _Kind.HOUSE, line)
    charity = _CHARITY.match(line.text)
    if charity:
        yield _Said(bare_name(charity["name"]), _Kind.CHARITY, line)
    if line.is_furniture:
        for part in _BAR.split(line.text):
            yield _Said(bare_name(part), _Kind.RUNNING, line)
    for site in _SITE.finditer(line.text):
        yield _Said(_label(site["host"]), _Kind.SITE, line)


def _label(host: str) -> str:
    """Return what a host is called by: "coram" of "www.coram.org.uk"; "" of a state's."""
    parts = host.lower().split(".")
    while parts and (parts[-1] in _SUFFIXES or len(parts[-1]) == 2):
        parts.pop()
    return parts[-1] if parts and not {"gov", "nhs"} & set(host.lower().split(".")) else ""


def _key(name: str) -> str:
    return _letters(_OF_A_HOUSE.sub("", name))


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _found(name: str, line: CoverLine) -> Found[str]:
    place = line.text.find(name)
    start = line.span.start + max(place, 0)
    span = Span(start, start + len(name)) if place >= 0 else line.span
    return Found(name, Source.TITLE_PAGE, span)
