"""What the terms of a plan weigh in an index: from how many passages and reports hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from searcher.index.whoosh.bm25f import gain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searcher.index.whoosh.contents import Means


class Gain(NamedTuple):
    """What a term scores at most in a passage, and in a report taken as one document."""

    passage: float
    report: float


class Holders(Protocol):
    """Counts what holds a term in one segment, without what is removed."""

    def passages(self, term: int) -> dict[str, int]:
        """Return by field how many passages hold a term."""

    def reports(self, term: int) -> int:
        """Return how many reports hold a term."""


def gains(surveys: Sequence[Holders], uses: Sequence[int], means: Means) -> list[Gain]:
    """Return the gain of each term; in reports only where it is of use to their evidence.

    A term is held by as many passages as hold it in the field that has it most often; where a
    beginning stands for several words, theirs are added up.
    """
    found = []
    for term, used in enumerate(uses):
        counts: dict[str, int] = {}
        for survey in surveys:
            for field, count in survey.passages(term).items():
                counts[field] = counts.get(field, 0) + count
        passages = min(max(counts.values(), default=0), means.passages)
        reports = sum(survey.reports(term) for survey in surveys) if used else 0
        found.append(Gain(gain(means.passages, passages), gain(means.reports, reports)))
    return found
