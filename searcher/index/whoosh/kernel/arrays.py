"""A query over one segment with numpy's arrays, for many queries or long postings.

Where a clause holds is a pair of arrays over some units: whether, and with what score. Units are
all blocks while bounds are worked out, and the passages of the opened blocks while scores are,
each at its slot; ``None`` stands for an array that is the same everywhere: true, or 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from searcher.index.whoosh.bm25f import K1, SHARE, WEIGHTS, rates
from searcher.index.whoosh.kernel.array_stages import Bounds, Passages
from searcher.index.whoosh.kernel.found import scaled_bounds
from searcher.index.whoosh.kernel.opened import Record
from searcher.index.whoosh.kernel.searching import APART
from searcher.index.whoosh.kernel.walk import walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from searcher.index.whoosh.contents import Means
    from searcher.index.whoosh.kernel.found import FoundTerm
    from searcher.index.whoosh.kernel.plan import Plan
    from searcher.index.whoosh.kernel.searching import Batch
    from searcher.index.whoosh.kernel.weights import Gain
    from searcher.index.whoosh.live import LivePart

    Floats = NDArray[np.float64]
    Numbers = NDArray[np.int64]
    Mask = NDArray[np.bool_]


SAMPLE = 1000
"""Bounds that are looked at to tell how high the highest are."""
LEAST = -1e300
"""Below every bound but that of a block where the query cannot hold."""


@dataclass(frozen=True, slots=True)
class _Surveyed:
    """What is known of a term before a block is opened; see ``plain._Surveyed``.

    ``upper`` is by block, and there only where a term is in more than one record: else the bounds
    of its record say it. ``reports`` and ``base`` are by report; ``base`` is ``None`` where
    neither title nor record of any report holds the term.
    """

    records: list[Record]
    upper: Floats | None
    reports: Floats
    base: Floats | None
    passages: dict[str, int]


class ArrayFrame:
    """A segment of an index with what every query needs of it."""

    def __init__(self, part: LivePart, means: Means) -> None:
        segment = part.segment
        self.part = part
        self.segment = segment
        self.means = means
        self.bytes = np.frombuffer(segment.file.raw("postings"), dtype=np.uint8)
        self.firsts = np.array(segment.block_firsts, dtype=np.int64)
        self.sizes = np.diff(self.firsts)
        self.owners = np.array(segment.block_reports, dtype=np.int64)
        self.live = np.ones(segment.reports, dtype=bool) if part.removed else None
        if self.live is not None:
            self.live[sorted(part.removed)] = False
        self._rates: dict[str, Floats] = {}
        self._bounds: dict[str, Floats] = {}

    def survey(self, plan: Plan, found: Sequence[FoundTerm]) -> ArraySurvey:
        """Return what the segment has of the terms of ``plan``, as they were found."""
        return ArraySurvey(self, plan, [self._surveyed(term) for term in found])

    def rates(self, field: str) -> Floats:
        """Return what an occurrence in ``field`` counts, by unit of the field."""
        if field not in self._rates:
            codes = np.asarray(self.segment.lengths[field])
            self._rates[field] = np.array(rates(field, self.means))[codes]
        return self._rates[field]

    @cached_property
    def report_rates(self) -> Floats:
        """What an occurrence in its text counts, by report."""
        weight, b = WEIGHTS["body"].weight, WEIGHTS["body"].b
        lengths = np.array(self.segment.report_lengths, dtype=np.float64)
        return np.asarray(weight / (1.0 - b + b * lengths / self.means.report))

    def bounds(self, field: str) -> Floats:
        """Return what the bytes of the bounds of ``field`` stand for."""
        if field not in self._bounds:
            self._bounds[field] = np.array(scaled_bounds(self.segment, self.means, field))
        return self._bounds[field]

    def of_reports(self, reports: Iterable[int]) -> Mask:
        """Return which reports are among ``reports``."""
        mask = np.zeros(self.segment.reports, dtype=bool)
        mask[list(reports)] = True
        return mask

    def between(self, field: str, low: int, high: int) -> Mask:
        """Return which units of ``field`` have a number between two ends, both included."""
        numbers = np.asarray(self.segment.numbers[field])
        return (numbers >= low) & (numbers <= high)

    def _surveyed(self, found: FoundTerm) -> _Surveyed:
        base, passages = self._base(found)
        reports = np.zeros(self.segment.reports) if base is None else base.copy()
        records = []
        for field, postings in found.passages:
            record = Record(field, postings, len(self.owners))
            records.append(record)
            passages[field] = passages.get(field, 0) + self._live_passages(record)
            if field == "body":
                counted = np.bincount(self.owners[record.blocks], record.totals, len(reports))
                reports += counted * self.report_rates
        if self.live is not None:
            reports *= self.live
        is_single = base is None and len(records) == 1
        upper = None if is_single else self._upper(base, records)
        return _Surveyed(records, upper, reports, base, passages)

    def _upper(self, base: Floats | None, records: Sequence[Record]) -> Floats:
        upper = np.zeros(len(self.owners)) if base is None else base[self.owners]
        for record in records:
            upper[record.blocks] += self.bounds(record.field)[record.bounds]
        return upper

    def _base(self, found: FoundTerm) -> tuple[Floats | None, dict[str, int]]:
        base = None
        passages: dict[str, int] = {}
        held = np.diff(np.array(self.segment.firsts, dtype=np.int64)) if found.reports else None
        for field, postings in found.reports:
            units = np.array(postings.units, dtype=np.int64)
            frequencies = np.array(postings.frequencies, dtype=np.float64)
            if self.live is not None:
                kept = self.live[units]
                units, frequencies = units[kept], frequencies[kept]
            base = np.zeros(self.segment.reports) if base is None else base
            base[units] += frequencies * self.rates(field)[units]
            if held is not None:
                passages[field] = passages.get(field, 0) + int(held[units].sum())
        return base, passages

    def _live_passages(self, record: Record) -> int:
        if self.live is None:
            return record.postings.count
        return int(record.held[self.live[self.owners[record.blocks]]].sum())


class ArraySurvey:
    """One query over one segment."""

    def __init__(self, frame: ArrayFrame, plan: Plan, terms: Sequence[_Surveyed]) -> None:
        self.frame = frame
        self.plan = plan
        self.terms = terms
        self.gains: Sequence[Gain] = ()
        self.evidence = np.zeros(frame.segment.reports)
        self.opened = 0
        self._bounds = np.zeros(0)
        self._left = self._bounds

    def passages(self, term: int) -> dict[str, int]:
        """Return by field how many passages hold a term."""
        return self.terms[term].passages

    def reports(self, term: int) -> int:
        """Return how many reports hold a term."""
        return int(np.count_nonzero(self.terms[term].reports))

    def weigh(self, gains: Sequence[Gain]) -> None:
        """Take the weights of the terms, and bound every block."""
        self.gains = gains
        for term, gain, uses in zip(self.terms, gains, self.plan.uses, strict=True):
            if uses:
                self.evidence += (uses * gain.report) * (term.reports / (K1 + term.reports))
        frame = self.frame
        stage = Bounds(self)
        held = walk(self.plan.root, stage)
        bounds = (SHARE * self.evidence)[frame.owners]
        if held.scores is not None:
            bounds += held.scores
        bounds[~stage.mask(held)] = -np.inf
        if frame.live is not None:
            bounds[~frame.live[frame.owners]] = -np.inf
        self._bounds = bounds

    def restart(self) -> None:
        """Take all blocks as not opened yet."""
        self._left = self._bounds.copy()
        self.opened = 0

    def round(self, most: int, number: int, threshold: float) -> Iterator[Batch] | None:
        """Open the ``most`` next blocks; see ``Survey.round``."""
        bounds = self._left
        least = max(threshold, LEAST)
        if threshold == -np.inf:
            least = max(least, _cut(bounds, most))
        blocks = (bounds >= least).nonzero()[0]
        if not len(blocks):
            return None
        if len(blocks) > 2 * most:
            blocks = np.sort(blocks[np.argpartition(bounds[blocks], -most)[-most:]])
        bounds[blocks] = -np.inf
        self.opened += len(blocks)
        return self._batches(Passages(self, blocks), number, threshold)

    def matching(self) -> Iterable[int]:
        """Return every passage that matches, ascending."""
        universe = Passages(self, np.flatnonzero(self._bounds >= LEAST))
        found: list[int] = universe.numbers[universe.mask(universe.matching())].tolist()
        return found

    def counts(self) -> dict[int, int]:
        """Return by report how many passages match."""
        universe = Passages(self, np.flatnonzero(self._bounds >= LEAST))
        counts = np.bincount(universe.owners[universe.mask(universe.matching())])
        held = np.flatnonzero(counts)
        return dict(zip(held.tolist(), counts[held].tolist(), strict=True))

    def _batches(self, universe: Passages, number: int, threshold: float) -> Iterator[Batch]:
        held = universe.matching()
        slots = universe.mask(held).nonzero()[0]
        total = SHARE * self.evidence[universe.owners[slots]]
        if held.scores is not None:
            total += held.scores[slots]
        kept = total >= threshold
        total, passages = total[kept], universe.numbers[slots[kept]]
        if len(total) > number:
            high = total >= np.partition(total, -number)[-number] - APART
            yield _paired(total[high], passages[high])
            total, passages = total[~high], passages[~high]
        yield _paired(total, passages)


def _paired(scores: Floats, passages: Numbers) -> Batch:
    return list(zip(scores.tolist(), passages.tolist(), strict=True))


def _cut(bounds: Floats, most: int) -> float:
    """Return a bound that about ``most`` of ``bounds`` reach, as a sample of them has it."""
    sample = bounds[:: 1 + len(bounds) // SAMPLE]
    place = most * len(sample) // len(bounds)
    return float(np.partition(sample, -place - 1)[-place - 1]) if place < len(sample) else LEAST
