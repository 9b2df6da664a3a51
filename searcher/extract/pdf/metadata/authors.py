"""Who wrote the report: persons or organisations that the title page names, or the file itself."""

from __future__ import annotations

import re
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from searcher.document import Found, Source, Span
from searcher.extract.pdf.dates import holds_a_date
from searcher.extract.pdf.metadata.acronyms import short_name
from searcher.extract.pdf.metadata.credits import names_in_byline
from searcher.extract.pdf.metadata.organisations import bare_name, is_organisation, names_in
from searcher.extract.pdf.metadata.people import (
    BETWEEN,
    are_persons,
    is_never_small,
    is_person,
    person,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from searcher.extract.pdf.metadata.cover import CoverLine, Front, Sheet

_AFTER_NAME = re.compile(
    r"\s*(?:\(.*|,?\s*(?:Her|His) Majesty.*|,?\s*HMI.*"
    r"|,?\s+(?:and\s+)?(?:Co-)?Chair(?:man|person)?\b.*|,\s*(?:independent|senior|principal|lead|inspector|director|professor)\b.*)$"
)
_CREDITED = re.compile(
    r"^(?:report|recommendations|findings|conclusions) of the\s+(?P<name>\S.*)$", re.IGNORECASE
)
_PANEL = re.compile(r"\b(?:Commission|Committee|Panel|Inquiry|Task\s?force|Review|Group)\b")
_CHAIRED = re.compile(r"^(?:(?:independently )?chaired by|chair:)\s+(?P<name>\S.*)$", re.IGNORECASE)
_OFFICE_HOLDER = re.compile(
    r"^(?:Comptroller (?:and Auditor )?General|Auditor General(?: for [A-Z]\w+)?"
    r"|(?:HM |Her Majesty’s |His Majesty’s )?(?:Chief )?Inspectors?(?: General| of [A-Z]\w+)?"
    r"|[A-Z]\w+’s Commissioner(?: for [A-Z]\w+)?)$"
)
_ROLE = re.compile(
    r"^(?:(?:the|acting|deputy|principal|chief)\s+)*(?:inspector general|comptroller(?: and auditor"
    r")? general|auditor general|(?:co-)?chair(?:man|person|woman)?|commissioner|director"
    r"|ombudsman|chief inspector|lead inspector|author|project lead|principal investigator)\b",
    re.IGNORECASE,
)
_LIST_GOES_ON = re.compile(r"(?:,|;|&|\band)$")
_BESIDE = re.compile(r"\s*\([^()]*\)|\s+[–—-]\s.*$")
_LABEL = re.compile(
    r"^(?:(?:lead|independent|principal|report|overview)\s+)*"
    r"(?:authors?|reviewers?|evaluators?|researchers?)(?:\(s\))?:$",
    re.IGNORECASE,
)
_HEADING = re.compile(r"^(?:about the |report )?authors?(?:\(s\))?$", re.IGNORECASE)
_ISSUED = re.compile(r"^(?:first )?(?:published|issued|printed)\b", re.IGNORECASE)
_MOST_ROWS = 8
_SAME_END = 4  # words
_PROSE = 80  # letters: a longer row is prose
_LEAST = 15  # letters of a row that says the title again
_FRONT = 2  # sheets on which a name alone on its row may be an author's


def find_authors(
    front: Front | None, text: str, *, stated: Sequence[str] = (), publisher: str = ""
) -> Found[tuple[str, ...]] | None:
    """Return whom the title page names as authors, else the organisations that ``stated`` names.

    Organisations beside persons are where those work. A person in the file's own records is
    nearly always a typist, so only organisations are taken from there, and not the publisher.
    """
    if front is not None:
        lines = front.lines(_FRONT)
        found = (
            _credited(front)
            or _chaired(lines)
            or _panel(lines)
            or _with_role(front)
            or _listed(front, text)
        )
        if found:
            return found
    bodies = tuple(
        name
        for listed in stated
        for name in names_in(listed, is_organisation)
        if not any(_is_same(known, publisher) for known in (name, short_name(name, text) or name))
    )
    return Found(tuple(dict.fromkeys(bodies)), Source.EMBEDDED) if bodies else None


def _credited(front: Front) -> Found[tuple[str, ...]] | None:
    """Return the names of a byline, which may go on over some rows."""
    for lines in (front.rows(_FRONT), front.lines(_FRONT)):
        for index, line in enumerate(lines):
            listed = "," if _LABEL.match(line.text) else names_in_byline(line.text)
            if not listed:
                continue
            is_issuer = index > 0 and _ISSUED.match(lines[index - 1].text) is not None
            last = line
            for row in lines[index + 1 : index + _MOST_ROWS]:
                if not _LIST_GOES_ON.search(listed):
                    break
                listed, last = f"{listed} {row.text}", row
            names = _written_by(listed)
            if names and not (is_issuer and all(map(is_organisation, names))):
                return _found(names, line, last)
    return None


def _written_by(listed: str) -> tuple[str, ...]:
    kept = _AFTER_NAME.sub("", listed)
    names = names_in(kept, lambda name: is_organisation(name) or is_person(name))
    people = tuple(found for name in names if (found := person(name)))
    holder = _OFFICE_HOLDER.match(bare_name(listed))
    return people or ((holder[0],) if holder else names)


def _chaired(lines: Sequence[CoverLine]) -> Found[tuple[str, ...]] | None:
    for line in lines:
        found = _CHAIRED.match(line.text)
        name = person(_AFTER_NAME.sub("", found["name"])) if found else None
        if name:
            return _found((name,), line, line)
    return None


def _panel(lines: Sequence[CoverLine]) -> Found[tuple[str, ...]] | None:
    """Return the commission or panel whose report it says it is."""
    for line in lines:
        found = _CREDITED.match(line.text)
        name = bare_name(found["name"]) if found else ""
        if name and _PANEL.search(name) and is_organisation(name):
            return _found((name,), line, line)
    return None


def _with_role(front: Front) -> Found[tuple[str, ...]] | None:
    """Return the person of the first sheet under whose name stands an office."""
    for sheet in front.sheets[:1]:
        rows = [row for row in sheet.rows if not row.is_furniture]
        for row, below in pairwise(rows):
            head, _, role = row.text.partition(",")
            name = person(row.text)
            if name and sheet.is_cover and _ROLE.match(below.text):
                return _found((name,), row, row)
            name = person(head)
            if name and sheet.is_cover and _ROLE.match(role.strip()):
                return _found((name,), row, row)
    return None


def _listed(front: Front, text: str) -> Found[tuple[str, ...]] | None:
    """Return the persons whose names stand together on a title page, or under "Authors"."""
    sheet = front.title_sheet
    if sheet is None:
        return None
    if sheet.is_cover:
        inner = front.sheets[sheet.number : _FRONT]
        below = (_under_the_title(sheet, other, text) for other in inner if other.is_cover)
        found = _together(sheet.rows, text) or next(filter(None, below), None)
    else:
        head = takewhile(lambda row: len(row.text) <= _PROSE, sheet.rows)
        found = _together([row for row in head if len(tuple(_people(row.text, text))) > 1], text)
    return found or _under_a_label(front)


def _together(rows: Sequence[CoverLine], text: str) -> Found[tuple[str, ...]] | None:
    """Return the persons whose names are the next rows that are names alone.

    One alone has the name of an organisation below it; a place has the form of a name too.
    """
    named: list[tuple[CoverLine, tuple[str, ...]]] = []
    placed = False
    for row in rows:
        names = () if row.is_furniture else tuple(_people(row.text, text))
        if names:
            named.append((row, names))
        elif named and not is_organisation(bare_name(row.text)):
            break
        elif named:
            placed = True
    names = tuple(name for _, some in named for name in some)
    is_list = len(names) > 1 or (placed and len(names) == 1)
    return _found(names, named[0][0], named[-1][0]) if is_list else None


def _under_the_title(cover: Sheet, inner: Sheet, text: str) -> Found[tuple[str, ...]] | None:
    """Return the persons named right below a row of ``inner`` that says the cover's words again."""
    shown = "".join(_letters(row.text) for row in cover.rows)
    for index, row in enumerate(inner.rows[:_MOST_ROWS]):
        letters = _letters(row.text)
        if len(letters) >= _LEAST and letters in shown:
            below = inner.rows[index + 1 : index + 1 + _MOST_ROWS]
            if below and any(_people(below[0].text, text)):
                return _together(below, text)
    return None


def _under_a_label(front: Front) -> Found[tuple[str, ...]] | None:
    """Return the persons that the rows under "Authors" name."""
    for sheet in front.sheets[:_FRONT]:
        for index, row in enumerate(sheet.rows):
            if _HEADING.match(row.text):
                below = [(row, _AFTER_NAME.sub("", row.text)) for row in sheet.rows[index + 1 :]]
                named = list(takewhile(lambda one: are_persons(one[1]), below))
                names = tuple(name for _, said in named for name in _written_by(said))
                return _found(names, named[0][0], named[-1][0]) if names else None
    return None


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalpha())


def _people(row: str, text: str) -> Iterator[str]:
    """Yield the persons of a row that holds nothing else."""
    plain = _BESIDE.sub("", row)
    if holds_a_date(plain):
        return
    parts = [part for part in BETWEEN.split(plain) if part]
    others = [part for part in parts if is_organisation(bare_name(part))]
    names = [person(part) for part in parts if part not in others]
    if all(names) and all(is_never_small(name, text) for name in names if name):
        yield from (name for name in names if name)


def _found(names: tuple[str, ...], first: CoverLine, last: CoverLine) -> Found[tuple[str, ...]]:
    start, end = min(first.span.start, last.span.start), max(first.span.end, last.span.end)
    return Found(names, Source.TITLE_PAGE, Span(start, end))


def _is_same(name: str, other: str) -> bool:
    """Tell whether two names are one body's: one holds the other, or both end in one office."""
    first, second = (re.findall(r"\w+", text.casefold()) for text in (name, other))
    if not second:
        return False
    letters, others = "".join(first), "".join(second)
    return letters in others or others in letters or first[-_SAME_END:] == second[-_SAME_END:]
