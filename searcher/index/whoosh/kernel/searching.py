"""One query answered over the segments of an index, in rounds of blocks."""

from __future__ import annotations

from itertools import groupby, islice
from typing import TYPE_CHECKING, NamedTuple, Protocol

from searcher.index.whoosh.kernel.tally import SLACK, Scored, Tally, id_of
from searcher.index.whoosh.kernel.weights import Holders, gains

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from searcher.index.whoosh.contents import Means
    from searcher.index.whoosh.kernel.plan import Plan
    from searcher.index.whoosh.kernel.weights import Gain
    from searcher.index.whoosh.segment import Segment


class Batch(NamedTuple):
    """Scores with the passages, by number, that have them; what follows scores below ``floor``."""

    floor: float
    found: list[tuple[float, int]]


FIRST_ROUND = 32
"""Blocks that are opened before anything is known of what the best passages score."""
MOST = 2048
"""Blocks that are opened at a time, whatever is asked: so much memory is enough."""
MARGIN = 4 * SLACK
"""How far below the last passage that is wanted a batch goes on: whatever ties with it is in."""
FEW = 1000
"""Passages that are all scored, rather than the blocks be bounded that may hold them."""
GROWTH = 8
"""How many times as many blocks are opened in each round after that."""


class Survey(Holders, Protocol):
    """One query over one segment: first what is known without opening a block, then the rest.

    ``opened`` counts the blocks opened since ``restart``.
    """

    opened: int

    def weigh(self, gains: Sequence[Gain]) -> None:
        """Take the weights of the terms, and bound every block."""

    def restart(self) -> None:
        """Take all blocks as not opened yet."""

    def round(self, most: int, number: int, threshold: float) -> Iterator[Batch] | None:
        """Open the ``most`` blocks of the highest bounds not opened yet, and yield what matches.

        What scores less than ``threshold`` is left out. Of more than ``number`` passages the
        best come first, in a batch of their own.
        ``None`` says that no block is left that could hold a passage of that score.
        """

    def matching(self) -> Iterable[int]:
        """Return every passage that matches, ascending."""

    def counts(self) -> dict[int, int]:
        """Return by report, by number, how many passages match."""


def weigh_all(surveys: Sequence[Survey], plan: Plan, means: Means) -> None:
    """Weigh the terms of ``plan`` in all segments at once."""
    weights = gains(surveys, plan.uses, means)
    for survey in surveys:
        survey.weigh(weights)


def best(surveys: Sequence[Survey], tally: Tally) -> list[Scored]:
    """Return the best passages, as many as ``tally`` takes."""
    for segment, survey in enumerate(surveys):
        survey.restart()
        most = FIRST_ROUND
        while (found := survey.round(most, tally.wanted, tally.threshold)) is not None:
            for batch in found:
                tally.add(segment, batch.found)
                if tally.is_above(batch.floor):
                    break
            most = min(most * GROWTH, MOST)
    return tally.kept


def first(surveys: Sequence[Survey], segments: Sequence[Segment], tally: Tally) -> list[Scored]:
    """Return the first passages by their ids, where none scores."""
    reports: list[tuple[str, int, list[int]]] = []
    for number, (survey, segment) in enumerate(zip(surveys, segments, strict=True)):
        for report, held in groupby(survey.matching(), key=segment.owners.__getitem__):
            passages = list(held)
            start = segment.report_text(report)[0] + (
                "#" if segment.page(passages[0]) is None else "@"
            )
            reports.append((start, number, passages))
    reports.sort()
    listed = (
        Scored(0.0, number, passage)
        for _, number, passages in reports
        for passage in _by_id(segments[number], passages)[: tally.per_report or None]
    )
    return list(islice(listed, tally.number))


def _by_id(segment: Segment, passages: list[int]) -> list[int]:
    return sorted(passages, key=lambda passage: id_of(segment, passage))
