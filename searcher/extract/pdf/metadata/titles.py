"""The report's title: the largest words in front, or the file's own where it is a title.

The title page is believed before the file, whose title is often a working name. The file's is
taken where the title page says the same, or where the letters of the title page are damaged.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import accumulate
from typing import TYPE_CHECKING

from searcher.document import Found, Source, Span
from searcher.extract.pdf.metadata.headline import find_headline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searcher.extract.pdf.metadata.cover import CoverLine, Front
    from searcher.extract.pdf.metadata.headline import Headline

_TAIL = re.compile(r"\s+[-–|]\s+GOV\.UK$", re.IGNORECASE)
_WORKING_NAME = re.compile(
    r"^microsoft (?:word|powerpoint|excel)\b|\.(?:docx?|pdf|pptx?|xlsx?|indd|qxd|rtf|p65|wpd)\b|"
    r"^untitled|^document\d*$|^print|^layout \d|\bdraft\b|\btemplate\b|"
    r"\bfinal\b(?! (?:report|eval))|"
    r"\bpre[ -]?publication\b|\bword file\b|use this one|\bamend|^[\w-]*_[\w-]*$|^\S*\d{5}\S*$|"
    r"\bv(?:ersion)? ?\d|^powerpoint pres|^slide \d|^title of|^\[?(?:insert|type|click)\b|^cover\b|"
    r"^(?:blank|normal|report cover)\b",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(
    r"^(?:table of )?contents$|^(?:annual |final |research |interim )?report$|^executive summary$|"
    r"^(?:foreword|summary|introduction|preface|acknowledge?ments)$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_LONGEST = 250  # letters
_NEARLY = 0.85  # share of letters alike: the same words, some of them damaged


def find_title(front: Front, stated: Sequence[str]) -> Found[str] | None:
    """Return the title on the first sheets, else the first of ``stated`` that is a title."""
    shown = find_headline(front)
    if shown is not None and not _is_title(shown.found.value):
        shown = None
    told = [
        title
        for title in map(_plain, stated)
        if _is_title(title) and not _WORKING_NAME.search(title)
    ]
    for title in told:
        found = _agreed(front, shown, title)
        if found is not None:
            return found
    if shown is not None:
        return shown.found
    return Found(told[0], Source.EMBEDDED) if told else None


def _plain(text: str) -> str:
    return _TAIL.sub("", " ".join(text.split()))


def _agreed(front: Front, shown: Headline | None, stated: str) -> Found[str] | None:
    """Return ``stated`` where the title page bears it out."""
    wanted = _squeeze(stated)
    if shown is None or not shown.is_set_large:
        span = _printed_as(front, wanted)
        if span or shown is None:
            return Found(stated, Source.EMBEDDED, span) if span else None
    span = shown.found.span
    if wanted.startswith(_squeeze(shown.found.value)):
        return Found(stated, Source.EMBEDDED, span)
    for said, more in ((shown.found.value, ""), (shown.main, shown.subtitle)):
        if _is_damaged(said, stated):
            return Found(f"{stated}: {more}" if more else stated, Source.EMBEDDED, span)
    return None


def _is_damaged(said: str, stated: str) -> bool:
    """Tell whether ``said`` is ``stated`` with some letters lost or wrong."""
    letters = (_squeeze(said), _squeeze(stated))
    alike = SequenceMatcher(None, *letters, autojunk=False).ratio()
    return alike >= _NEARLY and not _same_words(said, stated)


def _same_words(printed: str, stated: str) -> bool:
    """Tell whether all words of either are words of the other: nothing is damaged."""
    first, second = (set(map(str.casefold, _WORD.findall(text))) for text in (printed, stated))
    return first <= second or second <= first


def _printed_as(front: Front, wanted: str) -> Span | None:
    """Return where neighbouring rows, from the start of one to the end of one, say ``wanted``."""
    for sheet in front.sheets:
        for rows in (sheet.rows, sheet.lines):
            kept = [row for row in rows if not row.is_furniture or sheet.number == 1]
            place = _run(kept, wanted)
            if place:
                return place
    return None


def _run(rows: Sequence[CoverLine], wanted: str) -> Span | None:
    letters = [_squeeze(row.text) for row in rows]
    starts = list(accumulate(map(len, letters), initial=0))
    place = "".join(letters).find(wanted)
    if place not in starts or place + len(wanted) not in starts:
        return None
    first, last = starts.index(place), starts.index(place + len(wanted)) - 1
    spans = [row.span for row in rows[first : last + 1]]
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _is_title(text: str) -> bool:
    return len(_WORD.findall(text)) >= 2 and len(text) <= _LONGEST and _NO_TITLE.match(text) is None


def _squeeze(text: str) -> str:
    return "".join(_WORD.findall(text)).casefold()
