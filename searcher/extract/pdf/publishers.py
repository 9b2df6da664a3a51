"""Who published the report: an organisation that stands by its name alone in front.

The rule knows forms of names, not a list of organisations: departments, ministries, inspectorates
and auditors before councils and universities, which are as often the subject of a report.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from searcher.document import BlockKind, Document, Found, Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from searcher.extract.pdf.cover import CoverLine

_NAME = r"(?:[A-Z][\w.’'-]*|of|for|and|the|on|in|&|to)"
_NAMES = rf"{_NAME}(?:,?\s+{_NAME}){{0,8}}"
_STATE = (
    rf"(?:(?:{_NAMES}\s+)?(?i:office\s+of\s+(?:the\s+)?inspector\s+general))",
    rf"(?:U\.?S\.?\s+|UK\s+)?(?:Department|Ministry)\s+(?:for|of)\s+{_NAMES}",
    rf"(?:HM|Her Majesty[’']s|His Majesty[’']s)\s+Inspectorate\s+(?:of|for)\s+{_NAMES}",
    r"HM Treasury|HM Revenue (?:&|and) Customs|Cabinet Office|Home Office|Ofsted|Estyn",
    r"National Audit Office|Government Accountability Office|Audit (?:Scotland|Wales|Commission)",
    rf"{_NAMES}\s+(?:Agency|Inspectorate|Inquiry|Executive)",
    rf"(?:{_NAMES}\s+)?Commission(?:\s+(?:on|for)\s+{_NAMES})?",
)
_OTHER = (
    rf"University\s+of\s+{_NAMES}|{_NAMES}\s+University",
    (
        rf"{_NAMES}\s+(?:Foundation|Institute|Trust|Council|Bank|Fund|Centre|Center|College|School|Unit)"
        rf"(?:\s+(?:for|of|on)\s+{_NAMES})?"
    ),
)
_LEADING = tuple(re.compile(f"(?:{form})") for form in _STATE)
_FOLLOWING = tuple(re.compile(f"(?:{form})") for form in _OTHER)
_SAID = re.compile(rf"(?:[Pp]ublished|[Pp]roduced|[Ii]ssued)\s+by\s+(?:the\s+)?({_NAMES})")
_MENTIONED = re.compile(r"\bOfsted\b|\bEstyn\b|\bOffice of (?:the )?Inspector General\b")
_LEAST_MENTIONS = 3
_TIDY = re.compile(r"\s+")


def find_publisher(
    document: Document, lines: Sequence[CoverLine], author: str
) -> Found[str] | None:
    """Return the publisher: alone on a line in front, the file's author, or often mentioned."""
    front = [*_alone(lines), *_alone(_pairs(lines))]
    for forms in (_LEADING, _FOLLOWING):
        for form in forms:
            for text, span in front:
                if form.fullmatch(text):
                    return Found(text, Source.TITLE_PAGE, span)
        if forms is _LEADING:
            found = _said(document) or _organisation(author) or _mentioned(document)
            if found:
                return found
    return None


def is_state_body(text: str) -> bool:
    """Tell whether ``text`` is nothing but the name of a department, inspectorate or the like."""
    return any(form.fullmatch(text) for form in _LEADING)


def _alone(lines: Sequence[CoverLine]) -> Iterator[tuple[str, Span]]:
    for line in lines:
        if line.kind is not BlockKind.TITLE or len(line.text) < 60:
            for part in re.split(r"\s+\|\s+", line.text):
                start = line.span.start + line.text.index(part)
                yield _TIDY.sub(" ", part), Span(start, start + len(part))


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


def _said(document: Document) -> Found[str] | None:
    for page in (*document.pages[:4], *document.pages[-1:]):
        found = _SAID.search(page.span.of(document.text))
        if found:
            start = page.span.start
            return Found(
                found[1], Source.TITLE_PAGE, Span(start + found.start(1), start + found.end(1))
            )
    return None


def _organisation(author: str) -> Found[str] | None:
    text = _TIDY.sub(" ", author).strip()
    if any(form.fullmatch(text) for form in (*_LEADING, *_FOLLOWING)):
        return Found(text, Source.EMBEDDED)
    return None


def _mentioned(document: Document) -> Found[str] | None:
    """Return the body that inspects or audits, named again and again or on the last sheet."""
    found = list(_MENTIONED.finditer(document.text))
    imprint = document.pages[-1].span.start
    if len(found) < _LEAST_MENTIONS and not any(name.start() >= imprint for name in found):
        return None
    first = found[0]
    return Found(first.group(), Source.TITLE_PAGE, Span(first.start(), first.end()))
