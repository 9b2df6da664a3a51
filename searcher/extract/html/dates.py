"""Dates as pages write them, as precisely as they say: "2017", "2017-07" or "2017-07-14".

A date all in numbers is read as year first, or as day first where the day cannot be a month.
"""

from __future__ import annotations

import re

_MONTHS = (
    "january february march april may june july august september october november december".split()
)
_MONTH = r"(?P<month>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_WORDS = (
    re.compile(rf"\b{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}\b", re.I),
    re.compile(rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}\b", re.I),
    re.compile(rf"\b{_MONTH},?\s+{_YEAR}\b", re.I),
)
_NUMBERS = (
    re.compile(rf"(?<!\d){_YEAR}[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?!\d)"),
    re.compile(rf"(?<!\d){_YEAR}(?P<month>\d\d)(?P<day>\d\d)(?!\d)"),
    re.compile(rf"(?<!\d){_YEAR}[-/.](?P<month>\d{{1,2}})(?!\d)"),
    re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})[-/.](?P<month>\d{{1,2}})[-/.]{_YEAR}(?!\d)"),
)
_YEAR_ALONE = re.compile(rf"(?<!\d){_YEAR}(?!\d)")
_STANDING_ALONE = re.compile(
    r"(?:(?:first |date )?(?:published|issued|released|date|posted)(?: on| date)?\s*:?\s+)?"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?(?P<date>[\w ,.]{6,24})",
    re.I,
)
MAX_CHARS = 80


def date_of(text: str) -> str | None:
    """Return the first date in ``text``, ``None`` where it names no year."""
    text = text[:MAX_CHARS]
    for form in (*_NUMBERS[:2], *_WORDS, *_NUMBERS[2:]):
        found = form.search(text)
        date = None if found is None else _iso(found.groupdict())
        if date is not None:
            return date
    found = _YEAR_ALONE.search(text)
    return None if found is None else found["year"]


def date_standing_alone(text: str) -> str | None:
    """Return the date that ``text`` is nothing but, with the month at the least."""
    found = _STANDING_ALONE.fullmatch(text.strip()) if len(text) <= MAX_CHARS else None
    if found is None or not any(form.fullmatch(found["date"].strip()) for form in _WORDS):
        return None
    return date_of(found["date"])


def _iso(parts: dict[str, str]) -> str | None:
    """Return the date of the ``parts``, ``None`` where there is no such day or month."""
    month = _month(parts["month"])
    day = int(parts.get("day") or 1)
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    date = f"{parts['year']}-{month:02}"
    return f"{date}-{day:02}" if parts.get("day") else date


def _month(written: str) -> int:
    if written.isdigit():
        return int(written)
    return 1 + next(i for i, name in enumerate(_MONTHS) if name.startswith(written.lower()[:3]))
