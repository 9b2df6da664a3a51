"""What a segment has of a term before a block is opened, in lists; each is made when asked for."""

from __future__ import annotations

from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from searcher.index.whoosh.bm25f import report_rate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searcher.index.whoosh.kernel.found import FoundTerm
    from searcher.index.whoosh.kernel.plain import PlainFrame
    from searcher.index.whoosh.records import BlockPostings


class Record(NamedTuple):
    """The postings of a term in a field of passages: blocks, passages of each, and the rest."""

    field: str
    blocks: list[int]
    held: Sequence[int]
    postings: BlockPostings


class PlainTerm:
    """A term in one segment, without what is removed."""

    def __init__(self, frame: PlainFrame, found: FoundTerm) -> None:
        self.found = found
        self._frame = frame

    @cached_property
    def records(self) -> list[Record]:
        """The postings of the term in each field of passages."""
        return [_record(field, postings) for field, postings in self.found.passages]

    @cached_property
    def passages(self) -> dict[str, int]:
        """How many passages hold the term, by field."""
        gone, firsts = self._frame.part.removed, self._frame.segment.firsts
        counts: dict[str, int] = {}
        for field, postings in self.found.passages:
            counts[field] = counts.get(field, 0) + postings.count
        for record in self.records if gone else ():
            counts[record.field] -= self._removed(record)
        for field, held in self.found.reports:
            live = (report for report in held.units if report not in gone)
            count = sum(firsts[report + 1] - firsts[report] for report in live)
            counts[field] = counts.get(field, 0) + count
        return counts

    @cached_property
    def base(self) -> dict[int, float]:
        """What title and record give to each passage, by report."""
        frame, base = self._frame, dict[int, float]()
        for field, held in self.found.reports:
            table, codes = frame.rates(field), frame.segment.lengths[field]
            for report, frequency in zip(held.units, held.frequencies, strict=True):
                if report not in frame.part.removed:
                    base[report] = base.get(report, 0.0) + frequency * table[codes[report]]
        return base

    @cached_property
    def upper(self) -> dict[int, float]:
        """A bound of the normalised weighted frequency of the term, by block."""
        frame, upper = self._frame, dict[int, float]()
        for report, rate in self.base.items():
            upper.update(dict.fromkeys(frame.blocks_of(report), rate))
        for record in self.records:
            found = map(frame.bounds(record.field).__getitem__, record.postings.bounds)
            if not upper:
                upper = dict(zip(record.blocks, found, strict=True))
                continue
            for block, bound in zip(record.blocks, found, strict=True):
                upper[block] = upper.get(block, 0.0) + bound
        gone, owners = frame.part.removed, frame.segment.block_reports
        return {b: u for b, u in upper.items() if owners[b] not in gone} if gone else upper

    @cached_property
    def reports(self) -> dict[int, float]:
        """The normalised weighted frequency of the term, by report."""
        frame, reports = self._frame, dict(self.base)
        lengths, owners, gone = (
            frame.segment.report_lengths, frame.segment.block_reports, frame.part.removed
        )  # fmt: skip
        totals: dict[int, int] = {}
        for record in self.records:
            occurring = record.postings.totals or record.held if record.field == "body" else ()
            for block, total in zip(record.blocks, occurring, strict=False):
                totals[owners[block]] = totals.get(owners[block], 0) + total
        for report, total in totals.items():
            if report not in gone:
                rate = report_rate(lengths[report], frame.means)
                reports[report] = reports.get(report, 0.0) + total * rate
        return reports

    def _removed(self, record: Record) -> int:
        """Return how many of the passages of a record are removed."""
        owners, gone = self._frame.segment.block_reports, self._frame.part.removed
        held = zip(record.blocks, record.held, strict=True)
        return sum(number for block, number in held if owners[block] in gone)


def _record(field: str, postings: BlockPostings) -> Record:
    held = postings.held
    counts = (1,) * postings.n_blocks if held is None else [number + 1 for number in held]
    return Record(field, list(accumulate(postings.block_numbers())), counts, postings)
