"""Who wrote the report: persons or organisations that a line in front names, or the file itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from searcher.document import Found, Source
from searcher.extract.pdf.credits import names_in_byline
from searcher.extract.pdf.organisations import is_organisation, names_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searcher.extract.pdf.cover import CoverLine

_PERSON = re.compile(
    r"^(?:(?:Dr|Prof|Professor|Sir|Dame|Lord|Baroness|Mr|Mrs|Ms)\.?\s+)?"
    r"[A-Z][\w’'-]+(?:\s+(?:[A-Z]\.|[A-Z][\w’'-]+|de|van|von|la|al|bin)){1,3}$"
)
_AFTER_NAME = re.compile(r"\s*(?:\(.*|,?\s*(?:Her|His) Majesty.*|,?\s*HMI.*)$")
_NO_PERSON = re.compile(r"\b(?:Department|Office|Council|Ofsted|University|Agency|Ltd|Group)\b")


def find_authors(
    lines: Sequence[CoverLine], embedded: str, publisher: str
) -> Found[tuple[str, ...]] | None:
    """Return whom a line in front names as authors, else the organisations the file names.

    Organisations beside persons are where those work. A person in the file's own records is
    nearly always a typist, so only organisations are taken from there, and not the publisher.
    """
    for line in lines:
        listed = names_in_byline(line.text)
        names = _written_by(listed) if listed else ()
        if names:
            return Found(names, Source.TITLE_PAGE, line.span)
    bodies = tuple(
        name for name in names_in(embedded, is_organisation) if not _is_same(name, publisher)
    )
    return Found(bodies, Source.EMBEDDED) if bodies else None


def _written_by(listed: str) -> tuple[str, ...]:
    kept = _AFTER_NAME.sub("", listed)
    names = names_in(kept, lambda name: is_organisation(name) or _is_person(name))
    return tuple(name for name in names if _is_person(name)) or names


def _is_person(name: str) -> bool:
    is_name = _PERSON.match(name) is not None and not is_organisation(name)
    return is_name and _NO_PERSON.search(name) is None


def _is_same(name: str, other: str) -> bool:
    name, other = (re.sub(r"\W", "", text).casefold() for text in (name, other))
    return bool(other) and (name in other or other in name)
