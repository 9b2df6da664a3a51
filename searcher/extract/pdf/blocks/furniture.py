"""Running headers, footers and page numbers: what repeats at one place over the pages.

A line is furniture if it stands among the outermost lines of its sheet and its words, digits
aside, come back at the same height on other sheets, where those have no text of their own; a
number alone (or at the end of such a line) is a page number if it counts along with the sheets.
What a web page's print shows around the text is furniture too, and so is a watermark. A cover keeps
its lines.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from searcher.document import BlockKind
from searcher.extract.pdf.blocks.backdrops import backdrops
from searcher.extract.pdf.blocks.lines import modal_size
from searcher.extract.pdf.blocks.margins import marginal, stands_in_text, turned
from searcher.extract.pdf.blocks.outer import ALONE, AT_END, AT_START, outer_lines
from searcher.extract.pdf.blocks.slots import misread, outside_text, set_alike, without_table_heads
from searcher.extract.pdf.blocks.webprint import site_lines
from searcher.extract.pdf.numerals import number_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from searcher.extract.pdf.blocks.outer import Outer, Sheet

_Offset = tuple[bool, int]
"""Whether a number is roman, and its value less that of its sheet."""

_SAME_PLACE = 8.0  # points
_NEAR = 6  # sheets: a running line comes back soon, a section's name does not
_EXACT = 2.0  # points
_PLAIN = 1.1  # times the text's letters: a larger line is a heading
_SMALL = 0.95  # of the text's letters
_COUNTED = 3  # sheets whose lines carry numbers that count along with them
_LONGEST = 100  # letters of such a line


@dataclass(frozen=True, slots=True)
class Marks:
    """What is furniture on one sheet: kinds by the line's index, and the printed number."""

    kinds: Mapping[int, BlockKind]
    label: str | None


@dataclass(frozen=True, slots=True)
class _Number:
    """A number as it is printed, and how far it is off the count of the sheets."""

    text: str
    offset: _Offset


def find_furniture(sheets: Sequence[Sheet]) -> tuple[Marks, ...]:
    """Return the furniture of each of ``sheets``, which are numbered from 1 without a gap."""
    outers = [outer for sheet in sheets for outer in outer_lines(sheet)]
    size = modal_size(line for sheet in sheets for line in sheet.lines)
    running = _running(outers, sheets, size)
    numbers = _numbers(outers, running)
    kinds: dict[int, dict[int, BlockKind]] = defaultdict(dict)
    for outer in outers:
        kind = _kind(outer, running, numbers.get(outer.sheet))
        if kind is not None:
            kinds[outer.sheet][outer.index] = kind
    for number, index, site in site_lines(sheets):
        kinds[number].setdefault(index, site)
    known = frozenset(outer.keys[0] for outer in running)
    for sheet in sheets:
        for index in turned(sheet, known):
            kinds[sheet.number].setdefault(index, BlockKind.HEADER)
    for number, index in backdrops(sheets, [kinds[sheet.number] for sheet in sheets], size):
        kinds[number].setdefault(index, BlockKind.HEADER)
    return tuple(
        Marks(
            kinds[sheet.number],
            numbers[sheet.number].text if sheet.number in numbers else None,
        )
        for sheet in sheets
    )


def _running(outers: Sequence[Outer], sheets: Sequence[Sheet], size: float) -> frozenset[Outer]:
    """Return the running lines: those that come back, and those that are set as they are."""
    inked = frozenset(sheet.number for sheet in sheets if sheet.lines)
    repeated = outside_text(_repeated(outers, len(sheets)), outers, inked)
    repeated = without_table_heads(repeated | misread(repeated, outers), outers)
    repeated -= _cells(repeated, sheets)
    alone = {
        outer
        for number, group in groupby(outers, key=lambda outer: outer.sheet)
        for outer in marginal(sheets[number - 1], tuple(group))
    }
    alike = set_alike(repeated, outers, size=size)
    return repeated | alike | outside_text(alone, outers, inked) | _counting(outers, size)


def _cells(repeated: frozenset[Outer], sheets: Sequence[Sheet]) -> frozenset[Outer]:
    """Return those of ``repeated`` that are cells of a table."""
    indices: dict[int, set[int]] = defaultdict(set)
    for outer in repeated:
        indices[outer.sheet].add(outer.index)
    return frozenset(
        outer
        for outer in repeated
        if stands_in_text(outer, sheets[outer.sheet - 1], frozenset(indices[outer.sheet]))
    )


def _kind(outer: Outer, running: frozenset[Outer], number: _Number | None) -> BlockKind | None:
    alone = ALONE.match(outer.text)
    if alone and number is not None and _offset(alone[1], outer.sheet) == number.offset:
        return BlockKind.PAGE_NUMBER
    if outer not in running:
        return None
    if alone:
        return BlockKind.PAGE_NUMBER
    return BlockKind.HEADER if outer.is_top else BlockKind.FOOTER


def _repeated(outers: Sequence[Outer], count: int) -> frozenset[Outer]:
    """Return the lines whose words come back on near sheets at the same height.

    Three sheets show it; two are enough where other running lines stand at that very height,
    as they do under a chapter's short-lived header, or where the file has fewer than five.
    """
    groups: dict[tuple[bool, str], list[Outer]] = defaultdict(list)
    for outer in outers:
        for key in outer.keys:
            if key not in {"", "#"}:
                groups[outer.is_top, key].append(outer)
    times: Counter[Outer] = Counter()
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


def _times(group: Sequence[Outer]) -> Iterator[tuple[Outer, int]]:
    """Yield each line with the number of near sheets, its own among them, that have it there."""
    if len(group) == 1:  # nearly always
        yield group[0], 1
        return
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


def _numbers(outers: Sequence[Outer], running: frozenset[Outer]) -> dict[int, _Number]:
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


def _counting(outers: Sequence[Outer], size: float) -> frozenset[Outer]:
    """Return the lines that carry the page's number: "Access | 3", then "Spending | 6".

    They are at one height and of one size, and end or begin with numbers, set off from the rest,
    that count along with the sheets; the rest may be another chapter's name each time. Chapters,
    paragraphs and notes are numbered too: not at the top in letters smaller than ``size``.
    """
    groups: dict[tuple[bool, float, int, _Offset], list[Outer]] = defaultdict(list)
    for outer in outers:
        if outer.sheet == 1 or ALONE.match(outer.text) or len(outer.text) > _LONGEST:
            continue
        if outer.line.size > _PLAIN * size:
            continue
        for text in _set_off(outer, may_begin=outer.line.size <= _SMALL * size):
            offset = _offset(text, outer.sheet)
            if offset is not None:
                place = round(outer.place / _EXACT)
                groups[outer.is_top, round(outer.line.size, 1), place, offset].append(outer)
    return frozenset(
        outer
        for group in groups.values()
        if len({outer.sheet for outer in group}) >= _COUNTED
        for outer in group
    )


def _set_off(outer: Outer, *, may_begin: bool) -> Iterator[str]:
    """Yield the numbers at the ends of a line that a bar or a wide gap sets off."""
    parts = [part for segment in outer.line.segments for part in segment.text.split(" | ")]
    if len(parts) > 1:
        ends = (parts[0], parts[-1]) if may_begin and outer.is_top else (parts[-1],)
        yield from (alone[1] for part in ends if (alone := ALONE.match(part)))


def _offset(text: str, sheet: int) -> _Offset | None:
    numeral = number_of(text)
    return None if numeral is None else (numeral.is_roman, numeral.value - sheet)


def _numerals(outer: Outer, *, may_be_part: bool) -> Iterator[str]:
    alone = ALONE.match(outer.text)
    if alone:
        yield alone[1]
    elif may_be_part:
        for pattern in (AT_END, AT_START):
            found = pattern.search(outer.text)
            if found:
                yield found[1]
