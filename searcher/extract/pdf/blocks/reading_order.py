"""Lines that the stream scatters, put in the order in which a sheet is read.

Reading goes down a column and never back up in it. Where the stream does, it is no reading
order, and only there do places decide: of two pieces one above the other the upper comes first,
of two side by side the left one, unless something as wide as both stands between them.

Source: T. M. Breuel, "High performance document layout analysis", SDIUT 2003 (the two rules).
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING

from searcher.extract.pdf.blocks.lines import lines_of
from searcher.extract.pdf.words import PageWords

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searcher.extract.pdf.blocks.lines import Line

_UP = 0.6  # in sizes: a line this much higher is another one, not a raised mark
_SHARED = 0.3  # of the narrower: lines of one column share this much of their width
_LEAST_LINES = 3
_LEVEL = 0.35  # in sizes: baselines no further apart are one


def in_reading_order(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return ``lines``, a sheet's in stream order, with each stretch that goes back up put right.

    Where any was, pieces of one printed line that now follow one another are one line.
    """
    zones = _scattered(lines[: _start_of_float(lines)])
    if not zones:
        return tuple(lines)
    done = list(lines)
    for zone in zones:
        done[zone.start : zone.stop] = _sorted(lines[zone.start : zone.stop])
    words = (word for line in done for segment in line.segments for word in segment.words)
    return lines_of(PageWords(0, 0.0, 0.0, tuple(words), has_ink=True))


def _start_of_float(lines: Sequence[Line]) -> int:
    """Return where the box begins that the stream writes last and the text leaves room for.

    It is all that goes down at the end, beside lines that stand left or right of it.
    """
    start = max(len(lines) - 1, 0)
    while start and not lines[start].baseline < lines[start - 1].baseline - _UP * lines[start].size:
        start -= 1
    box = lines[start:]
    if len(box) < _LEAST_LINES or start == 0:
        return len(lines)
    top, bottom = box[0].baseline, box[-1].baseline
    x0, x1 = min(line.x0 for line in box), max(line.x1 for line in box)
    level = [line for line in lines[:start] if top < line.baseline < bottom]
    is_beside = all(line.x1 < x0 + 1 or line.x0 > x1 - 1 for line in level)
    return start if len(level) >= _LEAST_LINES and is_beside else len(lines)


def _scattered(lines: Sequence[Line]) -> list[range]:
    """Return the stretches, as short as can be, outside which no line stands above its forerunner.

    What counts is a forerunner in the same column.
    """
    zones: list[range] = []
    lowest = 0.0
    for index, line in enumerate(lines):
        if line.baseline < lowest - _UP * line.size:
            first = _first_below(lines[:index], line)
            if first is not None:
                while zones and zones[-1].stop > first:
                    first = min(first, zones.pop().start)
                zones.append(range(first, index + 1))
        lowest = max(lowest, line.baseline)
    return zones


def _first_below(lines: Sequence[Line], line: Line) -> int | None:
    """Return the index of the first of ``lines`` from which ``line`` goes back up its column."""
    least = line.baseline + _UP * line.size - 1  # less than any such line's height
    for index, (_, _, _, _, baseline, _, _) in enumerate(lines):
        if baseline > least and _goes_back(lines[index], line):
            return index
    return None


def _goes_back(before: Line, line: Line) -> bool:
    if line.baseline >= before.baseline - _UP * max(before.size, line.size):
        return False
    shared = min(before.x1, line.x1) - max(before.x0, line.x0)
    return shared > _SHARED * min(before.x1 - before.x0, line.x1 - line.x0)


def _sorted(lines: Sequence[Line]) -> list[Line]:
    """Return ``lines`` by the two rules; where they run in a circle the highest comes first."""
    waiting = sorted(lines, key=lambda line: (line.baseline, line.x0))
    before = _forerunners(waiting)
    after: list[list[int]] = [[] for _ in waiting]
    for index, others in enumerate(before):
        for other in others:
            after[other].append(index)
    missing = [len(others) for others in before]
    free = [index for index, count in enumerate(missing) if not count]  # a heap, being in order
    is_done = [False] * len(waiting)
    done: list[Line] = []
    highest = 0  # none before it is left
    while len(done) < len(waiting):
        while is_done[highest]:
            highest += 1
        chosen = heappop(free) if free else highest
        is_done[chosen] = True
        done.append(waiting[chosen])
        for index in after[chosen]:
            missing[index] -= 1
            if not missing[index] and not is_done[index]:
                heappush(free, index)
    return done


def _forerunners(lines: Sequence[Line]) -> list[set[int]]:
    """Return, for each of ``lines``, which stand from the top, the indices of those before it."""
    before: list[set[int]] = [set() for _ in lines]
    for low, line in enumerate(lines):
        widest: list[tuple[float, float]] = []  # of the lines strictly between the two in height
        unseen = low - 1
        for high in range(low - 1, -1, -1):
            other = lines[high]
            while unseen > high and lines[unseen].baseline > other.baseline:
                if lines[unseen].baseline < line.baseline:
                    _widen(widest, lines[unseen])
                unseen -= 1
            is_level = line.baseline - other.baseline <= _LEVEL * max(other.size, line.size)
            first, last = (high, low) if other.x0 <= line.x0 else (low, high)
            if _overlap(other, line):
                if not is_level:
                    first, last = high, low
            elif not is_level and _is_bridged(other, line, widest):
                continue
            before[last].add(first)
    return before


def _widen(widest: list[tuple[float, float]], line: Line) -> None:
    """Add the width of ``line`` to ``widest``, which holds none that lies within another."""
    if any(x0 <= line.x0 and x1 >= line.x1 for x0, x1 in widest):
        return
    widest[:] = [(x0, x1) for x0, x1 in widest if x0 < line.x0 or x1 > line.x1]
    widest.append((line.x0, line.x1))


def _is_bridged(one: Line, other: Line, widest: Sequence[tuple[float, float]]) -> bool:
    """Tell whether one of ``widest``, which stand between the two, is as wide as both."""
    right = min(one.x1, other.x1) - 1
    left = max(one.x0, other.x0) + 1
    return any(x0 < right and x1 > left for x0, x1 in widest)


def _overlap(one: Line, other: Line) -> bool:
    return one.x0 < other.x1 - 1 and other.x0 < one.x1 - 1
