"""A query over one segment with numpy's arrays, for many queries or long postings.

Where a clause holds is a pair of arrays over some units: whether, and with what score. Units are
all blocks while bounds are worked out, and the passages of the opened blocks while scores are,
each at its slot; ``None`` stands for an array that is the same everywhere: true, or 0.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from searcher.index.whoosh.bm25f import EXACT_SHARE, K1, SHARE, WEIGHTS, rates
from searcher.index.whoosh.kernel.array_stages import Bounds, Passages
from searcher.index.whoosh.kernel.found import scaled_bounds
from searcher.index.whoosh.kernel.plan import AllOf, Scoring
from searcher.index.whoosh.kernel.searching import FEW, MARGIN, MOST, Batch
from searcher.index.whoosh.kernel.surveyed import SurveyedTerm
from searcher.index.whoosh.kernel.walk import walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from searcher.index.whoosh.contents import Means
    from searcher.index.whoosh.kernel.found import FoundTerm
    from searcher.index.whoosh.kernel.plan import Plan
    from searcher.index.whoosh.kernel.weights import Gain
    from searcher.index.whoosh.live import LivePart

    Floats = NDArray[np.float64]
    Numbers = NDArray[np.int64]
    Mask = NDArray[np.bool_]


SAMPLE = 1000
"""Bounds that are looked at to tell how high the highest are."""
LEAST = -1e300
"""Below every bound but that of a block where the query cannot hold."""


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
        self._saturated: dict[str, Floats] = {}

    def survey(self, plan: Plan, found: Sequence[FoundTerm]) -> ArraySurvey:
        """Return what the segment has of the terms of ``plan``, as they were found."""
        return ArraySurvey(self, plan, [SurveyedTerm(self, term) for term in found])

    def rates(self, field: str) -> Floats:
        """Return what an occurrence in ``field`` counts, by unit of the field."""
        if field not in self._rates:
            codes = np.asarray(self.segment.lengths[field])
            self._rates[field] = np.array(rates(field, self.means)).take(codes)
        return self._rates[field]

    @cached_property
    def _report_firsts(self) -> Numbers:
        return np.array(self.segment.firsts, dtype=np.int64)

    @cached_property
    def held(self) -> Numbers:
        """How many passages each report has; none where it is removed."""
        firsts = self._report_firsts
        held = np.asarray(firsts[1:] - firsts[:-1], dtype=np.int64)
        return held if self.live is None else np.where(self.live, held, 0)

    def by_passage(self, by_report: Mask) -> Mask:
        """Return what holds of reports for each of their passages."""
        return by_report.take(np.asarray(self.segment.owners))

    def passages_of(self, reports: Numbers) -> Numbers:
        """Return the passages of ``reports``, none of which is removed."""
        counts = self.held.take(reports)
        ahead = self._report_firsts.take(reports) - (counts.cumsum() - counts)
        inside = np.arange(int(counts.sum()), dtype=np.int64)
        return inside + np.asarray(ahead, dtype=np.int64).repeat(counts)

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

    def saturated_bounds(self, field: str) -> Floats:
        """Return the same as shares of what a term scores at most."""
        if field not in self._saturated:
            bounds = self.bounds(field)
            self._saturated[field] = bounds / (K1 + bounds)
        return self._saturated[field]

    def of_reports(self, reports: Iterable[int]) -> Mask:
        """Return which reports are among ``reports``."""
        mask = np.zeros(self.segment.reports, dtype=bool)
        mask[list(reports)] = True
        return mask

    def between(self, field: str, low: int, high: int) -> Mask:
        """Return which units of ``field`` have a number between two ends, both included."""
        numbers = np.asarray(self.segment.numbers[field])
        return (numbers >= low) & (numbers <= high)


class ArraySurvey:
    """One query over one segment."""

    def __init__(self, frame: ArrayFrame, plan: Plan, terms: Sequence[SurveyedTerm]) -> None:
        self.frame = frame
        self.plan = plan
        self.terms = terms
        self.gains: Sequence[Gain] = ()
        self.evidence = np.zeros(frame.segment.reports)
        self.opened = 0
        self._bounds = np.zeros(0)
        self._left = self._bounds
        self._are_few = False

    def gain(self, term: int | None, form: int | None = None) -> float:
        """Return what a term and its form score at most in a passage."""
        found = 0.0 if term is None else self.gains[term].passage
        return found if form is None else found + EXACT_SHARE * self.gains[form].passage

    def is_shared(self, term: int, form: int) -> bool:
        """Tell whether a form has the very postings of its term here."""
        return self.terms[term].found.places == self.terms[form].found.places

    @cached_property
    def read(self) -> list[int]:
        """The terms whose postings are read: not those of forms that their stems share."""
        shared = {form for form, term in self.plan.stems.items() if self.is_shared(term, form)}
        return [number for number in range(len(self.terms)) if number not in shared]

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
        few = self._few()
        self._are_few = few is not None
        if few is not None:
            self._bounds = np.full(len(self.frame.owners), -np.inf)
            self._bounds[few] = np.inf
            return
        frame = self.frame
        stage = Bounds(self)
        held = walk(self.plan.root, stage)
        bounds = (SHARE * self.evidence).take(frame.owners)
        if held.scores is not None:
            bounds += held.scores
        bounds[~stage.mask(held)] = -np.inf
        if frame.live is not None:
            bounds[~frame.live[frame.owners]] = -np.inf
        self._bounds = bounds

    def _few(self) -> Numbers | None:
        """Return the blocks to open if few passages hold all the words that are demanded.

        Which those are is told faster than what every block scores at most.
        """
        root = self.plan.root
        if not isinstance(root, AllOf) or not all(isinstance(n, Scoring) for n in root.nodes):
            return None
        terms = [self.terms[node.term] for node in root.nodes if isinstance(node, Scoring)]
        left = min(terms, key=lambda term: sum(term.passages.values())).holders
        for term in terms:
            mark = np.zeros(self.frame.segment.passages, dtype=bool)
            mark[term.holders] = True
            left = left[mark.take(left)]
        if len(left) > FEW:
            return None
        return np.unique(self.frame.firsts.searchsorted(left, side="right") - 1)

    def restart(self) -> None:
        """Take all blocks as not opened yet."""
        self._left = self._bounds.copy()
        self.opened = 0

    def round(self, most: int, number: int, threshold: float) -> Iterator[Batch] | None:
        """Open the ``most`` next blocks; see ``Survey.round``."""
        bounds = self._left
        least = max(threshold, LEAST)
        if self._are_few:
            most = MOST
        elif threshold == -np.inf:
            least = max(least, _cut(bounds, most))
        blocks = (bounds >= least).nonzero()[0]
        if not len(blocks):
            return None
        if len(blocks) > 2 * most:
            blocks = np.sort(blocks[np.argpartition(bounds[blocks], -most)[-most:]])
        bounds[blocks] = -np.inf
        self.opened += len(blocks)
        return self._batches(Passages(self, blocks), number, threshold)

    def matching(self) -> Iterator[int]:
        """Return every passage that matches, ascending."""
        for universe in self._all():
            yield from universe.numbers[universe.mask(universe.matching())].tolist()

    def counts(self) -> dict[int, int]:
        """Return by report how many passages match."""
        counts = np.zeros(self.frame.segment.reports, dtype=np.int64)
        for universe in self._all():
            owners = universe.owners[universe.mask(universe.matching())]
            counts += np.bincount(owners, minlength=len(counts))
        held = np.flatnonzero(counts)
        return dict(zip(held.tolist(), counts[held].tolist(), strict=True))

    def _all(self) -> Iterator[Passages]:
        """Yield all passages of blocks where the query may hold, so many at a time."""
        blocks = np.flatnonzero(self._bounds >= LEAST)
        for first in range(0, len(blocks), MOST):
            yield Passages(self, blocks[first : first + MOST])

    def _batches(self, universe: Passages, number: int, threshold: float) -> Iterator[Batch]:
        held = universe.matching()
        slots = universe.mask(held).nonzero()[0]
        total = SHARE * self.evidence.take(universe.owners.take(slots))
        if held.scores is not None:
            total += held.scores.take(slots)
        kept = total >= threshold
        total, passages = total[kept], universe.numbers[slots[kept]]
        if len(total) > number:
            floor = float(np.partition(total, -number)[-number]) - MARGIN
            high = total >= floor
            yield Batch(floor, _paired(total[high], passages[high]))
            total, passages = total[~high], passages[~high]
        yield Batch(-np.inf, _paired(total, passages))


def _paired(scores: Floats, passages: Numbers) -> list[tuple[float, int]]:
    return list(zip(scores.tolist(), passages.tolist(), strict=True))


def _cut(bounds: Floats, most: int) -> float:
    """Return a bound that about ``most`` of ``bounds`` reach, as a sample of them has it."""
    sample = bounds[:: 1 + len(bounds) // SAMPLE]
    place = most * len(sample) // max(len(bounds), 1)
    return float(np.partition(sample, -place - 1)[-place - 1]) if place < len(sample) else LEAST
