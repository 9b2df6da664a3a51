"""The best passages so far: at most so many of one report, ties by their ids."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from searcher.results.report import passage_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from searcher.index.whoosh.segment import Segment

DIGITS = 9
"""Places of a score: the order in which a build added up does not show in an answer's order."""
SLACK = 10.0**-DIGITS
"""How far below the threshold a score can lie and still be a tie once it is rounded."""


class Scored(NamedTuple):
    """A passage of a segment, both by number, with its score."""

    score: float
    segment: int
    passage: int


class Tally:
    """Keeps the best ``number`` passages, of each report the best ``per_report``; 0 is no bound."""

    def __init__(self, segments: Sequence[Segment], number: int, per_report: int) -> None:
        self.number = number
        self.per_report = per_report
        self.wanted = 4 * number if per_report else number
        """How many of the best passages of a round are most often enough."""
        self.kept: list[Scored] = []
        self.threshold = float("-inf")
        """What a passage has to score to be among the best."""
        self._segments = segments

    def add(self, segment: int, found: Iterable[tuple[float, int]]) -> None:
        """Take in passages of one segment with their scores, each once."""
        fresh = [Scored(round(score, DIGITS), segment, passage) for score, passage in found]
        self.kept = self._admitted(self._in_order([*self.kept, *fresh]))
        if len(self.kept) == self.number:
            self.threshold = self.kept[-1].score - SLACK

    def is_above(self, score: float) -> bool:
        """Tell whether what scores less than ``score`` cannot be among the best any more."""
        return self.threshold >= score

    def _in_order(self, found: list[Scored]) -> Iterable[Scored]:
        found.sort(key=itemgetter(0), reverse=True)
        for _, tied in groupby(found, key=itemgetter(0)):
            together = list(tied)
            if len(together) > 1:
                together.sort(key=self._id)
            yield from together

    def _admitted(self, ordered: Iterable[Scored]) -> list[Scored]:
        most = self.per_report or self.number
        held: Counter[tuple[int, int]] = Counter()
        admitted: list[Scored] = []
        for scored in ordered:
            if len(admitted) == self.number:
                break
            report = (scored.segment, self._segments[scored.segment].owners[scored.passage])
            held[report] += 1
            if held[report] <= most:
                admitted.append(scored)
        return admitted

    def _id(self, scored: Scored) -> str:
        return id_of(self._segments[scored.segment], scored.passage)


def id_of(segment: Segment, passage: int) -> str:
    """Return the id of a passage of ``segment``."""
    report_id, _, _ = segment.report_text(segment.owners[passage])
    return passage_id(report_id, segment.page(passage), segment.span(passage))
