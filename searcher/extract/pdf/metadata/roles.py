"""What a row of a title page is there for, where it is no part of the title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from searcher.extract.pdf.dates import ends_in_a_date, holds_a_date
from searcher.extract.pdf.metadata.credits import (
    copyright_holder,
    names_in_byline,
    names_the_crown,
    stated_publisher,
)
from searcher.extract.pdf.metadata.organisations import (
    bare_name,
    in_name_case,
    is_public_body,
    is_state_body,
)
from searcher.extract.pdf.metadata.series import is_number_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from searcher.extract.pdf.metadata.cover import CoverLine

_KIND = re.compile(
    r"^(?:(?:an?|the|our)\s+)?(?:(?:corporate|research|technical|evaluation|inspection|independent|"
    r"interim|final|draft|main|full|statutory|policy|working|local area partnership|synthesis|"
    r"baseline|endline|progress|official|summary|executive|analytical|open|impact|process|audit|special|"
    r"and|on|in|report|&)\s+)*"
    r"(?:report|paper|guidance|analysis|portfolio|briefing|brief|release|statistics|publication|"
    r"document|consultation|evaluation|study|summary|draft|series|opportunity)s?"
    r"(?:\s*[:–-])?$",
    re.IGNORECASE,
)
_FRONT_HEADING = re.compile(
    r"^(?:table of )?contents$|^executive summary$|^(?:foreword|summary|introduction|preface|"
    r"acknowledge?ments|abstract|background|overview|key (?:findings|messages|points)|purpose|"
    r"page|note:.*|for (?:more|further) information.*|gov\.uk|applies to .*|"
    r"about (?:this|the) .*)$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://|\bwww\.|@\w|\bISBN\b|\bISSN\b|\b\d{5}(?:-\d{4})?$|^tel\b", re.I)
_OFFICE = re.compile(
    r"^(?:(?:U\.?S\.?|HM)\s+)?(?:department|ministry|office)(?:\s+(?:of|for))?\b", re.I
)
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_LABELLED = re.compile(r"^[^:]{3,40}:\s")
_PART = re.compile(
    r"^(?:part|module|volume|vol\.?|phase|book|chapter|report|stage|wave|year)\s+"
    r"(?:\d{1,2}|[ivxIVX]{1,5}|one|two|three|four|five)\s*[:–-]?$",
    re.IGNORECASE,
)
NAME_GOES_ON = re.compile(r"(?:[,&]|\b(?:and|of|for|the))$")
_LEADING = 1.8  # in sizes, of the rows of one name
_MOST_ROWS = 5
_MOST_LOOKED_AT = 40  # rows from the top
_PERIOD = re.compile(r"^(?:for\s+)?(?:fiscal|financial|federal fiscal) year\b|^FY\s?\d", re.I)


def is_part(text: str) -> bool:
    """Tell whether ``text`` is the number of a part of something larger: "Module 1:"."""
    return _PART.match(text) is not None


def is_period(text: str) -> bool:
    """Tell whether ``text`` is the year a report is about, which is part of what it is called."""
    return _PERIOD.match(text) is not None


def is_kind(text: str) -> bool:
    """Tell whether ``text`` says only what kind of document it is: "Research and analysis"."""
    return _KIND.match(text) is not None


def is_body(text: str) -> bool:
    """Tell whether ``text`` is the name of a body of the state and nothing else, in any case."""
    name = in_name_case(bare_name(text))
    return is_public_body(name) or is_state_body(name[:1].upper() + name[1:])


def body_runs(rows: Sequence[CoverLine]) -> Iterator[tuple[CoverLine, ...]]:
    """Yield the runs of ``rows``, set one below the other as one, that together name a body."""
    for start in range(min(len(rows), _MOST_LOOKED_AT)):
        for end in range(start + 1, min(start + _MOST_ROWS, len(rows)) + 1):
            run = tuple(rows[start:end])
            if not _is_set_as_one(run[-2:]):
                break
            text = " ".join(row.text for row in run)
            if is_body(text) and NAME_GOES_ON.search(text) is None:
                yield run
                break


def _is_set_as_one(rows: Sequence[CoverLine]) -> bool:
    first, last = rows[0], rows[-1]
    middles = ((row.x0 + row.x1) / 2 for row in (first, last))
    is_in_line = (
        abs(first.x0 - last.x0) < last.size or abs(next(middles) - next(middles)) < last.size
    )
    is_close = last.y - first.y <= _LEADING * last.size
    return is_in_line and is_close and abs(first.size - last.size) < 1


def is_titular(row: CoverLine) -> bool:
    """Tell whether ``row`` may be of the title: nothing else that title pages hold.

    A person's name is for the caller to tell: places have the form of one.
    """
    text = " ".join(row.text.split())
    if row.is_furniture or len(_LETTERS.findall(text)) == 0:
        return False
    if _FRONT_HEADING.match(text) or _ADDRESS.search(text) or is_number_line(text):
        return False
    if holds_a_date(text) and not is_period(text) and not ends_in_a_date(text):
        return False
    return not _is_credit(text)


def is_label(text: str) -> bool:
    """Tell whether ``text`` is a label with its value: "Lead inspector: …"."""
    return _LABELLED.match(text) is not None and not is_part(text.partition(":")[0])


def _is_credit(text: str) -> bool:
    return bool(
        names_in_byline(text)
        or stated_publisher(text)
        or copyright_holder(text)
        or names_the_crown(text)
    )
