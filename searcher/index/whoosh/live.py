"""A segment of an open index without what is removed from it, as its reports are asked for.

Whatever is read here may break where a file is damaged; who asks tells it as damage.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from searcher.frozen import dataclass
from searcher.index.whoosh.fields import REPORT_FIELDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searcher.index.whoosh.segment import Segment


@dataclass(frozen=True, slots=True)
class LivePart:
    """A segment, and those of its reports that are removed, by number."""

    segment: Segment
    removed: frozenset[int]

    def with_value(self, field: str, value: bytes) -> list[int]:
        """Return the reports whose record has ``value``."""
        number = self.segment.find(field, value)
        found = () if number is None else self.segment.held(field, number).units
        return [report for report in found if report not in self.removed]

    def between(self, field: str, low: int, high: int) -> list[int]:
        """Return the reports whose number, as it is kept, lies between two ends, both included."""
        numbers = enumerate(self.segment.numbers[field])
        return [n for n, held in numbers if low <= held <= high and n not in self.removed]

    def side_by_side(self, field: str, terms: Sequence[bytes]) -> list[int]:
        """Return the reports that hold ``terms`` one after another in a field of the report."""
        numbers = [self.segment.find(field, term) for term in terms]
        known = [number for number in numbers if number is not None]
        return self._in_order(field, known) if len(known) == len(terms) else []

    def holds(self, field: str, number: int) -> bool:
        """Tell whether what is not removed holds a term."""
        if not self.removed:
            return True
        units = self.segment.held(field, number).units
        owners = range(self.segment.reports) if field in REPORT_FIELDS else self.segment.owners
        return any(owners[unit] not in self.removed for unit in units)

    def _in_order(self, field: str, numbers: Sequence[int]) -> list[int]:
        postings = [self.segment.held(field, number) for number in numbers]
        rarest = min((found.units for found in postings), key=len)
        common = set(rarest).intersection(*(found.units for found in postings)) - self.removed
        starts: dict[int, set[int]] = {}
        for offset, found in enumerate(postings):
            wanted = [bisect_left(found.units, unit) for unit in sorted(common)]
            for index, positions in zip(wanted, found.positions(wanted), strict=True):
                here = {position - offset for position in positions}
                unit = found.units[index]
                starts[unit] = here if offset == 0 else starts[unit] & here
        return [unit for unit, left in starts.items() if left]
