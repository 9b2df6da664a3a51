"""The numbers a report bears in front or at its end: ISBN, ISSN, DOI, command papers, its own.

A number that another report bears, and that this one cites, stands in a sentence or a list of
references; a report's own stands on a line that is short, or behind a word that says what it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from searcher.document import Found, Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from searcher.extract.pdf.metadata.cover import CoverLine, Front

_ISBN = re.compile(
    r"\bISBN(?:-?1[03])?(?:\s*\([^()]{1,20}\))?:?\s*((?:97[89][- –]?)?(?:\d[- –]?){9}[\dXx])(?!\d)"
)
_MORE_ISBN = re.compile(r"\b(97[89][- –]?(?:\d[- –]?){9}\d)(?!\d)")
_ISSN = re.compile(r"\b(?:e-?)?ISSN(?:\s*\([^()]{1,20}\))?:?\s*(\d{4}[-–]?\d{3}[\dXx])\b")
_DOI = re.compile(r"\b(10\.\d{4,9}/[^\s\"<>]*[^\s\"<>.,;)])")
_PAPER = re.compile(
    r"\b((?:HC|HL Paper|CP|Cm|Cmnd?|SP Paper|NIA|SG)[\s/]\d{1,4}(?:[-–/][IVX\d]+)*)\b"
)
_CODE = re.compile(
    r"\b(DF[EI]-R[RBW]\d{1,4}[A-Z]?|(?:OEI|OAS|A|OIG)-\d{2}-\d{2}-\d{2,5}|GAO-\d{2}-\d{1,6}\w{0,2}"
    r"|NCEE \d{4}-\d{1,4}R?|NCJ \d{6}|M-\d{2}-\d{2}|WP/\d{2}/\d{1,3})\b"
)
_OWN = re.compile(
    r"\b(?:(?:[Rr]eport|REPORT|[Pp]ublication|[Pp]roduct|[Rr]eference|[Rr]ef\.?|[Dd]ocument)\s*"
    r"(?:[Nn][Oo]\.?|[Nn]umber|[Cc]ode)|[Ss]ocial [Rr]esearch [Nn]umber|[Rr]eference)\s*:?\s*"
    r"([A-Z0-9][\w/–.-]*\d[\w/–-]*)"
)
_REFERENCE = re.compile(
    r"^(?:reference|ref|report|publication)(?:\s*(?:no|number|code))?\s*[:.]?\s*", re.IGNORECASE
)
_LONGEST = 110  # letters of a line that may bear a number without saying so
_FRONT, _ON_ONE = 2, 3  # sheets; most codes on one sheet that may be the report's own


@dataclass(frozen=True, slots=True)
class _Number:
    value: str
    span: Span


def find_identifiers(
    front: Front, *, series: Found[str] | None = None, stated: Sequence[str] = ()
) -> tuple[Found[str], ...]:
    """Return the report's numbers in order of place, its number in a ``series`` first.

    Where no sheet names one, those that the file itself states.
    """
    numbers = [*_on_short_lines(front), *_in_imprint(front)]
    places: dict[str, Span] = {}
    for number in sorted(numbers, key=lambda number: number.span):
        places.setdefault(number.value, number.span)
    printed = [series] if series else []
    printed += [
        Found(value, Source.TITLE_PAGE, span)
        for value, span in places.items()
        if series is None or value not in series.value
    ]
    told = dict.fromkeys(known for text in stated if (known := known_number(text)))
    return tuple(printed or (Found(number, Source.EMBEDDED) for number in told))


def known_number(text: str) -> str | None:
    """Return the ISBN or DOI that ``text`` is; other numbers of a file are a program's."""
    digits = _digits(text)
    if re.fullmatch(r"(?:97[89])?\d{9}[\dX]", digits) and is_isbn_valid(digits):
        return f"ISBN {digits}"
    found = _DOI.search(text)
    return found[1] if found else None


def _on_short_lines(front: Front) -> Iterator[_Number]:
    """Yield command papers and codes that a short line of the first sheets bears."""
    for sheet in front.sheets[: _FRONT + 1]:
        lines = [line for line in sheet.lines if len(line.text) <= _LONGEST]
        codes = [number for line in lines for number in _matches(_CODE, line)
                 if sheet.is_cover or _at_an_end(number.value, line.text)]  # fmt: skip
        if sheet.number <= _FRONT and len({code.value for code in codes}) < _ON_ONE:
            yield from codes
        for line in lines:
            yield from _matches(_PAPER, line)
            if sheet.number <= _FRONT and not line.is_furniture:
                yield from _matches(_OWN, line)
    for line in front.imprint:
        label = _REFERENCE.match(line.text)
        yield from (
            number
            for number in _matches(_CODE, line)
            if label and number.span.start == line.span.start + label.end()
        )


def _at_an_end(code: str, text: str) -> bool:
    return text.startswith(code) or text.rstrip(" .").endswith(code)


def _in_imprint(front: Front) -> Iterator[_Number]:
    """Yield the book and serial numbers of the imprint, and a DOI where there is but one."""
    for line in front.imprint:
        yield from (_isbn(number) for number in _isbns(line))
        for number in _matches(_ISSN, line):
            yield _Number(f"ISSN {number.value.replace('–', '-')}", number.span)
    dois = [number for line in front.lines() for number in _matches(_DOI, line)]
    if len({number.value for number in dois}) == 1:
        yield dois[0]


def _isbns(line: CoverLine) -> Iterator[_Number]:
    forms = (_ISBN, _MORE_ISBN) if "ISBN" in line.text else ()
    for form in forms:
        for number in _matches(form, line):
            if is_isbn_valid(_digits(number.value)):
                yield number


def _isbn(number: _Number) -> _Number:
    return _Number(f"ISBN {_digits(number.value)}", number.span)


def _matches(form: re.Pattern[str], line: CoverLine) -> Iterator[_Number]:
    start = line.span.start
    for found in form.finditer(line.text):
        value = " ".join(found[1].split())
        yield _Number(value, Span(start + found.start(1), start + found.end(1)))


def _digits(text: str) -> str:
    return re.sub(r"[- –]|^ISBN:?", "", text.upper())


def is_isbn_valid(digits: str) -> bool:
    """Tell whether the check digit of an ISBN of 10 or 13 digits holds (ISO 2108)."""
    values = [10 if digit == "X" else int(digit) for digit in digits]
    if len(values) == 10:
        return (
            sum(weight * value for weight, value in zip(range(10, 0, -1), values, strict=True)) % 11
            == 0
        )
    if len(values) != 13:
        return False
    return sum(value * (3 if place % 2 else 1) for place, value in enumerate(values)) % 10 == 0
