"""The report's title: the largest words in front, or the file's own where it is a title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from searcher.document import BlockKind, Found, Source, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searcher.extract.pdf.cover import CoverLine

_TAIL = re.compile(r"\s+[-–|]\s+GOV\.UK$", re.IGNORECASE)
_WORKING_NAME = re.compile(
    r"^microsoft (?:word|powerpoint|excel)\b|\.(?:docx?|pdf|pptx?|xlsx?|indd|qxd|rtf|p65|wpd)\b|"
    r"^untitled|^document\d*$|^print|^layout \d|\bdraft\b|\btemplate\b|\bfinal\b|"
    r"\bpre[ -]?publication\b|\bword file\b|use this one|\bamend|^[\w-]*_[\w-]*$|^\S*\d{5}\S*$",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(
    r"^(?:table of )?contents$|^(?:annual |final |research |interim )?report$|^executive summary$|"
    r"^(?:foreword|summary|introduction|preface|acknowledge?ments)$",
    re.IGNORECASE,
)
_ONLY_A_BODY = re.compile(r"\b(?:council|borough|authority|partnership|board|trust|county)\b", re.I)
_SUBJECT = re.compile(
    r"^(?:(?:the|an?|joint|re|final)[ -])?"
    r"(?:inspection|review|evaluation|report|assessment|audit)\b",
    re.IGNORECASE,
)
_MARK = re.compile(r"(?<=[a-z])\d$")  # of a footnote, stuck to the last word
_JOINS = frozenset({"and", "&"})
_WORD = re.compile(r"[^\W\d_]{2,}")
_LONGEST = 250  # letters


def find_title(lines: Sequence[CoverLine], embedded: str) -> Found[str] | None:
    """Return the title on the first sheets, else the file's own unless it is a working name."""
    stated = _TAIL.sub("", " ".join(embedded.split()))
    is_title = _is_title(stated) and not _WORKING_NAME.search(stated)
    if is_title:
        printed = _printed_as(lines, stated)
        if printed:
            return Found(stated, Source.EMBEDDED, printed.span)
    largest = _largest(lines)
    if largest is not None:
        if is_title and _squeeze(stated).startswith(_squeeze(largest.value)):
            return Found(stated, Source.EMBEDDED, largest.span)
        return largest
    return Found(stated, Source.EMBEDDED) if is_title else None


def _printed_as(lines: Sequence[CoverLine], stated: str) -> CoverLine | None:
    """Return the line in front that says what the file says."""
    wanted = _squeeze(stated)
    for line in lines:
        if not line.is_furniture and _squeeze(line.text) == wanted:
            return line
    return None


def _largest(lines: Sequence[CoverLine]) -> Found[str] | None:
    titles = [index for index, line in enumerate(lines) if line.kind is BlockKind.TITLE]
    if not titles:
        return None
    last = titles[0]
    for index in titles[1:]:
        if index != last + 1:
            break
        last = index
    parts = list(lines[titles[0] : last + 1])
    text = " ".join(part.text for part in parts)
    if _ONLY_A_BODY.search(text) and not _SUBJECT.search(text):
        subject = _subject(lines[last + 1 :])
        if subject:
            text = f"{text}: {' '.join(part.text for part in subject)}"
            parts += subject
    text = _MARK.sub("", text)
    if not _is_title(text):
        return None
    return Found(text, Source.TITLE_PAGE, Span(parts[0].span.start, parts[-1].span.end))


def _subject(lines: Sequence[CoverLine]) -> list[CoverLine]:
    """Return the lines after a body's name that say what was done there."""
    found: list[CoverLine] = []
    for line in lines:
        joins = bool(found) and line.text in _JOINS
        if not joins and not (_SUBJECT.match(line.text) and ":" not in line.text):
            break
        found.append(line)
    return found


def _is_title(text: str) -> bool:
    return len(_WORD.findall(text)) >= 2 and len(text) <= _LONGEST and _NO_TITLE.match(text) is None


def _squeeze(text: str) -> str:
    return "".join(_WORD.findall(text)).casefold()
