"""The numbers a report bears in front or at its end: ISBN, DOI, series and command papers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from searcher.document import Found, Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.document import Document

_FORMS = (
    re.compile(r"\bISBN(?:-1[03])?:?\s*((?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx])\b"),
    re.compile(r"\b(10\.\d{4,9}/[^\s\"<>]+[^\s\"<>.,;)])"),
    re.compile(r"\b(DF[EI]-R[RB]\d{1,4}[A-Z]?)\b"),
    re.compile(r"\b((?:HC|CP|Cm|Cmnd?)\s\d{1,4}(?:-[IVX]+)?)\b"),
    re.compile(
        r"\b((?:[Ee]valuation|[Rr]esearch|[Ww]orking|[Tt]echnical) (?:[Rr]eport|[Pp]aper)"
        r" (?:[Nn]o\.? ?)?\d{1,4})\b"
    ),
    re.compile(r"\b((?:OEI|OAS|A|OEI)-\d{2}-\d{2}-\d{5})\b"),
    re.compile(r"\b[Rr]eport (?:[Nn]o\.?|[Nn]umber):?\s*([A-Z0-9][\w/–-]*\d[\w/–-]*)"),
)


def find_identifiers(document: Document) -> Found[tuple[str, ...]] | None:
    """Return the report's numbers on its first three sheets and its last, in order of place."""
    places: dict[str, Span] = {}
    sheets = dict.fromkeys((*document.pages[:3], *document.pages[-1:]))
    for page in sheets:
        text = page.span.of(document.text)
        for start, end, name in sorted(_matches(text)):
            places.setdefault(name, Span(page.span.start + start, page.span.start + end))
    if not places:
        return None
    return Found(tuple(places), Source.TITLE_PAGE, next(iter(places.values())))


def _matches(text: str) -> Iterator[tuple[int, int, str]]:
    for form in _FORMS:
        is_isbn = form is _FORMS[0]
        for found in form.finditer(text):
            name = " ".join(found[1].split())
            if is_isbn:
                digits = re.sub(r"[- ]", "", name).upper()
                if not is_isbn_valid(digits):
                    continue
                name = f"ISBN {digits}"
            yield found.start(1), found.end(1), name


def is_isbn_valid(digits: str) -> bool:
    """Tell whether the check digit of an ISBN of 10 or 13 digits holds (ISO 2108)."""
    values = [10 if digit == "X" else int(digit) for digit in digits]
    if len(values) == 10:
        return (
            sum(weight * value for weight, value in zip(range(10, 0, -1), values, strict=True)) % 11
            == 0
        )
    return sum(value * (3 if place % 2 else 1) for place, value in enumerate(values)) % 10 == 0
