"""What kind of number a report bears: a DOI, an ISBN, an ISSN, or its publisher's own."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from searcher.cite.line import one_line

if TYPE_CHECKING:
    from searcher.results.report import Report


class IdentifierKind(StrEnum):
    """Whose number it is."""

    DOI = "doi"
    ISBN = "isbn"
    ISSN = "issn"
    NUMBER = "number"


_KINDS = (
    (IdentifierKind.DOI, re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:?\s*)?(10\.\d{4,9}/\S+)")),
    (IdentifierKind.ISSN, re.compile(r"(?:e-?)?(?:issn:?\s*)(\d{4}-?\d{3}[\dx])")),
    (
        IdentifierKind.ISBN,
        re.compile(r"(?:isbn(?:-1[03])?:?\s*)((?:97[89][ -]?)?(?:\d[ -]?){9}[\dx])"),
    ),
    (IdentifierKind.ISBN, re.compile(r"(97[89][ -]?(?:\d[ -]?){9}\d)")),
)


_IN_SERIES = re.compile(r"[\s,:(]*(?:(?:no|number|nos|vol|volume)\.?)?[\s:]*", re.IGNORECASE)


def number_in_series(report: Report) -> str:
    """Return the report's own number without the name of its series before it."""
    number = identifiers(report).get(IdentifierKind.NUMBER, "")
    series = one_line(report.series or "")
    if not series or not number.casefold().startswith(series.casefold()):
        return number
    return _IN_SERIES.sub("", number[len(series) :], count=1).rstrip(" )") or number


def identifiers(report: Report) -> dict[IdentifierKind, str]:
    """Return the first identifier of each kind that ``report`` bears."""
    found: dict[IdentifierKind, str] = {}
    for identifier in report.identifiers:
        text = one_line(identifier)
        if text:
            kind, value = _kind(text)
            found.setdefault(kind, value)
    return found


def _kind(text: str) -> tuple[IdentifierKind, str]:
    for kind, shape in _KINDS:
        match = re.fullmatch(shape.pattern, text, re.IGNORECASE)
        if match:
            return kind, match[1]
    return IdentifierKind.NUMBER, text
