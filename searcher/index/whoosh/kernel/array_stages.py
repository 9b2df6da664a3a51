"""Clauses over numpy's arrays: of all blocks for bounds, of the passages of some for scores.

Where a clause holds is a pair of arrays over some units: whether, and with what score.
"""

from __future__ import annotations

from functools import cached_property, reduce
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from searcher.index.whoosh.bm25f import K1
from searcher.index.whoosh.fields import REPORT_FIELDS
from searcher.index.whoosh.kernel.opened import opened, placed
from searcher.index.whoosh.kernel.walk import walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from searcher.index.whoosh.kernel.arrays import ArraySurvey

    Floats = NDArray[np.float64]
    Numbers = NDArray[np.int64]
    Mask = NDArray[np.bool_]

POSITION_BITS = 32
"""Bits of a key that give a position; the others its slot."""


class Held(NamedTuple):
    """Where a clause holds, ``None`` for everywhere, and its scores, ``None`` where all are 0.

    A score is 0 where the clause does not hold.
    """

    where: Mask | None
    scores: Floats | None


class _Combined:
    """How clauses go together where they hold in arrays over ``units`` units."""

    def __init__(self, units: int) -> None:
        self.units = units

    def all_of(self, parts: Sequence[Held]) -> Held:
        """Return where all parts hold."""
        masks = [part.where for part in parts if part.where is not None]
        added = [part.scores for part in parts if part.scores is not None]
        where = reduce(np.logical_and, masks) if masks else None
        scores = reduce(np.add, added) if added else None
        if where is not None and scores is not None and len(parts) > 1:
            scores = np.where(where, scores, 0.0)
        return Held(where, scores)

    def any_of(self, parts: Sequence[Held]) -> Held:
        """Return where a part holds."""
        masks = [part.where for part in parts if part.where is not None]
        added = [part.scores for part in parts if part.scores is not None]
        everywhere = len(masks) < len(parts)
        where = (
            None if everywhere else reduce(np.logical_or, masks, np.zeros(self.units, dtype=bool))
        )
        return Held(where, reduce(np.add, added) if added else None)


class Bounds(_Combined):
    """The blocks where a clause may hold, with what a passage of them scores at most."""

    def __init__(self, survey: ArraySurvey) -> None:
        super().__init__(len(survey.frame.owners))
        self._survey = survey
        self._frame = survey.frame

    def scoring(self, term: int) -> Held:
        """Return the blocks that hold a term."""
        upper = self._survey.terms[term].upper
        return Held(upper > 0.0, _saturated(upper, self._survey.gains[term].passage))

    def run(self, terms: tuple[int, ...]) -> Held:
        """Return the blocks that hold all terms."""
        return self.all_of([self.scoring(term) for term in terms])

    def holding(self, field: str, value: bytes) -> Held:
        """Return the blocks of the reports that have a value."""
        return self._of_reports(self._frame.part.with_value(field, value))

    def between(self, field: str, low: int, high: int) -> Held:
        """Return the blocks where a number may lie between two ends."""
        if field not in REPORT_FIELDS:
            return Held(None, None)
        return Held(self._frame.between(field, low, high)[self._frame.owners], None)

    def without(self, _: Held) -> Held:
        """Return every block: a clause may fail to hold in any."""
        return Held(None, None)

    def _of_reports(self, reports: Iterable[int]) -> Held:
        return Held(self._frame.of_reports(reports)[self._frame.owners], None)


class Passages(_Combined):
    """The passages of some blocks where a clause holds, with their scores."""

    def __init__(self, survey: ArraySurvey, blocks: Numbers, *, scoring: bool = True) -> None:
        frame = survey.frame
        sizes = frame.sizes[blocks]
        starts = np.cumsum(sizes) - sizes
        super().__init__(int(sizes.sum()))
        self._survey = survey
        self._frame = frame
        self._is_scoring = scoring
        self._place = np.full(len(frame.owners), -1, dtype=np.int64)
        self._place[blocks] = starts
        self.numbers: Numbers = np.arange(self.units) + np.repeat(
            frame.firsts[blocks] - starts, sizes
        )
        """The passage at each slot."""
        self.owners: Numbers = np.repeat(frame.owners[blocks], sizes)
        """The report of each."""

    def matching(self) -> Held:
        """Return where the query matches."""
        return walk(self._survey.plan.root, self)

    def scoring(self, term: int) -> Held:
        """Return the passages that hold a term."""
        frequencies = self._frequencies[term]
        if not self._is_scoring:
            return Held(frequencies > 0.0, None)
        gain = self._survey.gains[term].passage
        return Held(frequencies > 0.0, _saturated(frequencies, gain))

    def run(self, terms: tuple[int, ...]) -> Held:
        """Return the passages where terms stand one after another."""
        found = self.all_of([self.scoring(term) for term in terms])
        texts = [self._survey.plan.terms[term] for term in terms]
        standing = np.zeros(self.units, dtype=bool)
        wanted = standing if found.where is None else found.where
        for field in texts[0].fields:
            if field in REPORT_FIELDS:
                reports = self._frame.part.side_by_side(field, [text.text for text in texts])
                standing |= self._frame.of_reports(reports)[self.owners]
            else:
                standing[self._in_order(field, terms, wanted)] = True
        return self.all_of([found, Held(standing, None)])

    def holding(self, field: str, value: bytes) -> Held:
        """Return the passages of the reports that have a value."""
        reports = self._frame.part.with_value(field, value)
        return Held(self._frame.of_reports(reports)[self.owners], None)

    def between(self, field: str, low: int, high: int) -> Held:
        """Return the passages where a number lies between two ends."""
        units = self.owners if field in REPORT_FIELDS else self.numbers
        return Held(self._frame.between(field, low, high)[units], None)

    def without(self, part: Held) -> Held:
        """Return the passages where the part does not hold."""
        return Held(np.zeros(self.units, dtype=bool) if part.where is None else ~part.where, None)

    @cached_property
    def _frequencies(self) -> NDArray[np.float64]:
        """The normalised weighted frequency of each term at each slot."""
        terms, frame, units = self._survey.terms, self._frame, self.units
        records = [record for term in terms for record in term.records]
        of_term = [number for number, term in enumerate(terms) for _ in term.records]
        found = opened(records, self._place, frame.firsts)
        rates = np.empty(len(found.slots))
        slots = found.slots
        for index, start, end in found.runs:
            record, passages = records[index], found.passages[start:end]
            rates[start:end] = frame.rates(record.field)[passages]
            if record.postings.frequencies is not None:
                rates[start:end] *= record.frequencies(found.numbers[start:end])
            slots[start:end] += of_term[index] * units
        flat = summed(slots, rates, len(terms) * units)
        frequencies = flat.reshape(len(terms), units)
        for number, term in enumerate(terms):
            if term.base is not None:
                frequencies[number] += term.base[self.owners]
        return frequencies

    def _in_order(self, field: str, terms: Sequence[int], wanted: Mask) -> Numbers:
        """Return those of the slots ``wanted`` that hold terms of a field one after another."""
        records = {}
        for offset, term in enumerate(terms):
            found = [r for r in self._survey.terms[term].records if r.field == field]
            if not found:
                return np.zeros(0, dtype=np.int64)
            records[offset] = found[0]
        left: Numbers | None = None
        for offset in sorted(records, key=lambda place: records[place].postings.count):
            slots, positions = placed(records[offset], self._place, wanted)
            keys = (slots << POSITION_BITS) + (positions - offset + len(records))
            left = keys if left is None else _common(left, keys)
            wanted = np.zeros(self.units, dtype=bool)
            wanted[left >> POSITION_BITS] = True
        return np.flatnonzero(wanted)


def summed(places: Numbers, values: NDArray[Any], size: int) -> Floats:
    """Return the sums of ``values`` by place, of ``size`` places."""
    return np.bincount(places, values, size).astype(np.float64, copy=False)


def _saturated(frequencies: Floats, gain: float) -> Floats:
    return np.asarray(gain * frequencies / (K1 + frequencies))


def _common(one: Numbers, other: Numbers) -> Numbers:
    """Return what two ascending arrays have in common."""
    if not len(other):
        return other
    at = np.minimum(np.searchsorted(other, one), len(other) - 1)
    return np.asarray(one[other[at] == one])
