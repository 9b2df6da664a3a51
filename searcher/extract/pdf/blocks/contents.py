"""The lines of a table of contents: a title, leaders or a gap, and a page number."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from searcher.extract.pdf.blocks.hyphens import join_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searcher.extract.pdf.blocks.hyphens import Lexicon
    from searcher.extract.pdf.blocks.lines import Line

_NUMBER = r"(?:\d{1,3}|[ivxlc]{1,6})"
_DOTS = r"(?:(?:[.…_·‥]\s?){4,}|…{2,}|-{6,})"
_LEADERS = re.compile(_DOTS)
_LEADER_ENTRY = re.compile(rf"{_DOTS}\s*{_NUMBER}?\s*$", re.IGNORECASE)
_ENDS_IN_NUMBER = re.compile(rf"^(?=.*[^\W\d_]{{3}}).*\s{_NUMBER}$", re.IGNORECASE)
_TITLE = re.compile(r"^(?:table of )?contents(?: page)?$", re.IGNORECASE)
_FIRST = frozenset("tTcC")
_LONGEST_TITLE = len("table of contents page")
_LAST = frozenset("ivxlcIVXLC.…_·‥-")
_LEAST_ENTRIES = 3
_MOST_LINES = 5  # of one entry


def _is_led(text: str) -> bool:
    """Tell whether ``text`` ends in leaders, or in a number behind them."""
    last = text.rstrip()[-1:]
    may_be = last in _LAST or last.isdigit()  # nearly never, and the pattern takes its time
    return may_be and _LEADER_ENTRY.search(text) is not None


def _is_title(text: str) -> bool:
    """Tell whether ``text`` is the title of a table of contents."""
    may_be = text[:1] in _FIRST and len(text) <= _LONGEST_TITLE  # nearly never, as above
    return may_be and _TITLE.match(text.strip()) is not None


def contents_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Return the indices of ``lines``, a sheet's, that belong to a table of contents."""
    titled = next((i for i, line in enumerate(lines) if _is_title(line.text)), None)
    entries = [i for i, line in enumerate(lines) if _is_led(line.text)]
    if titled is not None:
        entries += [
            i for i in range(titled + 1, len(lines)) if _ENDS_IN_NUMBER.match(lines[i].text)
        ]
    if len(entries) < _LEAST_ENTRIES:
        return frozenset()
    found = set(entries)
    for entry in entries:
        before = range(entry - 1, max(entry - _MOST_LINES, min(entries)), -1)
        found.update(takewhile(lambda index: _leads_on(lines[index], lines[index + 1]), before))
    if titled is not None:
        found.discard(titled)
    return frozenset(found)


def entry_texts(lines: Sequence[Line], lexicon: Lexicon) -> tuple[str, ...]:
    """Return one text for each entry: leaders are one space, wrapped entries one line."""
    entries: list[list[str]] = []
    for index, line in enumerate(lines):
        text = " ".join(_LEADERS.sub(" ", line.text).split())
        if not text:
            continue
        if index and entries and _leads_on(lines[index - 1], line):
            entries[-1].append(text)
        else:
            entries.append([text])
    return tuple(join_lines(entry, lexicon) for entry in entries)


def _leads_on(line: Line, following: Line) -> bool:
    """Tell whether an entry that begins on ``line`` goes on below: no number yet, and no end."""
    if _LEADERS.search(line.text) or _ENDS_IN_NUMBER.match(line.text):
        return False
    is_next = 0 < following.baseline - line.baseline < 2 * line.size
    is_full = line.x1 >= following.x1 - 6 * line.size and line.x1 - line.x0 >= 20 * line.size
    return is_next and (is_full or following.text[:1].islower())
