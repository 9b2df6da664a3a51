"""The headings that a file itself lists: its outline, its contents, its tags.

Each list gives levels that count from 1 for the highest it has; a lone root, the title, is not
counted. The lists err, each in its own way (pages that are off, lines left out, a level skipped),
so what they say is weighed in ``levels``.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from searcher.document import BlockKind
from searcher.extract.pdf.headings.contents_titles import is_contents_title
from searcher.extract.pdf.headings.heading_text import forms, numbered_depth, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from searcher.extract.pdf.blocks.drafts import Draft
    from searcher.extract.pdf.words import Bookmark, TaggedHeading

Named = tuple[int, str]
"""Number of a sheet, and the squeezed words of a heading on it."""

_DEEPEST = 6
_ENTRY = re.compile(r"^(?P<title>.*?)\s*(?:\b(?P<label>\d{1,4}|[ivxlc]{1,6}))?$", re.IGNORECASE)
_LEAST = 4  # letters of a heading that is known by its words alone
_MANY = 12  # headings tagged on one sheet: more, and its paragraphs are tagged as headings
_LONG = 220  # letters
_FIRST_SHEETS = 24  # of a file, or this part of it: there the contents begin
_FIRST_PART = 0.15
_OTHER_SIZE = 1.2  # points: letters of entries that differ by more are of two sizes
_LEAST_DOTTED = 3  # headings numbered "1.1": then numbers tell levels


@dataclass(frozen=True, slots=True)
class Contents:
    """What the contents pages list: levels (0: not told) by place, and by the words alone.

    ``anywhere`` has what does not stand on the page that the contents give.
    ``last`` is the last sheet that has contents, 0 where there are none.
    """

    at: Mapping[Named, int]
    anywhere: Mapping[str, int]
    last: int = 0


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of the contents: its words, the label of the page it names, where it begins."""

    title: str
    label: str
    x0: float
    size: float
    bold: bool


def outlined(outline: Sequence[Bookmark]) -> dict[Named, int]:
    """Return the levels that the file's outline gives."""
    lines = [(mark.page, mark.title, mark.level) for mark in outline]
    return _levelled(lines)


def tagged(tags: Sequence[Sequence[TaggedHeading]]) -> dict[Named, int]:
    """Return the levels that the tags of each sheet give; of a sheet full of them, none."""
    lines = [
        (number, tag.text, tag.level)
        for number, sheet in enumerate(tags, start=1)
        if len(sheet) <= _MANY
        for tag in sheet
        if len(tag.text) <= _LONG
    ]
    return _levelled(lines)


def _levelled(lines: Sequence[tuple[int, str, int]]) -> dict[Named, int]:
    times = Counter(level for _, _, level in lines)
    used = sorted(times)
    if len(used) > 1 and times[used[0]] == 1:
        used = used[1:]
    ranks = {level: min(rank, _DEEPEST) for rank, level in enumerate(used, start=1)}
    found: dict[Named, int] = {}
    for page, title, level in lines:
        for key in forms(title):
            if key and not is_contents_title(title):
                found.setdefault((page, key), ranks.get(level, 1))
    return found


def contents_of(pages: Sequence[Sequence[Draft]], labels: Sequence[str | None]) -> Contents:
    """Return what the contents pages among ``pages`` list, where ``labels`` are printed on them."""
    listed = _contents_sheets(pages)
    last = listed.stop - 1
    entries = [
        entry
        for number in listed
        for draft in pages[number - 1]
        if draft.kind is BlockKind.TOC and not is_contents_title(draft.text)
        for entry in _entries(draft)
    ]
    sheets: dict[str, list[int]] = {}
    for number, label in enumerate(labels, start=1):
        if label and number > last:
            sheets.setdefault(label.casefold(), []).append(number)
    at: dict[Named, int] = {}
    anywhere: dict[str, int] = {}
    for entry, level in zip(entries, _entry_levels(entries), strict=True):
        for key in forms(entry.title):
            if len(key) < _LEAST:
                continue
            anywhere.setdefault(key, level)
            for sheet in sheets.get(entry.label.casefold(), ()):
                at.setdefault((sheet, key), level)
    found = {
        key
        for n, key in at
        if any(key in forms(d.text) for d in pages[n - 1] if len(d.text) < _LONG)
    }
    astray = {key: level for key, level in anywhere.items() if key not in found}
    return Contents(at, astray, last)


def _contents_sheets(pages: Sequence[Sequence[Draft]]) -> range:
    """Return the numbers of the sheets from the first to the last that lists the contents.

    What looks like contents far behind them is a form or an index.
    """
    found = [
        number
        for number, drafts in enumerate(pages, start=1)
        if any(draft.kind is BlockKind.TOC for draft in drafts)
    ]
    if not found or found[0] > max(_FIRST_SHEETS, _FIRST_PART * len(pages)):
        return range(1, 1)
    last = found[0]
    for number in found:
        last = number if number <= last + 2 else last
    return range(found[0], last + 1)


def _entries(draft: Draft) -> Iterator[_Entry]:
    """Yield the entries of a block of contents, each with its first line's place and style."""
    lines = iter(draft.lines)
    for text in draft.text.split("\n"):
        wanted = len(squeeze(text))
        first, had = None, 0
        while had < wanted:
            line = next(lines, None)
            if line is None:
                return
            first = first or line
            had += len(squeeze(line.text))
        found = _ENTRY.match(text)
        if first is not None and found and found["title"]:
            label = found["label"] or ""
            yield _Entry(found["title"], label, first.x0, first.size, first.bold)


def _entry_levels(entries: Sequence[_Entry]) -> list[int]:
    """Return the level of each entry: by numbers, else by indents, else by style; 0: not told.

    A level is believed only if the list begins at the top and steps down one at a time.
    """
    depths = [numbered_depth(entry.title) for entry in entries]
    if any(depth and depth[1] > 1 for depth in depths):
        return [depth[1] if depth else 0 for depth in depths]
    indents, weights = _indents(entries), _weights(entries)
    ways = (zip(indents, weights, strict=True), zip(indents), zip(weights))
    for ranks in map(_ranks, ways):
        if len(set(ranks)) > 1 and _steps_down(ranks):
            return ranks
    return [0] * len(entries)


def _indents(entries: Sequence[_Entry]) -> list[float]:
    """Return where each entry begins, places less than three quarters of a letter apart as one."""
    size = min(entry.size for entry in entries) if entries else 0.0
    return _snapped([entry.x0 for entry in entries], 0.75 * size)


def _weights(entries: Sequence[_Entry]) -> list[float]:
    """Return a number for each entry's style, the larger and bolder the smaller."""
    sizes = _snapped([entry.size for entry in entries], _OTHER_SIZE)
    return [-size - 0.5 * entry.bold for size, entry in zip(sizes, entries, strict=True)]


def _snapped(values: Sequence[float], gap: float) -> list[float]:
    """Return ``values``, each as the least of those it hangs together with by less than ``gap``."""
    snapped: dict[float, float] = {}
    last = anchor = float("-inf")
    for value in sorted(values):
        if value - last > gap:
            anchor = value
        snapped[value] = anchor
        last = value
    return [snapped[value] for value in values]


def _ranks(values: Iterable[tuple[float, ...]]) -> list[int]:
    every = tuple(values)
    order = {value: rank for rank, value in enumerate(sorted(set(every)), start=1)}
    return [order[value] for value in every]


def _steps_down(ranks: Iterable[int]) -> bool:
    last = 0
    for rank in ranks:
        if rank > last + 1 or rank > _DEEPEST:
            return False
        last = rank
    return True


def numbered_levels(headings: Mapping[tuple[int, int], Draft]) -> dict[tuple[int, int], int]:
    """Return the levels that numbers ("2.3" is below "2") give to ``headings``, by their place.

    A number without a dot counts only over headings numbered under it that are set no larger:
    the items of a list are numbered too.
    """
    numbers = {p: found for p, draft in headings.items() if (found := numbered_depth(draft.text))}
    dotted = {place: number for place, number in numbers.items() if number[1] > 1}
    if len(dotted) < _LEAST_DOTTED:
        return {}
    under: dict[str, float] = {}
    for place, (number, _) in dotted.items():
        chapter = number.split(".")[0]
        under[chapter] = max(under.get(chapter, 0.0), headings[place].size)
    return {
        place: depth
        for place, (number, depth) in numbers.items()
        if depth > 1 or headings[place].size >= under.get(number, float("inf"))
    }
