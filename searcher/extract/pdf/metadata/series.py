"""The series a report came out in and its number there: "Evaluation Report 58", "DFE-RR123"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from searcher.document import Found, Source, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searcher.extract.pdf.metadata.cover import CoverLine

_GENUS = (
    r"(?:Reports?|Papers?|Series|Stud(?:y|ies)|Bulletins?|Briefs?|Briefings?|Notes?|Memorandum|"
    r"Publications?|Findings|Monographs?|Evaluations?|Insights?|Circulars?)"
)
_WORD = r"(?:[A-Z][\w’'&-]*|of|for|and|the|in|on|&|ad|hoc)"
_MARK = r"(?i:\s*[,:]?\s*\(?(?:no\.?|number|nos?\.?|n[°º]|vol(?:ume)?\.?)?\s*:?\s*)"
_NUMBER = r"(?P<number>(?:[A-Z]{1,6}[-/ ]){0,3}[A-Z]{0,6}\d[\dA-Za-z]*(?:[-–/.]\d+[A-Za-z]?)*)"
_SERIES = re.compile(
    rf"^(?P<name>(?:{_WORD}\s+){{0,8}}(?i:research|evaluation|working|technical|occasional|social|"
    rf"discussion|analytical|policy|economic|statistical|official|command|rapid|evidence|learning|"
    rf"project|case|methods?|impact|background|issue|country|ad hoc|performance|audit|special)"
    rf"(?:\s+{_WORD}){{0,4}}\s+(?i:{_GENUS}))\b{_MARK}{_NUMBER}(?:\s*\)?\s*[:.,|–-].*)?$"
)
_PLAIN = re.compile(
    rf"^(?P<name>(?:{_WORD}\s+){{1,8}}(?i:series|bulletin|stud(?:y|ies)|monographs?))\b"
    rf"{_MARK}{_NUMBER}\s*$"
)
_SHORT = re.compile(
    rf"^(?P<name>[A-Z]{{2,8}} (?i:report|paper|brief|study|bulletin))\b{_MARK}{_NUMBER}\s*$"
)
_NAMED = re.compile(
    rf"^(?:{_WORD}\s+){{1,8}}(?:Research|Analytical|Evaluation|Report|Paper)s? Series$"
)
_SOCIAL = re.compile(r"^(?P<name>(?:GSR|Government Social Research|Social research)) number:?\s*"
                     r"(?P<number>\d{1,4}/\d{4})$", re.I)  # fmt: skip
_YEAR = re.compile(r"(?:19|20)\d\d$")
_LABEL = re.compile(r"(?:\s*[,:(]?\s*\b(?:no\.?|number|nos?\.?|vol(?:ume)?\.?))+\s*$", re.I)


def find_series(rows: Sequence[CoverLine]) -> tuple[Found[str], Found[str] | None] | None:
    """Return the name of the series that a row names, and the name with the number as printed."""
    for row in rows:
        text = " ".join(row.text.split())
        found = _match(text)
        if found is None and _NAMED.match(text):
            return _found(text, row), None
        if found:
            name = _LABEL.sub("", found["name"])
            return _found(name, row), _found(text[: found.end("number")], row)
    return None


def _found(value: str, row: CoverLine) -> Found[str]:
    """Return ``value`` with its place in ``row``, or the row's where its words are wide apart."""
    place = row.text.find(value)
    start = row.span.start + max(place, 0)
    span = Span(start, start + len(value)) if place >= 0 else row.span
    return Found(value, Source.TITLE_PAGE, span)


def is_number_line(text: str) -> bool:
    """Tell whether ``text`` is a report's number, alone or in its series, and nothing else."""
    return _match(text) is not None or _NUMBER_ALONE.match(text) is not None


def _match(text: str) -> re.Match[str] | None:
    for form in (_SERIES, _PLAIN, _SHORT, _SOCIAL):
        found = form.match(text)
        if found and not _YEAR.fullmatch(found["number"]):
            return found
    return None


_NUMBER_ALONE = re.compile(
    r"^(?:(?:report|reference|publication|document|product|order|ref)\.?\s*(?:no\.?|number|code|#)?"
    r":?\s*(?:[A-Z]{1,6}[-–/ ]){0,3}[A-Z]{0,6}\d[\w–/.-]*|"
    r"(?:HC|CP|Cm|Cmnd?|NCEE|NCJ|GAO|OIG|OEI|OAS|A|DF[EI]|SG|WG|EPA|NIA|AIMD|SP Paper)"
    r"[\s–-]\S*\d\S*"
    r"(?:\s+session\b.*)?|[A-Z]{2,6}(?:[-–/]\d+){1,4})$",
    re.IGNORECASE,
)
