"""The level of each heading: what the file's own lists say, else the rank of its style.

A list is thorough where it names most of the headings of the styles it names. What a thorough
list leaves out (the headings of boxes, figures and panels, however large) stands below all that
it names.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Place = tuple[int, int]
Style = tuple[float, bool]

DEEPEST = 6
_OFTEN = 3  # a style seen less often shares the level of the next one
_LEAST = 5  # headings a thorough list names
_MOST = 0.5  # share of a style's headings
_SOME = 0.25  # share of them: fewer teach nothing of the others,
_SURE = 2  # unless there are so many


@dataclass(frozen=True, slots=True)
class Told:
    """What one list says: the levels of the headings it names (0: not told).

    ``is_trusted``: its levels hold even where it names few headings.
    """

    levels: Mapping[Place, int]
    is_trusted: bool = False


def levels_of(styles: Mapping[Place, Style], told: Sequence[Told]) -> dict[Place, int]:
    """Return the level, from 1, of each heading in ``styles``; the first list told weighs most."""
    trusted = [one for one in told if one.is_trusted]
    others = [one for one in told if not one.is_trusted and _is_sane(one, styles)]
    floor = max((_below(one) for one in trusted if is_thorough(one, styles)), default=1)
    taught = _taught(styles, trusted)
    left_out = _left_out(styles, taught, trusted)
    floors = {style: min(floor, _cap(style, taught)) for style in set(styles.values())}
    guessed = _taught(styles, others)
    known = {style: max(level, floors[style]) for style, level in guessed.items()} | taught
    ranks = _ranks(styles, known, floors)
    own = _own(styles, trusted)
    found: dict[Place, int] = {}
    for place, style in styles.items():
        level = own.get(place, 0)
        if not level and style in taught:
            level = taught[style] + (place in left_out)
        if not level and _first(others, place):
            level = min(max(_first(others, place), floors[style]), _cap(style, taught))
        found[place] = min(level or ranks[style], DEEPEST)
    return found


def _own(styles: Mapping[Place, Style], lists: Sequence[Told]) -> dict[Place, int]:
    """Return the levels that lists give single headings, unless a better list knows the style."""
    found: dict[Place, int] = {}
    settled: set[Style] = set()
    for one in lists:
        for place, level in one.levels.items():
            if level and place not in found and styles[place] not in settled:
                found[place] = level
        settled |= _taught(styles, (one,)).keys()
    return found


def _cap(style: Style, taught: Mapping[Style, int]) -> int:
    """Return the lowest level ``style`` can have: never below a style that is set smaller."""
    return min((level for other, level in taught.items() if other < style), default=DEEPEST)


def _first(lists: Sequence[Told], place: Place) -> int:
    """Return what the first of ``lists`` that gives a level to a heading gives, else 0."""
    return next((one.levels[place] for one in lists if one.levels.get(place)), 0)


def is_thorough(one: Told, styles: Mapping[Place, Style]) -> bool:
    """Tell whether a list names most of the headings of the styles that it names."""
    if len(one.levels) < _LEAST:
        return False
    named = {styles[place] for place in one.levels}
    all_of_them = sum(style in named for style in styles.values())
    return len(one.levels) >= _MOST * all_of_them


def _is_sane(one: Told, styles: Mapping[Place, Style]) -> bool:
    """Tell whether a list is thorough and ranks no style above one that is set larger."""
    ranks = [level for _, level in sorted(_taught(styles, (one,)).items(), reverse=True)]
    return is_thorough(one, styles) and all(a <= b for a, b in pairwise(ranks))


def _below(one: Told) -> int:
    """Return the level below all that a list names."""
    return max(one.levels.values(), default=0) + 1


def _taught(styles: Mapping[Place, Style], lists: Sequence[Told]) -> dict[Style, int]:
    """Return the level that most headings of a style have in the first list that names any."""
    found: dict[Style, int] = {}
    total = Counter(styles.values())
    for one in lists:
        votes: dict[Style, Counter[int]] = defaultdict(Counter)
        for place, level in one.levels.items():
            if level:
                votes[styles[place]][level] += 1
        for style, counted in votes.items():
            if counted.total() >= min(_SOME * total[style], _SURE):
                found.setdefault(style, counted.most_common(1)[0][0])
    return found


def _left_out(
    styles: Mapping[Place, Style], taught: Mapping[Style, int], lists: Sequence[Told]
) -> frozenset[Place]:
    """Return the headings that no list names though it names others of their style nearby.

    Nearby is: under the same heading of a higher level. A list may leave out all that stands
    below one heading (an appendix) or before the contents, which says nothing of its rank.
    """
    named = {place for one in lists for place in one.levels}
    first = min(named, default=(0, 0))
    total, known = Counter(styles.values()), Counter(styles[place] for place in named)
    ranks = {place: _first(lists, place) or taught.get(style, 0) for place, style in styles.items()}
    parts: dict[Place, tuple[Style, int]] = {}
    above: Counter[int] = Counter()  # level: headings above it so far
    for place in sorted(styles):
        parts[place] = styles[place], above[ranks[place]]
        if place in named and ranks[place]:
            above.update(range(ranks[place] + 1, DEEPEST + 1))
    listed = {parts[place] for place in named}
    return frozenset(
        place
        for place, style in styles.items()
        if place not in named
        and place > first
        and parts[place] in listed
        and known[style] >= max(_MOST * total[style], _OFTEN)
    )


def _ranks(
    styles: Mapping[Place, Style], taught: Mapping[Style, int], floors: Mapping[Style, int]
) -> dict[Style, int]:
    """Return the level of each style: what was taught, else its rank by size and weight.

    What was not taught is not above its floor.
    """
    times = Counter(styles.values())
    levels: dict[Style, int] = {}
    level = 1
    for style in sorted(times, reverse=True):
        known = taught.get(style)
        level = known or max(level, floors[style])
        levels[style] = level
        if known or times[style] >= _OFTEN:
            level = min(level + 1, DEEPEST)
    return levels
