"""A query over one segment with plain lists and dictionaries, which a fresh process has at hand.

Units are blocks while bounds are worked out, and passages of some blocks while scores are; where
a clause holds is a dictionary of them with their scores.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from functools import cached_property
from itertools import chain
from math import inf
from typing import TYPE_CHECKING

from searcher.index.whoosh.bm25f import EXACT_SHARE, K1, SHARE, rates
from searcher.index.whoosh.kernel.found import scaled_bounds
from searcher.index.whoosh.kernel.plain_stages import Bounds, Matching, Passages, Scores
from searcher.index.whoosh.kernel.plain_term import PlainTerm
from searcher.index.whoosh.kernel.plan import AllOf, Scoring
from searcher.index.whoosh.kernel.searching import FEW, Batch
from searcher.index.whoosh.kernel.walk import walk

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from searcher.index.whoosh.contents import Means
    from searcher.index.whoosh.kernel.found import FoundTerm
    from searcher.index.whoosh.kernel.plan import Plan
    from searcher.index.whoosh.kernel.weights import Gain
    from searcher.index.whoosh.live import LivePart


class PlainFrame:
    """A segment of an index with what every query needs of it."""

    def __init__(self, part: LivePart, means: Means) -> None:
        self.part = part
        self.segment = part.segment
        self.means = means
        self._rates: dict[str, list[float]] = {}
        self._bounds: dict[str, list[float]] = {}

    def survey(self, plan: Plan, found: Sequence[FoundTerm]) -> PlainSurvey:
        """Return what the segment has of the terms of ``plan``, as they were found."""
        return PlainSurvey(self, plan, [PlainTerm(self, term) for term in found])

    def rates(self, field: str) -> list[float]:
        """Return what an occurrence in ``field`` counts, by the byte of the field's length."""
        if field not in self._rates:
            self._rates[field] = rates(field, self.means)
        return self._rates[field]

    def bounds(self, field: str) -> list[float]:
        """Return what the bytes of the bounds of ``field`` stand for."""
        if field not in self._bounds:
            self._bounds[field] = scaled_bounds(self.segment, self.means, field)
        return self._bounds[field]

    def blocks_of(self, report: int) -> range:
        """Return the blocks of a report."""
        owners = self.segment.block_reports
        first = bisect_left(owners, report)
        return range(first, bisect_right(owners, report, first))

    def live_blocks(self) -> Iterable[int]:
        """Return every block that is not removed."""
        gone = self.part.removed
        if not gone:
            return range(self.segment.blocks)
        owners = self.segment.block_reports
        return [block for block in range(self.segment.blocks) if owners[block] not in gone]

    def passages_of(self, blocks: Iterable[int]) -> Iterator[int]:
        """Yield the passages of ``blocks``."""
        firsts = self.segment.block_firsts
        return chain.from_iterable(range(firsts[block], firsts[block + 1]) for block in blocks)


class PlainSurvey:
    """One query over one segment."""

    def __init__(self, frame: PlainFrame, plan: Plan, terms: Sequence[PlainTerm]) -> None:
        self.frame = frame
        self.plan = plan
        self.terms = terms
        self.evidence: Scores = {}
        self.gains: Sequence[Gain] = ()
        self._ordered: list[tuple[float, int]] = []
        self._taken = 0
        self.opened = 0

    def gain(self, term: int | None, form: int | None = None) -> float:
        """Return what a term and its form score at most in a passage."""
        found = 0.0 if term is None else self.gains[term].passage
        return found if form is None else found + EXACT_SHARE * self.gains[form].passage

    def together(
        self, frequencies: Callable[[PlainTerm], Scores], term: int, form: int | None
    ) -> Scores:
        """Return what a term scores by unit, with more where its form stands."""
        if form is None or self.is_shared(term, form):
            return saturated(frequencies(self.terms[term]), self.gain(term, form))
        found = saturated(frequencies(self.terms[term]), self.gain(term))
        more = saturated(frequencies(self.terms[form]), self.gain(None, form))
        return {unit: score + more.get(unit, 0.0) for unit, score in found.items()}

    def is_shared(self, term: int, form: int) -> bool:
        """Tell whether a form has the very postings of its term here."""
        return self.terms[term].found.places == self.terms[form].found.places

    def passages(self, term: int) -> dict[str, int]:
        """Return by field how many passages hold a term."""
        return self.terms[term].passages

    def reports(self, term: int) -> int:
        """Return how many reports hold a term."""
        return len(self.terms[term].reports)

    def weigh(self, gains: Sequence[Gain]) -> None:
        """Take the weights of the terms, and bound every block."""
        self.gains = gains
        for term, gain, uses in zip(self.terms, gains, self.plan.uses, strict=True):
            if uses:
                for report, frequency in term.reports.items():
                    part = uses * gain.report * frequency / (K1 + frequency)
                    self.evidence[report] = self.evidence.get(report, 0.0) + part
        few = self._few()
        self._ordered = self._bounded() if few is None else few

    def restart(self) -> None:
        """Take all blocks as not opened yet."""
        self._taken = self.opened = 0

    def round(self, most: int, _: int, threshold: float) -> Iterator[Batch] | None:
        """Open the ``most`` next blocks; see ``Survey.round``. All that matches is one batch."""
        ordered = self._ordered[self._taken : self._taken + most]
        blocks = [block for bound, block in ordered if bound >= threshold]
        self._taken += len(ordered)
        self.opened += len(blocks)
        if not blocks:
            return None
        found = self._scores(blocks).items()
        high = [(score, passage) for passage, score in found if score >= threshold]
        return iter((Batch(-inf, high),))

    def matching(self) -> Iterable[int]:
        """Return every passage that matches, ascending."""
        return sorted(self._matched)

    @cached_property
    def _matched(self) -> set[int]:
        return walk(self.plan.root, Matching(self, self.frame.live_blocks()))

    def _few(self) -> list[tuple[float, int]] | None:
        """Return the blocks to open if few passages hold all the words that are demanded.

        Which those are is told faster than what every block scores at most.
        """
        root = self.plan.root
        if not isinstance(root, AllOf) or not all(isinstance(n, Scoring) for n in root.nodes):
            return None
        if len(self._matched) > FEW:
            return None
        firsts = self.frame.segment.block_firsts
        blocks = {bisect_right(firsts, passage) - 1 for passage in self._matched}
        return [(inf, block) for block in blocks]

    def _bounded(self) -> list[tuple[float, int]]:
        """Return the blocks that may match, the highest bound first."""
        owners, evidence = self.frame.segment.block_reports, self.evidence
        bounds = walk(self.plan.root, Bounds(self))
        ordered = [
            (score + SHARE * evidence.get(owners[block], 0.0), block)
            for block, score in bounds.items()
        ]
        return sorted(ordered, reverse=True)

    def counts(self) -> dict[int, int]:
        """Return by report how many passages match."""
        return Counter(map(self.frame.segment.owners.__getitem__, self.matching()))

    def _scores(self, blocks: Collection[int]) -> Scores:
        """Return the passages of ``blocks`` that match, with their scores."""
        found = walk(self.plan.root, Passages(self, blocks))
        owners, evidence = self.frame.segment.owners, self.evidence
        return {
            passage: score + SHARE * evidence.get(owners[passage], 0.0)
            for passage, score in found.items()
        }


def saturated(frequencies: Scores, gain: float) -> Scores:
    """Return what a term scores at normalised weighted frequencies."""
    return {unit: gain * found / (K1 + found) for unit, found in frequencies.items()}
