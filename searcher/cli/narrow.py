"""What a command is told to look at only."""

from __future__ import annotations

import re

from searcher.frozen import dataclass

Years = tuple[int | None, int | None]

FILTERS = (
    ("project", "project, by id or name"),
    ("theme", "theme, by id or name"),
    ("outcome", "outcome, by id or name"),
    ("design", "study design, by id or name"),
    ("publisher", "publisher"),
)


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a command was told to look at only, as a search takes it."""

    filters: tuple[tuple[str, tuple[str, ...]], ...]
    year: Years | None


def narrowed(values: dict[str, tuple[str, ...]], year: Years | None) -> Narrowing:
    """Return the narrowing that has these values of ``FILTERS``, by name."""
    given = ((name, tuple(values.get(name, ()))) for name, _ in FILTERS)
    return Narrowing(tuple((name, wanted) for name, wanted in given if wanted), year)


def years_of(text: str) -> Years:
    """Return the first and the last year of ``2016``, ``2016..2019``, ``2016..`` or ``..2019``.

    Raises:
        ValueError: the text has another shape.
    """
    single = re.fullmatch(r"\s*(\d{4})\s*", text)
    found = re.fullmatch(r"\s*(\d{4})?\s*\.\.\s*(\d{4})?\s*", text)
    if single:
        return int(single[1]), int(single[1])
    if not found or not (found[1] or found[2]):
        msg = f"{text!r} is not a year, A..B, A.. or ..B"
        raise ValueError(msg)
    low, high = (int(year) if year else None for year in found.groups())
    if low is not None and high is not None and low > high:
        msg = f"{text!r} ends before it begins"
        raise ValueError(msg)
    return low, high
