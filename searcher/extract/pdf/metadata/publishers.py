"""Who published the report: what its title page, its imprint or the file itself says.

The imprint is on the first four sheets or the last two. What is said outright ("Published by")
comes before bodies that head the title, those before a name that stands alone, that before one on
which two kinds of evidence agree, that before a copyright, that before an address. A name in
running text says nothing by itself: reports write about other bodies than their publisher.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from searcher.document import BlockKind, Found, Source, Span
from searcher.extract.pdf.metadata.acronyms import bodies_at, full_name
from searcher.extract.pdf.metadata.agreement import agreed_publisher
from searcher.extract.pdf.metadata.credits import (
    copyright_holder,
    names_in_byline,
    names_the_crown,
    stated_publisher,
)
from searcher.extract.pdf.metadata.jointly import headed_by, in_company, with_department
from searcher.extract.pdf.metadata.organisations import (
    AUDITORS,
    INSPECTING_BODY,
    NAMES,
    OTHER_BODIES,
    PUBLIC_BODIES,
    STATE_BODIES,
    bare_name,
    in_name_case,
    is_organisation,
    is_public_body,
    names_in,
)
from searcher.extract.pdf.metadata.roles import NAME_GOES_ON, body_runs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from searcher.document import Document, Page
    from searcher.extract.pdf.metadata.cover import CoverLine, Front

_LONGEST_TITLE = 60  # letters: a longer one is not a body's name alone
_LONGEST_HEAD = 100  # letters of a line at the head of a letter
_BAR = re.compile(r"\s+\|\s+")
_PERSON = re.compile(r"[A-Z][a-z]+(?: [A-Z]\.?)? [A-Z][\w’'-]+")
_CITED = re.compile(
    r"\b(?:suggested citation|how to cite|(?:please )?cite (?:this|as)|(?:to be|should be) cited"
    r"|(?:recommended|preferred) citation|citation:|full (?:research )?report:)",
    re.IGNORECASE,
)
_PLACED = re.compile(rf"[.,]\s+[A-Z][a-z]+(?:[ ,]+[A-Z][A-Za-z.]+)?:\s+({NAMES})")
_FROM = re.compile(r"^From:\s*(?P<name>\S.*)$")
_ACRONYM = re.compile(r"\b[A-Z][A-Za-z&]*[A-Z]\b")
_NEAR = 2  # sheets from the front on which a name alone on its line is believed


def find_publisher(document: Document, front: Front, stated: Sequence[str]) -> Found[str] | None:
    """Return the publisher that the imprint names, else a body that the file's ``stated`` names."""
    near = front.lines(_NEAR)
    sheet = front.title_sheet
    rows = [row for row in sheet.rows if sheet.is_cover or row.is_furniture] if sheet else []
    alone = [*_alone(near), *_stacked(rows), *_alone(_pairs(near))]
    found = (
        _stated(front.imprint)
        or _cited(front.imprint)
        or headed_by(front, document.text)
        or _holder(front.imprint, is_public_body)
        or _first_like(AUDITORS, [*alone, *_prepared(near)])
        or _first_like(STATE_BODIES, alone)
        or agreed_publisher(front, stated)
        or _holder(front.imprint, lambda name: is_organisation(name) or not _PERSON.fullmatch(name))
        or _under_the_crown(document)
        or _at_the_head(near)
        or _first_like(PUBLIC_BODIES, alone)
        or _embedded(stated, is_public_body)
        or _written_to(document, front)
        or _expanded(stated, document.text)
        or _first_like(OTHER_BODIES, alone)
        or _embedded(stated, is_organisation)
    )
    if found is None:
        return None
    found = with_department(replace(found, value=in_name_case(found.value)), document, front)
    return in_company(found, document, front)


def _stated(lines: Sequence[CoverLine]) -> Found[str] | None:
    for line in lines:
        name = stated_publisher(line.text)
        if name:
            return _found(name, line)
        sent = _FROM.match(line.text)
        names = names_in(sent["name"], is_organisation) if sent else ()
        if names:
            return _found(" and ".join(names), line)
    return None


def _cited(lines: Sequence[CoverLine]) -> Found[str] | None:
    """Return the publisher in the reference by which the report wants to be cited."""
    for line in lines:
        told = _CITED.search(line.text)
        placed = _PLACED.findall(line.text, told.end()) if told else []
        name = bare_name(placed[-1].partition(",")[0]) if placed else ""
        if is_organisation(name):
            return _found(name, line)
    return None


def _holder(lines: Sequence[CoverLine], is_name: Callable[[str], bool]) -> Found[str] | None:
    """Return who holds the copyright, if it ``is_name``."""
    for line in lines:
        name = copyright_holder(line.text)
        if name and is_name(name):
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
            is_like = form.fullmatch(name) or form.fullmatch(in_name_case(name))
            if is_like and not NAME_GOES_ON.search(line.text):
                return _found(name, line)
    return None


def _prepared(lines: Sequence[CoverLine]) -> Iterator[CoverLine]:
    """Yield what bylines name: auditors publish what they prepare, as others do not."""
    for line in lines:
        name = names_in_byline(line.text)
        if name:
            start = line.span.start + line.text.index(name)
            yield replace(line, text=name, span=Span(start, start + len(name)))


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


def _stacked(rows: Sequence[CoverLine]) -> Iterator[CoverLine]:
    """Yield the bodies that rows one below the other name together, as a logo does."""
    for run in body_runs(rows):
        span = Span(min(row.span.start for row in run), max(row.span.end for row in run))
        yield replace(run[0], text=" ".join(row.text for row in run), span=span)


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


def _embedded(stated: Sequence[str], is_name: Callable[[str], bool]) -> Found[str] | None:
    for text in stated:
        names = names_in(text, is_name)
        if names:
            return Found(names[0], Source.EMBEDDED)
    return None


def _written_to(document: Document, front: Front) -> Found[str] | None:
    """Return the body at whose e-mail address the imprint asks readers to write."""
    lines = front.imprint
    names = bodies_at((line.text for line in lines), document.text)
    if not names:
        return None
    span = next(line.span for line in lines if "@" in line.text)
    return Found(names[0], Source.TITLE_PAGE, span)


def _expanded(stated: Sequence[str], text: str) -> Found[str] | None:
    """Return the body that the file calls by a short name which ``text`` explains."""
    for said in stated:
        for short in reversed(_ACRONYM.findall(said)):
            name = full_name(short, text)
            if name and is_organisation(name):
                return Found(name, Source.EMBEDDED)
    return None
