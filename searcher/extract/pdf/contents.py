"""The lines of a table of contents: a title, leaders or a gap, and a page number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searcher.extract.pdf.lines import Line

_NUMBER = r"(?:\d{1,3}|[ivxlc]{1,6})"
_DOTS = r"(?:(?:[.…_·‥]\s?){4,}|…{2,})"
_LEADERS = re.compile(_DOTS)
_LEADER_ENTRY = re.compile(rf"{_DOTS}\s*{_NUMBER}?\s*$", re.IGNORECASE)
_ENDS_IN_NUMBER = re.compile(rf"^(?=.*[^\W\d_]{{3}}).*\s{_NUMBER}$", re.IGNORECASE)
_TITLE = re.compile(r"^(?:table of )?contents(?: page)?$", re.IGNORECASE)
_LEAST_ENTRIES = 3


def contents_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Return the indices of ``lines``, a sheet's, that belong to a table of contents."""
    titled = next((i for i, line in enumerate(lines) if _TITLE.match(line.text.strip())), None)
    entries = [i for i, line in enumerate(lines) if _LEADER_ENTRY.search(line.text)]
    if titled is not None:
        entries += [
            i for i in range(titled + 1, len(lines)) if _ENDS_IN_NUMBER.match(lines[i].text)
        ]
    if len(entries) < _LEAST_ENTRIES:
        return frozenset()
    found = set(entries)
    for index in range(min(entries), max(entries)):
        if index not in found and index + 1 in found:
            found.add(index)
    if titled is not None:
        found.discard(titled)
    return frozenset(found)


def entry_texts(lines: Sequence[Line]) -> tuple[str, ...]:
    """Return one text for each entry: leaders are one space, wrapped entries one line."""
    entries: list[str] = []
    is_open = False
    for line in lines:
        text = " ".join(_LEADERS.sub(" ", line.text).split())
        goes_on = is_open and entries and not entries[-1][-1:].isdigit()
        if goes_on and text[:1].islower():
            entries[-1] = f"{entries[-1]} {text}"
        elif text:
            entries.append(text)
        is_open = _ENDS_IN_NUMBER.match(text) is None
    return tuple(entries)
