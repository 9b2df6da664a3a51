"""Running headers, footers and page numbers: what repeats at one place over the pages.

A line is furniture if it stands among the outermost lines of its sheet and its words, digits
aside, come back at the same height on other sheets; a number alone (or at the end of such a
line) is a page number if it counts along with the sheets. Nothing is furniture for its place
alone, so a cover keeps its lines.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from searcher.document import BlockKind
from searcher.extract.pdf.numerals import number_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from searcher.extract.pdf.lines import Line

_Offset = tuple[bool, int]
"""Whether a number is roman, and its value less that of its sheet."""

_DEPTH = 4  # outermost lines looked at, at either end of the sheet
_ZONE = 0.16  # of the sheet's height: furniture lies this near to its edge
_SAME_PLACE = 8.0  # points
_NUMBER = r"\d{1,4}|[ivxlc]{1,7}|[IVXLC]{1,7}"
_ALONE = re.compile(
    rf"^(?:page\s*)?[-–—|\[(\s]*({_NUMBER})[-–—|\])\s]*(?:(?:of|/)\s*\d{{1,4}})?$", re.IGNORECASE
)
_AT_END = re.compile(
    rf"(?:^|[\s|–—-])(?:page\s*)?({_NUMBER})(?:\s*(?:of|/)\s*\d{{1,4}})?$", re.IGNORECASE
)
_AT_START = re.compile(rf"^(?:page\s*)?({_NUMBER})(?=[\s|–—])", re.IGNORECASE)
_NEAR = 6  # sheets: a running line comes back soon, a section's name does not
_LEAST_PART = 10  # letters and digits of an end of a line that comes back alone
_EXACT = 2.0  # points


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines of one sheet and its height in points."""

    number: int
    height: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Marks:
    """What is furniture on one sheet: kinds by the line's index, and the printed number."""

    kinds: Mapping[int, BlockKind]
    label: str | None


@dataclass(frozen=True, slots=True)
class _Outer:
    """An outermost line: its sheet, index in the stream, height from the nearer edge, words."""

    sheet: int
    index: int
    is_top: bool
    place: float
    text: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Number:
    """A number as it is printed, and how far it is off the count of the sheets."""

    text: str
    offset: _Offset


def find_furniture(sheets: Sequence[Sheet]) -> tuple[Marks, ...]:
    """Return the furniture of each of ``sheets``, which are numbered from 1 without a gap."""
    outers = [outer for sheet in sheets for outer in _outer_lines(sheet)]
    running = _repeated(outers, len(sheets))
    numbers = _numbers(outers, running)
    kinds: dict[int, dict[int, BlockKind]] = defaultdict(dict)
    for outer in outers:
        kind = _kind(outer, running, numbers.get(outer.sheet))
        if kind is not None:
            kinds[outer.sheet][outer.index] = kind
    return tuple(
        Marks(
            kinds[sheet.number],
            numbers[sheet.number].text if sheet.number in numbers else None,
        )
        for sheet in sheets
    )


def _kind(outer: _Outer, running: frozenset[_Outer], number: _Number | None) -> BlockKind | None:
    alone = _ALONE.match(outer.text)
    if alone and number is not None and _offset(alone[1], outer.sheet) == number.offset:
        return BlockKind.PAGE_NUMBER
    if outer not in running:
        return None
    if alone:
        return BlockKind.PAGE_NUMBER
    return BlockKind.HEADER if outer.is_top else BlockKind.FOOTER


def _outer_lines(sheet: Sheet) -> Iterator[_Outer]:
    order = sorted(range(len(sheet.lines)), key=lambda index: sheet.lines[index].baseline)
    zone = sheet.height * _ZONE
    for is_top, indices in ((True, order[:_DEPTH]), (False, order[-_DEPTH:])):
        for index in indices:
            line = sheet.lines[index]
            place = line.baseline if is_top else sheet.height - line.baseline
            if place <= zone:
                yield _Outer(sheet.number, index, is_top, place, line.text, _keys(line))


def _keys(line: Line) -> tuple[str, ...]:
    """Return what may come back: the whole line, or one end of it beside a section's name."""
    whole = _key(line.text)
    if len(line.segments) < 2:
        return (whole,)
    ends = (line.segments[0].text, line.segments[-1].text)
    parts = (f"{side}|{_key(text)}" for side, text in zip("lr", ends, strict=True))
    return (whole, *(part for part in parts if len(part) >= _LEAST_PART))


def _key(text: str) -> str:
    """Return what comes back of a running line: its letters without the page's number."""
    if _ALONE.match(text):
        return "#"
    kept = _AT_START.sub("", _AT_END.sub("", text))
    return "".join(kept.casefold().split())


def _repeated(outers: Sequence[_Outer], count: int) -> frozenset[_Outer]:
    """Return the lines whose words come back on near sheets at the same height.

    Three sheets show it; two are enough where other running lines stand at that very height,
    as they do under a chapter's short-lived header, or where the file has fewer than five.
    """
    groups: dict[tuple[bool, str], list[_Outer]] = defaultdict(list)
    for outer in outers:
        for key in outer.keys:
            if key not in {"", "#"}:
                groups[outer.is_top, key].append(outer)
    times: Counter[_Outer] = Counter()
    for group in groups.values():
        for outer, seen in _times(group):
            times[outer] = max(times[outer], seen)
    need = 2 if count < 5 else 3
    sure = {outer for outer, seen in times.items() if seen >= need}
    slots = Counter((outer.is_top, round(outer.place / _EXACT)) for outer in sure)
    return frozenset(
        outer
        for outer, seen in times.items()
        if outer in sure
        or (seen == 2 and slots[outer.is_top, round(outer.place / _EXACT)] >= 2 * _NEAR)
    )


def _times(group: Sequence[_Outer]) -> Iterator[tuple[_Outer, int]]:
    """Yield each line with the number of near sheets, its own among them, that have it there."""
    places: dict[int, list[float]] = defaultdict(list)
    for outer in group:
        places[outer.sheet].append(outer.place)
    for outer in group:
        sheets = range(outer.sheet - _NEAR, outer.sheet + _NEAR + 1)
        yield (
            outer,
            sum(
                any(abs(place - outer.place) <= _SAME_PLACE for place in places.get(sheet, ()))
                for sheet in sheets
            ),
        )


def _numbers(outers: Sequence[_Outer], running: frozenset[_Outer]) -> dict[int, _Number]:
    """Return the printed number of each sheet that has one.

    A number counts along with the sheets if another sheet's stands as far off its count. Of two
    such numbers on one sheet, a page's and a footnote's, the one that more sheets share wins,
    and of equals the one nearer to the sheet's edge.
    """
    found = [
        (outer, _Number(text, offset))
        for outer in outers
        for text in _numerals(outer, may_be_part=outer in running)
        if (offset := _offset(text, outer.sheet)) is not None
    ]
    sheets: dict[_Offset, set[int]] = defaultdict(set)
    for outer, number in found:
        sheets[number.offset].add(outer.sheet)
    best: dict[int, tuple[int, float, _Number]] = {}
    for outer, number in found:
        shared = len(sheets[number.offset])
        rank = -shared, outer.place
        if shared >= 2 and (outer.sheet not in best or rank < best[outer.sheet][:2]):
            best[outer.sheet] = (*rank, number)
    return {sheet: number for sheet, (_, _, number) in best.items()}


def _offset(text: str, sheet: int) -> _Offset | None:
    numeral = number_of(text)
    return None if numeral is None else (numeral.is_roman, numeral.value - sheet)


def _numerals(outer: _Outer, *, may_be_part: bool) -> Iterator[str]:
    alone = _ALONE.match(outer.text)
    if alone:
        yield alone[1]
    elif may_be_part:
        for pattern in (_AT_END, _AT_START):
            found = pattern.search(outer.text)
            if found:
                yield found[1]
