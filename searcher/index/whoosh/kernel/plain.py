"""A query over one segment with plain lists and dictionaries, which a fresh process has at hand.

Units are blocks while bounds are worked out, and passages of some blocks while scores are; where
a clause holds is a dictionary of them with their scores.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from itertools import accumulate, chain
from typing import TYPE_CHECKING

from searcher.index.whoosh.bm25f import K1, SHARE, rates, report_rate
from searcher.index.whoosh.kernel.found import scaled_bounds
from searcher.index.whoosh.kernel.plain_stages import Bounds, Passages, Record, Scores, Surveyed
from searcher.index.whoosh.kernel.walk import walk
from searcher.index.whoosh.segment_file import as_numbers

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from searcher.index.whoosh.contents import Means
    from searcher.index.whoosh.kernel.found import FoundTerm
    from searcher.index.whoosh.kernel.plan import Plan
    from searcher.index.whoosh.kernel.searching import Batch
    from searcher.index.whoosh.kernel.weights import Gain
    from searcher.index.whoosh.live import LivePart
    from searcher.index.whoosh.records import BlockPostings


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
        return PlainSurvey(self, plan, [self._surveyed(term) for term in found])

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

    def _surveyed(self, found: FoundTerm) -> Surveyed:
        base, passages = self._base(found)
        upper: Scores = {}
        for report, rate in base.items():
            upper.update(dict.fromkeys(self.blocks_of(report), rate))
        reports: Scores = dict(base)
        records = []
        for field, postings in found.passages:
            record = self._record(field, postings)
            records.append(record)
            passages[field] = passages.get(field, 0) + self._live_passages(record)
            self._add_bounds(upper, record)
            if field == "body":
                self._add_bodies(reports, record)
        return Surveyed(
            records, self._live(upper, self.segment.block_reports), reports, base, passages
        )

    def _base(self, found: FoundTerm) -> tuple[Scores, dict[str, int]]:
        base: Scores = {}
        passages: dict[str, int] = {}
        gone, firsts = self.part.removed, self.segment.firsts
        for field, postings in found.reports:
            table, codes = self.rates(field), self.segment.lengths[field]
            count = 0
            for report, frequency in zip(postings.units, postings.frequencies, strict=True):
                if report not in gone:
                    base[report] = base.get(report, 0.0) + frequency * table[codes[report]]
                    count += firsts[report + 1] - firsts[report]
            passages[field] = passages.get(field, 0) + count
        return base, passages

    def _record(self, field: str, postings: BlockPostings) -> Record:
        held = postings.held
        counts = (1,) * postings.n_blocks if held is None else [number + 1 for number in held]
        run = as_numbers(postings.blocks_run, postings.blocks_width)
        return Record(field, list(accumulate(run)), counts, postings)

    def _live_passages(self, record: Record) -> int:
        if not self.part.removed:
            return record.postings.count
        owners, gone = self.segment.block_reports, self.part.removed
        held = zip(record.blocks, record.held, strict=True)
        return sum(number for block, number in held if owners[block] not in gone)

    def _add_bounds(self, upper: Scores, record: Record) -> None:
        found = map(self.bounds(record.field).__getitem__, record.postings.bounds)
        if not upper:
            upper.update(zip(record.blocks, found, strict=True))
            return
        for block, bound in zip(record.blocks, found, strict=True):
            upper[block] = upper.get(block, 0.0) + bound

    def _add_bodies(self, reports: Scores, record: Record) -> None:
        owners, gone = self.segment.block_reports, self.part.removed
        totals: dict[int, int] = {}
        for block, total in zip(record.blocks, record.postings.totals or record.held, strict=True):
            owner = owners[block]
            totals[owner] = totals.get(owner, 0) + total
        lengths, means = self.segment.report_lengths, self.means
        for report, total in totals.items():
            if report not in gone:
                rate = report_rate(lengths[report], means)
                reports[report] = reports.get(report, 0.0) + total * rate

    def _live(self, by_block: Scores, owners: Sequence[int]) -> Scores:
        gone = self.part.removed
        if not gone:
            return by_block
        return {block: score for block, score in by_block.items() if owners[block] not in gone}


class PlainSurvey:
    """One query over one segment."""

    def __init__(self, frame: PlainFrame, plan: Plan, terms: Sequence[Surveyed]) -> None:
        self.frame = frame
        self.plan = plan
        self.terms = terms
        self.evidence: Scores = {}
        self.gains: Sequence[Gain] = ()
        self._ordered: list[tuple[float, int]] = []
        self._taken = 0
        self.opened = 0

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
        owners, evidence = self.frame.segment.block_reports, self.evidence
        bounds = walk(self.plan.root, Bounds(self))
        self._ordered = [
            (score + SHARE * evidence.get(owners[block], 0.0), block)
            for block, score in bounds.items()
        ]
        self._ordered.sort(reverse=True)

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
        return iter([[(score, passage) for passage, score in found if score >= threshold]])

    def matching(self) -> Iterable[int]:
        """Return every passage that matches, ascending."""
        return sorted(self._scores([block for _, block in self._ordered]))

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
