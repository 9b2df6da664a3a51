"""Clauses over numpy's arrays: of all blocks for bounds, of the passages of some for scores.

Where a clause holds is a pair of arrays over some units: whether, and with what score.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from searcher.index.whoosh.bm25f import K1
from searcher.index.whoosh.fields import REPORT_FIELDS
from searcher.index.whoosh.kernel.opened import Chosen, opened, placed
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
    """Where a clause holds, and its scores.

    ``where`` is ``None`` where it holds just where it scores; ``scores`` is ``None`` where it
    holds and scores nowhere. A score is 0 where the clause does not hold.
    """

    where: Mask | None
    scores: Floats | None


class _Sum:
    """Scores that are added up in one array, which is nobody else's."""

    def __init__(self, scores: Floats | None) -> None:
        self.total = None if scores is None else scores.copy()

    def add(self, scores: Floats | None) -> None:
        """Add the scores of one more clause."""
        if scores is None:
            return
        if self.total is None:
            self.total = scores.copy()
        else:
            self.total += scores


class Combined(ABC):
    """How clauses go together where they hold in arrays over ``units`` units."""

    def __init__(self, survey: ArraySurvey, units: int) -> None:
        self.units = units
        self._survey = survey
        self._frame = survey.frame

    @abstractmethod
    def _scores(self, term: int, gain: float) -> Floats:
        """Return what a term scores in each unit if it scores ``gain`` at most."""

    def scoring(self, term: int, form: int | None = None) -> Held:
        """Return the units that hold a term, with more where they hold its form."""
        survey = self._survey
        if form is None or survey.is_shared(term, form):
            return Held(None, self._scores(term, survey.gain(term, form)))
        if not survey.terms[term].found.places:
            return Held(None, None)
        more = self._scores(form, survey.gain(None, form))
        return Held(None, self._scores(term, survey.gain(term)) + more)

    def mask(self, held: Held) -> Mask:
        """Return where a clause holds."""
        if held.where is not None:
            return held.where
        return np.zeros(self.units, dtype=bool) if held.scores is None else held.scores > 0.0

    def all_of(self, parts: Iterable[Held]) -> Held:
        """Return where all parts hold."""
        first, *others = parts
        if not others:
            return first
        where, scores = self.mask(first).copy(), _Sum(first.scores)
        for part in others:
            where &= self.mask(part)
            scores.add(part.scores)
        total = scores.total
        return Held(where, None if total is None else np.where(where, total, 0.0))

    def any_of(self, parts: Iterable[Held]) -> Held:
        """Return where a part holds; no more than one is at hand at a time."""
        scores, where = _Sum(None), None
        for part in parts:
            if part.where is not None:
                where = part.where if where is None else where | part.where
            scores.add(part.scores)
        if where is not None and scores.total is not None:
            where = where | (scores.total > 0.0)
        return Held(where, scores.total)

    def everywhere(self) -> Held:
        """Return that a clause holds everywhere and does not score."""
        return Held(np.ones(self.units, dtype=bool), None)


class Bounds(Combined):
    """The blocks where a clause may hold, with what a passage of them scores at most."""

    def __init__(self, survey: ArraySurvey) -> None:
        super().__init__(survey, len(survey.frame.owners))

    def _scores(self, term: int, gain: float) -> Floats:
        surveyed = self._survey.terms[term]
        if not surveyed.is_single:
            return saturated(surveyed.upper, gain)
        (record,) = surveyed.records
        scores = np.zeros(self.units)
        known = gain * self._frame.saturated_bounds(record.field)
        scores[record.blocks] = known.take(record.bounds)
        return scores

    def run(self, terms: tuple[int, ...]) -> Held:
        """Return the blocks that hold all terms."""
        return self.all_of(self.scoring(term) for term in terms)

    def holding(self, field: str, value: bytes) -> Held:
        """Return the blocks of the reports that have a value."""
        return self._of_reports(self._frame.part.with_value(field, value))

    def between(self, field: str, low: int, high: int) -> Held:
        """Return the blocks where a number may lie between two ends."""
        if field not in REPORT_FIELDS:
            return self.everywhere()
        return Held(self._frame.between(field, low, high)[self._frame.owners], None)

    def without(self, _: Held) -> Held:
        """Return every block: a clause may fail to hold in any."""
        return self.everywhere()

    def _of_reports(self, reports: Iterable[int]) -> Held:
        return Held(self._frame.of_reports(reports)[self._frame.owners], None)


class Passages(Combined):
    """The passages of some blocks where a clause holds, with their scores."""

    def __init__(self, survey: ArraySurvey, blocks: Numbers) -> None:
        frame = survey.frame
        sizes = frame.sizes.take(blocks)
        starts = np.cumsum(sizes) - sizes
        super().__init__(survey, int(sizes.sum()))
        self._blocks = blocks
        self._starts = starts
        self.numbers: Numbers = np.arange(self.units) + np.repeat(
            frame.firsts.take(blocks) - starts, sizes
        )
        """The passage at each slot."""
        self.owners: Numbers = np.repeat(frame.owners.take(blocks), sizes)
        """The report of each."""

    def matching(self) -> Held:
        """Return where the query matches."""
        return walk(self._survey.plan.root, self)

    def _scores(self, term: int, gain: float) -> Floats:
        surveyed = self._survey.terms[term]
        if not surveyed.is_single:
            return saturated(self._summed(term), gain)
        scores = np.zeros(self.units)
        for slots, rates in self._counted[term]:
            scores[slots] = saturated(rates, gain)
        return scores

    def run(self, terms: tuple[int, ...]) -> Held:
        """Return the passages where terms stand one after another."""
        found = self.all_of(self.scoring(term) for term in terms)
        texts = [self._survey.plan.terms[term] for term in terms]
        standing = np.zeros(self.units, dtype=bool)
        wanted = self.mask(found)
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
        return Held(~self.mask(part), None)

    @cached_property
    def _counted(self) -> Sequence[list[tuple[Numbers, Floats]]]:
        """Of each term and record the slots that hold it, with what it counts there."""
        terms, frame = self._survey.terms, self._frame
        records = [(number, r) for number in self._survey.read for r in terms[number].records]
        chosen = Chosen(self._blocks, self._starts, frame.firsts)
        found = opened([record for _, record in records], chosen)
        counted: list[list[tuple[Numbers, Floats]]] = [[] for _ in terms]
        for index, start, end in found.runs:
            number, record = records[index]
            rates = frame.rates(record.field).take(found.passages[start:end])
            if record.postings.frequencies is not None:
                rates = rates * record.frequencies(found.numbers[start:end])
            counted[number].append((found.slots[start:end], rates))
        return counted

    def _summed(self, term: int) -> Floats:
        """Return the normalised weighted frequency of a term that is in several fields."""
        base = self._survey.terms[term].base
        total = np.zeros(self.units) if base is None else base.take(self.owners)
        for slots, rates in self._counted[term]:
            np.add.at(total, slots, rates)
        return total

    def _in_order(self, field: str, terms: Sequence[int], wanted: Mask) -> Numbers:
        """Return those of the slots ``wanted`` that hold terms of a field one after another."""
        records = {}
        for offset, term in enumerate(terms):
            found = [r for r in self._survey.terms[term].records if r.field == field]
            if not found:
                return np.zeros(0, dtype=np.int64)
            records[offset] = found[0]
        left: Numbers | None = None
        chosen = Chosen(self._blocks, self._starts, self._frame.firsts)
        for offset in sorted(records, key=lambda place: records[place].postings.count):
            slots, positions = placed(records[offset], chosen, wanted)
            keys = (slots << POSITION_BITS) + (positions - offset + len(records))
            left = keys if left is None else _common(left, keys)
            wanted = np.zeros(self.units, dtype=bool)
            wanted[left >> POSITION_BITS] = True
        return np.flatnonzero(wanted)


def saturated(frequencies: Floats, gain: float) -> Floats:
    """Return what a term scores at normalised weighted frequencies."""
    return np.asarray(gain * frequencies / (K1 + frequencies))


def _common(one: Numbers, other: Numbers) -> Numbers:
    """Return what two ascending arrays have in common."""
    if not len(other):
        return other
    at = np.minimum(np.searchsorted(other, one), len(other) - 1)
    return np.asarray(one[other[at] == one])
