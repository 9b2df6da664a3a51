"""Years: in a date as PDF files write them, and in a line of a title page that dates the report."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searcher.extract.pdf.cover import CoverLine

_YEAR = re.compile(r"(?<!\d)(19[89]\d|20\d\d)")
_CLOCK_ZERO = re.compile(r"(?:1970|1980|1990|2000)0101000000")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|spring|summer|autumn|fall|winter)"
)
_DAY = r"(?:\d{1,2}(?:st|nd|rd|th)?\s+)?"
_DATED = re.compile(
    rf"^(?P<lead>(?:[a-z]+\s+){{0,4}}?[a-z]*:?)\s*{_DAY}{_MONTH}\.?(?:\s+\d{{1,2}},?)?,?\s+"
    r"(?P<year>(?:19|20)\d\d)\.?$",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(r"publish|issued|publication", re.IGNORECASE)
_NOT_PUBLISHED = re.compile(r"inspect|review|visit|data|as (?:at|of)|from|until|period|ended|due")
_LATE = 3  # years a file may be made again after the report came out


@dataclass(frozen=True, slots=True)
class DatedLine:
    """A line of a title page that is a date; ``is_published`` if it says so of itself."""

    year: int
    is_published: bool
    line: CoverLine


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
        if created is None or created - _LATE <= candidate.year <= created:
            return candidate
    return None


def _dated(line: CoverLine) -> tuple[DatedLine, ...]:
    found = _DATED.match(line.text)
    if not found or _NOT_PUBLISHED.search(found["lead"].lower()):
        return ()
    is_published = _PUBLISHED.search(found["lead"]) is not None
    return (DatedLine(int(found["year"]), is_published, line),)
