"""A segment of an open index without what is removed from it.

Its passages are numbered on from those of the segments before it. Whatever is read here may
break where a file is damaged; who asks tells it as damage.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import TYPE_CHECKING

from searcher.index.whoosh.fields import OFFSET, REPORT_FIELDS, term_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from searcher.index.whoosh.segment import Segment, Source


@dataclass(frozen=True, slots=True)
class LivePart:
    """A segment, where its passages begin, and its removed reports and passages by number."""

    segment: Segment
    base: int
    removed: frozenset[int]
    removed_passages: frozenset[int]

    def postings(self, field: str, number: int) -> tuple[Sequence[int], Sequence[int]]:
        """Return the units of the segment that hold a term, and how often each does."""
        found = self.segment.held(field, number)
        gone = self.removed if field in REPORT_FIELDS else self.removed_passages
        if not gone:
            return found.units, found.frequencies
        kept = [
            pair for pair in zip(found.units, found.frequencies, strict=True) if pair[0] not in gone
        ]
        return [unit for unit, _ in kept], [frequency for _, frequency in kept]

    def passages_of(self, report: int) -> range:
        """Return the passages of a report."""
        firsts = self.segment.firsts
        return range(self.base + firsts[report], self.base + firsts[report + 1])

    def live(self) -> Iterator[int]:
        """Yield every passage that is not removed."""
        gone = self.removed_passages
        every = range(self.segment.passages)
        return (self.base + passage for passage in every if passage not in gone)

    def named(self, passages: Iterable[int]) -> Iterator[tuple[int, int, int]]:
        """Yield those of ``passages`` that are here, each with its key and its report's."""
        segment, base, end = self.segment, self.base, self.base + self.segment.passages
        keys, groups, owners = segment.keys, segment.groups, segment.owners
        for passage in passages:
            if base <= passage < end:
                number = passage - base
                yield passage, keys[number], groups[owners[number]]

    def holding(self, field: str, value: str) -> Iterator[int]:
        """Yield the passages that have ``value``."""
        number = self.segment.find(field, term_of(value))
        units = () if number is None else self.postings(field, number)[0]
        return self._passages(field, units)

    def between(self, field: str, low: int | None, high: int | None) -> Iterator[int]:
        """Yield the passages whose year or page lies between two ends, both included."""
        least = 1 if low is None else max(low + OFFSET, 1)
        most = 2 * OFFSET if high is None else high + OFFSET
        gone = self.removed if field in REPORT_FIELDS else self.removed_passages
        numbers = enumerate(self.segment.numbers[field])
        units = (unit for unit, held in numbers if least <= held <= most and unit not in gone)
        return self._passages(field, units)

    def side_by_side(self, field: str, terms: Sequence[str]) -> Iterator[int]:
        """Yield the passages that hold ``terms`` one after another."""
        numbers = [self.segment.find(field, term.encode("utf-8")) for term in terms]
        known = [number for number in numbers if number is not None]
        units = self._in_order(field, known) if len(known) == len(terms) else ()
        return self._passages(field, units)

    def _in_order(self, field: str, numbers: Sequence[int]) -> list[int]:
        """Return the units, not removed, that hold the terms ``numbers`` one after another."""
        postings = [self.segment.held(field, number) for number in numbers]
        rarest = min((found.units for found in postings), key=len)
        common = set(rarest).intersection(*(found.units for found in postings))
        common -= self.removed if field in REPORT_FIELDS else self.removed_passages
        starts: dict[int, set[int]] = {}
        for offset, found in enumerate(postings):
            wanted = [bisect_left(found.units, unit) for unit in sorted(common)]
            for index, positions in zip(wanted, found.positions(wanted), strict=True):
                here = {position - offset for position in positions}
                unit = found.units[index]
                starts[unit] = here if offset == 0 else starts[unit] & here
        return [unit for unit, left in starts.items() if left]

    def _passages(self, field: str, units: Iterable[int]) -> Iterator[int]:
        if field in REPORT_FIELDS:
            return chain.from_iterable(map(self.passages_of, units))
        return map(self.base.__add__, units)


def live_parts(sources: Sequence[Source]) -> tuple[LivePart, ...]:
    """Return ``sources`` with their passages numbered through."""
    bases = accumulate((source.segment.passages for source in sources), initial=0)
    return tuple(
        LivePart(source.segment, base, source.removed, source.removed_passages())
        for source, base in zip(sources, bases, strict=False)
    )
