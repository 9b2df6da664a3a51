"""From what passages score to the order in which they are shown.

A passage answers as part of its report: the words of a question are often split between the
report (its place, its project) and the page. So a passage's score is its own BM25F plus a share
of its report's evidence, which is the best score that any of the report's passages has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

REPORT_SHARE = 0.0
"""How much of its report's evidence counts for a passage."""


class Ranked(NamedTuple):
    """A passage by key with its final score; ``report`` is the report's key."""

    score: float
    passage: int
    report: int


def rank(scores: Mapping[int, float], reports: Mapping[int, int]) -> list[Ranked]:
    """Return every passage of ``scores``, best first, then by key.

    ``reports`` gives the report of each passage.
    """
    best: dict[int, float] = {}
    for passage, score in scores.items():
        report = reports[passage]
        best[report] = max(score, best.get(report, 0.0))
    ranked = [
        Ranked(score + REPORT_SHARE * best[reports[passage]], passage, reports[passage])
        for passage, score in scores.items()
    ]
    ranked.sort(key=lambda hit: (-hit.score, hit.passage))
    return ranked
