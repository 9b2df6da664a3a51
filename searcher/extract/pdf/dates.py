"""Dates: as PDF files write them, and in the lines of a title page that date the report.

A date is ISO 8601 as precisely as it is known: "2017", "2017-07" or "2017-07-14".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from searcher.document import Found, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from searcher.extract.pdf.metadata.cover import CoverLine

_YEAR = re.compile(r"(?<!\d)(19[89]\d|20\d\d)")
_CLOCK_ZERO = re.compile(r"(?:1970|1980|1990|2000)0101000000")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|spring|summer|autumn|fall|winter)"
)
_WHEN = (
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?{_MONTH}\.?"
    r"(?:\s+(?P<american>\d{1,2})(?=,|\s+\d{4}),?)?,?\s+(?P<year>(?:19|20)\d\d)"
)
_DATED = re.compile(rf"^(?P<lead>(?:[a-z]+\s+){{0,4}}?[a-z]*:?)\s*{_WHEN}\.?$", re.IGNORECASE)
_NUMBERED = re.compile(
    r"^(?P<lead>[a-z ]{0,40}?:?)\s*(?P<day>\d{1,2})(?P<mark>[/.])(?P<number>\d{1,2})(?P=mark)"
    r"(?P<year>(?:19|20)\d\d)$",
    re.IGNORECASE,
)
_ISO = re.compile(
    r"^(?P<lead>[a-z ]{0,40}?:?)\s*(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)$", re.I
)
_AT_THE_END = re.compile(
    r"^(?P<lead>ordered by .{0,60} to be printed(?: on)?|.{0,60}\b(?:report|session|publication|ref"
    r"(?:erence)?|no\.?|number|hc|cm|cp|sg|gao|oig)\b[^a-z]{0,40}?|published by .{3,80}?|"
    r"[A-Z]{2,8}[\d/–-]+[^a-z]*?)"
    rf"[\s|,]+{_WHEN}$",
    re.IGNORECASE,
)
_AT_THE_START = re.compile(rf"^(?P<lead>){_WHEN}\s*\|\s*[A-Z][A-Z\d/–-]+$", re.IGNORECASE)
_FORMS = (_DATED, _NUMBERED, _ISO, _AT_THE_END, _AT_THE_START)
_OF_A_MONTH = re.compile(rf"^[^\d|:]+\s[^\d|:]+\s[^\d|:]+,\s+{_WHEN}$", re.IGNORECASE)
_BARE_YEAR = re.compile(r"^(?:19|20)\d\d$")
_CLAIM = re.compile(
    r"(?:©|\(c\)|\bcopyright\b)\D{0,80}?(?:(?:19|20)\d\d\s?[-–]\s?)?((?:19|20)\d\d)\b", re.I
)
_PUBLISHED = re.compile(r"publish|issued|publication|to be printed", re.IGNORECASE)
_NOT_PUBLISHED = re.compile(r"inspect|review|visit|data|as (?:at|of)|from|until|period|ended|due")
_INSPECTED = re.compile(
    rf"^(?:inspection|visit|review|audit|fieldwork)\s+dates?\s*:.{{0,40}}?\b{_WHEN}$", re.IGNORECASE
)
_LAST_MONTHS = 10  # from October on
_LATE = 3  # years a file may be made again after the report came out


@dataclass(frozen=True, slots=True)
class DatedLine:
    """A line of a title page that is a date; ``is_published`` if it says so of itself."""

    iso: str
    is_published: bool
    line: CoverLine

    @property
    def year(self) -> int:
        """Return the year."""
        return int(self.iso[:4])


def year_of(date: str) -> int | None:
    """Return the year of ``date``, from 1980 to 2099, or ``None`` where it names none.

    Midnight of a New Year's Day is where a tool's clock begins, and says nothing.
    """
    if _CLOCK_ZERO.search(date):
        return None
    found = _YEAR.search(date)
    return int(found.group()) if found else None


def is_date(text: str) -> bool:
    """Tell whether ``text`` is nothing but a month and year, with a day or a word before it."""
    return _DATED.match(text) is not None


def holds_a_date(text: str) -> bool:
    """Tell whether ``text`` names a month of a year somewhere, or is a date or a year."""
    is_dated = any(form.match(text) for form in _FORMS) or _BARE_YEAR.match(text)
    return bool(is_dated) or re.search(rf"\b{_WHEN}\b", text, re.IGNORECASE) is not None


def ends_in_a_date(text: str) -> bool:
    """Tell whether ``text`` says what was done and when: some words, then a comma and a month."""
    return _OF_A_MONTH.match(text) is not None


def find_date(
    front: Sequence[CoverLine], imprint: Sequence[CoverLine], created: int | None
) -> Found[str] | None:
    """Return when the report came out: by a line of ``front``, a copyright, or the file's age.

    A copyright, like a date that does not say what it dates, is believed if the file bears it out;
    and if it is not older than what the report is about.
    """
    dated = publication_line(front, created)
    if dated is not None:
        return Found(dated.iso, Source.TITLE_PAGE, dated.line.span)
    end = _end_of_inspection(front)
    for line in imprint:
        claimed = _CLAIM.search(line.text)
        if not claimed or not _is_borne_out(int(claimed[1]), created):
            continue
        if not _is_left_over(int(claimed[1]), end, created):
            return Found(claimed[1], Source.TITLE_PAGE, line.span)
    return Found(str(created), Source.EMBEDDED) if created is not None else None


def _end_of_inspection(front: Sequence[CoverLine]) -> str:
    """Return when the inspection, visit or audit ended that a line of ``front`` dates; or ""."""
    for line in front:
        found = _INSPECTED.match(" ".join(line.text.split()))
        if found:
            return _iso(found)
    return ""


def _is_left_over(claimed: int, end: str, created: int | None) -> bool:
    """Tell whether a copyright of the year ``claimed`` was there before the report was.

    What was inspected until the last months of a year is not reported on before the next, if
    the file is of that year.
    """
    year = int(end[:4]) if end else 0
    is_late = len(end) > 4 and int(end[5:7]) >= _LAST_MONTHS
    return claimed < year or (claimed == year and is_late and created == year + 1)


def publication_line(lines: Sequence[CoverLine], created: int | None) -> DatedLine | None:
    """Return the line that dates the report: one that says so, else one the file bears out.

    A line without "published" is believed if the file was made in that year or up to three
    years later; where the file does not say when it was made, the first such line is believed.
    """
    dated = [found for line in lines for found in _dated(line)]
    for candidate in dated:
        if candidate.is_published:
            return candidate
    for candidate in dated:
        if _is_borne_out(candidate.year, created):
            return candidate
    return None


def _is_borne_out(year: int, created: int | None) -> bool:
    return created is None or created - _LATE <= year <= created


def _dated(line: CoverLine) -> Iterator[DatedLine]:
    text = " ".join(line.text.split())
    for form in _FORMS:
        found = form.match(text)
        if not found or _NOT_PUBLISHED.search(found["lead"].lower()):
            continue
        iso = _iso(found)
        if iso:
            yield DatedLine(iso, _PUBLISHED.search(found["lead"]) is not None, line)
            return


def _iso(found: re.Match[str]) -> str:
    """Return the date that ``found`` names; "" where there is no such day."""
    groups = found.groupdict()
    year = groups["year"]
    month = int(groups.get("number") or 0) or _month(groups.get("month") or "")
    day = int(groups.get("day") or groups.get("american") or 0)
    if not month:
        return "" if groups.get("number") else str(year)
    if not 1 <= month <= 12 or not 0 <= day <= 31:
        return ""
    return f"{year}-{month:02}-{day:02}" if day else f"{year}-{month:02}"


def _month(name: str) -> int:
    """Return the number of a month; 0 of a season."""
    start = name[:3].lower()
    return _MONTHS.index(start) + 1 if start in _MONTHS else 0
