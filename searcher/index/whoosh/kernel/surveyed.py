"""What a segment has of a term before a block is opened, as arrays; each is made when asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from searcher.index.whoosh.kernel.opened import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from searcher.index.whoosh.kernel.arrays import ArrayFrame
    from searcher.index.whoosh.kernel.found import FoundTerm

    Floats = NDArray[np.float64]
    Numbers = NDArray[np.int64]


class SurveyedTerm:
    """A term in one segment, without what is removed."""

    def __init__(self, frame: ArrayFrame, found: FoundTerm) -> None:
        self.found = found
        self.records: Sequence[Record] = [
            Record(field, postings, len(frame.owners)) for field, postings in found.passages
        ]
        self._frame = frame

    @cached_property
    def passages(self) -> dict[str, int]:
        """How many passages hold the term, by field."""
        frame, counts = self._frame, dict[str, int]()
        for record in self.records:
            count = record.postings.count
            if frame.live is not None:
                count = int(record.held[frame.live[frame.owners[record.blocks]]].sum())
            counts[record.field] = counts.get(record.field, 0) + count
        for field, postings in self.found.reports:
            held = frame.held[np.array(postings.units, dtype=np.int64)]
            counts[field] = counts.get(field, 0) + int(held.sum())
        return counts

    @cached_property
    def base(self) -> Floats | None:
        """What title and record give to each passage, by report; ``None`` where none has it."""
        if not self.found.reports:
            return None
        base = np.zeros(self._frame.segment.reports)
        for field, postings in self.found.reports:
            units = np.array(postings.units, dtype=np.int64)
            base[units] += np.array(postings.frequencies) * self._frame.rates(field)[units]
        return base if self._frame.live is None else base * self._frame.live

    @cached_property
    def reports(self) -> Floats:
        """The normalised weighted frequency of the term, by report."""
        frame, base = self._frame, self.base
        reports = np.zeros(frame.segment.reports) if base is None else base.copy()
        for record in self.records:
            if record.field == "body":
                owners = frame.owners.take(record.blocks)
                reports += np.bincount(owners, record.totals, len(reports)) * frame.report_rates
        return reports if frame.live is None else reports * frame.live

    @cached_property
    def holders(self) -> Numbers:
        """The passages that hold the term, one that does in several fields more than once."""
        frame = self._frame
        found = [
            frame.firsts.take(record.blocks).repeat(record.held) + record.locals
            for record in self.records
        ]
        if self.base is not None:
            found.append(frame.passages_of(self.base.nonzero()[0]))
        holders = np.concatenate(found) if found else np.zeros(0, dtype=np.int64)
        return (
            holders if frame.live is None else holders[frame.by_passage(frame.live).take(holders)]
        )

    @property
    def is_single(self) -> bool:
        """Whether one record says all that there is of the term."""
        return len(self.records) == 1 and not self.found.reports

    @property
    def upper(self) -> Floats:
        """A bound of the normalised weighted frequency of the term, by block."""
        base = self.base
        upper = np.zeros(len(self._frame.owners)) if base is None else base.take(self._frame.owners)
        for record in self.records:
            upper[record.blocks] += self._frame.bounds(record.field).take(record.bounds)
        return upper
