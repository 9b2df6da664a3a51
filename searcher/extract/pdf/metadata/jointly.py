"""Publishers that are two names in one: joint publishers, and an office of a department.

A name that has "and" in it goes by its short name in company, "HHS and Department of Justice", for
none could tell where it ends; so does one that the title page does not spell out.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from searcher.document import Found, Source, Span
from searcher.extract.pdf.metadata.acronyms import short_name
from searcher.extract.pdf.metadata.organisations import (
    bare_name,
    in_name_case,
    is_public_body,
)
from searcher.extract.pdf.metadata.roles import is_titular

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.document import Document
    from searcher.extract.pdf.metadata.cover import CoverLine, Front, Sheet

_JOINS = frozenset({"and", "&"})
_OFFICE = re.compile(r"(?:the\s+)?office\s+of\s+(?:the\s+)?inspector\s+general", re.IGNORECASE)
_DEPARTMENT = re.compile(r"(?:U\.?S\.?\s+)?(?P<name>(?:Department|Ministry)\s+(?:of|for)\s+\S.*)")
_DEPARTMENT_OFFICE = re.compile(
    r"(?:U\.?S\.?\s+)?(?P<name>Department\s+of\s+\S.*?),?\s+"
    r"(?P<office>office\s+of\s+(?:the\s+)?inspector\s+general)",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"\b((?!OF\b|THE\b|AND\b|FOR\b)[A-Z]{2,6}|Department of [A-Z]\w+(?: [A-Z]\w+)*)"
    r" Office of (?:the )?Inspector General\b"
)
_HAS_AND = re.compile(r"\s(?:and|&)\s")


def headed_by(front: Front, text: str) -> Found[str] | None:
    """Return the bodies, two at least, whose names and "and" are rows above the title."""
    sheet = front.title_sheet
    rows = [row for row in sheet.rows if not row.is_furniture] if sheet else []
    named: list[CoverLine] = []
    joined = False
    for row in rows:
        if row.text.casefold() in _JOINS:
            joined = bool(named)
        elif is_public_body(_name(row)):
            named.append(row)
        else:
            break
    if not joined or len(named) < 2:
        return None
    value = " and ".join(_in_company(_name(row), text) for row in named)
    return Found(value, Source.TITLE_PAGE, Span(named[0].span.start, named[-1].span.end))


def with_department(found: Found[str], document: Document, front: Front) -> Found[str]:
    """Return an office that every department has with the name of its own before it."""
    both = _DEPARTMENT_OFFICE.fullmatch(found.value)
    if both:
        name = _in_company(in_name_case(both["name"]), document.text)
        return replace(found, value=f"{name} {_plain(in_name_case(both['office']))}")
    if not _OFFICE.fullmatch(found.value):
        return found
    for line in _short_lines(front):
        named = _DEPARTMENT.fullmatch(in_name_case(bare_name(_without_office(line.text))))
        if named:
            name = _in_company(named["name"], document.text)
            span = found.span or line.span
            return replace(found, value=f"{name} {_plain(found.value)}", span=span)
    whole = _WHOLE.search(document.text)
    return replace(found, value=f"{whole[1]} {_plain(found.value)}") if whole else found


def in_company(found: Found[str], document: Document, front: Front) -> Found[str]:
    """Return the publisher with the body whose name stands beside its own at the report's end."""
    back = [row for sheet in front.back for row in (*sheet.rows, *_level(sheet), *sheet.lines)]
    for row in (*front.rows(2), *back):
        names = [bare_name(part) for part in row.parts] if len(row.parts) > 1 else []
        if len(names) == 2 and names[0] == found.value and is_public_body(names[1]):
            other = short_name(names[1], document.text) or names[1]
            return replace(found, value=f"{names[0]} and {other}", span=row.span)
    return found


def _level(sheet: Sheet) -> Iterator[CoverLine]:
    """Yield rows that are the heads of two columns side by side, two as one.

    The place of both is the first one's: between them stands what the first column holds.
    """
    for first, second in pairwise(sheet.rows):
        if abs(first.y - second.y) < 1 and first.size == second.size and first.x1 < second.x0:
            yield replace(first, parts=(first.text, second.text))


def _short_lines(front: Front) -> Iterator[CoverLine]:
    sheet = front.title_sheet
    for line in (*(sheet.rows if sheet else ()), *front.lines(2)):
        if not is_titular(line) or is_public_body(_name(line)) or _OFFICE.search(line.text):
            yield line


def _without_office(text: str) -> str:
    return _OFFICE.sub("", text).strip(" ,/–-")


def _plain(office: str) -> str:
    return "Office of Inspector General" if office.islower() else office


def _name(row: CoverLine) -> str:
    return in_name_case(bare_name(row.text))


def _in_company(name: str, text: str) -> str:
    name = bare_name(name)
    return (short_name(name, text) or name) if _HAS_AND.search(name) else name
