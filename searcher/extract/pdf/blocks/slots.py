"""Where a file sets its running lines: heights at which body text does not stand.

A line that comes back is a running line only where the text of the sheets around leaves room for
one: a table's head or a section's name that stands first on several sheets does so at a height
where other sheets have text. And where running lines stand on most sheets, what else is set there
in the same letters is one too: the name of a chapter that takes up one sheet alone.
"""

from __future__ import annotations

from collections import defaultdict
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from searcher.extract.pdf.blocks.outer import ALONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from searcher.extract.pdf.blocks.outer import Outer

    Slot = tuple[bool, float, str, int]
    """The edge, the size, the font and the turn of a running line."""

_AROUND = 10  # sheets before and after that show where text stands
_EXACT = 2.0  # points
_LEAST_SHEETS = 5
_PLAIN = 1.1  # times the text's letters
_MOSTLY = 0.6
_NEAR = 6  # sheets
_LONGEST = 100  # letters of a running line
_LEAST_LETTERS = 16
_SIMILAR = 0.9
_WAVERING = 25.0  # points: how far scanned sheets are shifted
_CLOSE = 4.0  # in sizes: a table's head is no further from its rows
_EDGE = 4.0  # points


def outside_text(
    repeated: Iterable[Outer], outers: Sequence[Outer], inked: frozenset[int]
) -> frozenset[Outer]:
    """Return those of ``repeated`` that stand where most sheets around have no text.

    ``outers`` are the outermost lines of all sheets, ``inked`` the sheets that have any text.
    """
    known = frozenset(repeated)
    texts: dict[tuple[bool, int], Outer] = {}
    running: dict[tuple[bool, int], list[float]] = defaultdict(list)
    for outer in outers:
        edge = outer.is_top, outer.sheet
        if outer in known:
            running[edge].append(outer.place)
        elif not ALONE.match(outer.text):
            texts[edge] = min(texts.get(edge, outer), outer, key=_place)

    def has_room(outer: Outer) -> bool:
        around = range(outer.sheet - _AROUND, outer.sheet + _AROUND + 1)
        against = alike = 0
        for sheet in inked.intersection(around) - {outer.sheet}:
            edge = outer.is_top, sheet
            text = texts.get(edge)
            if any(_is_level(place, outer) for place in running.get(edge, ())):
                alike += 1
            elif text and text.place <= outer.place + _EXACT:
                against += text.keys == outer.keys or not _is_misread(text, outer)
        return against <= alike

    return frozenset(filter(has_room, known))


def without_table_heads(running: frozenset[Outer], outers: Sequence[Outer]) -> frozenset[Outer]:
    """Return those of ``running`` that do not name the columns of a table below them.

    A table that goes on over several sheets repeats its head on each.
    """
    lines: dict[tuple[bool, int], list[Outer]] = defaultdict(list)
    for outer in outers:
        lines[outer.is_top, outer.sheet].append(outer)
    votes: dict[str, list[bool]] = defaultdict(list)
    for outer in running:
        if outer.is_top and len(outer.line.segments) > 1:
            below = lines[True, outer.sheet]
            votes[outer.keys[0]].append(_names_columns(outer, below))
    heads = {key for key, are in votes.items() if 2 * sum(are) > len(are)}
    return frozenset(outer for outer in running if outer.keys[0] not in heads)


def _names_columns(outer: Outer, others: Sequence[Outer]) -> bool:
    """Tell whether two parts of ``outer`` or more begin where one of a line close below does."""
    line = outer.line
    edges = [
        segment.x0
        for other in others
        if 0 < other.place - outer.place < _CLOSE * line.size
        for segment in other.line.segments
    ]
    named = [any(abs(part.x0 - edge) <= _EDGE for edge in edges) for part in line.segments]
    return sum(named) >= max(2, _MOSTLY * len(named))


def set_alike(
    running: frozenset[Outer], outers: Sequence[Outer], *, size: float
) -> frozenset[Outer]:
    """Return the lines not in ``running`` that stand where most sheets have one, set as it is.

    Never those of the first sheet, nor any larger than the text's ``size``: that is a heading.
    """
    slots: dict[Slot, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    for outer in running:
        slots[_slot(outer)][outer.sheet].append(outer.place)
    others: dict[Slot, list[Outer]] = defaultdict(list)
    for outer in outers:
        if outer in running or outer.sheet == 1 or outer.line.size > _PLAIN * size:
            continue
        if _slot(outer) in slots:
            others[_slot(outer)].append(outer)
    found: set[Outer] = set()
    for slot, alike in others.items():
        for outer in alike:
            level = [
                sheet
                for sheet, places in slots[slot].items()
                if any(_is_level(place, outer) for place in places)
            ]
            rivals = {other.sheet for other in alike if _is_level(other.place, outer)}
            if len(level) >= max(_LEAST_SHEETS, _MOSTLY * len(rivals.union(level))):
                found.add(outer)
    return frozenset(found)


def misread(running: frozenset[Outer], outers: Sequence[Outer]) -> frozenset[Outer]:
    """Return the lines not in ``running`` that are one of it but for some letters.

    Text recognition reads a line of a scan now so, now so.
    """
    known: dict[tuple[bool, int], list[Outer]] = defaultdict(list)
    for outer in running:
        known[outer.is_top, outer.sheet].append(outer)
    return frozenset(
        outer
        for outer in outers
        if outer not in running
        and len(outer.text) <= _LONGEST
        and any(
            _is_misread(outer, other)
            for sheet in range(outer.sheet - _NEAR, outer.sheet + _NEAR + 1)
            for other in known.get((outer.is_top, sheet), ())
        )
    )


def _is_misread(outer: Outer, known: Outer) -> bool:
    one, other = outer.keys[0], known.keys[0]
    if len(other) < _LEAST_LETTERS or abs(len(one) - len(other)) > 2:
        return False
    if abs(outer.place - known.place) > _WAVERING:
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _SIMILAR


def _place(outer: Outer) -> float:
    return outer.place


def _slot(outer: Outer) -> Slot:
    first = outer.line.segments[0].words[0]
    return outer.is_top, round(outer.line.size, 1), first.font, first.turn


def _is_level(place: float, outer: Outer) -> bool:
    return abs(place - outer.place) <= _EXACT
