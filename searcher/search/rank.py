"""From what passages score to the order in which they are shown.

A passage answers as part of its report: the words of a question are often split between the
report (its place, its project, its publisher) and the page. So a passage's final score is

    score(p) = BM25F(p) + SHARE · BM25F(report of p, taken as one document)

The share is one half: a report's evidence orders passages that answer about equally well, and
does not lift a passage that answers little. ``docs/quality.md`` has what it brings.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from searcher.index.backend import Matches

SHARE = 0.5
DIGITS = 9
"""Places of a score: the order in which a build added up does not show in an answer's order."""


class Ranked(NamedTuple):
    """A passage by key with its final score; ``report`` is the report's key."""

    score: float
    passage: int
    report: int


def rank(matches: Matches) -> list[Ranked]:
    """Return every passage of ``matches``, best first.

    Passages of equal score are neighbours in no particular order: only the library knows the
    ids that settle it, and asks for them where such passages are shown.
    """
    ranked = [
        Ranked(round(score + SHARE * matches.evidence[report], DIGITS), passage, report)
        for passage, score in matches.scores.items()
        for report in (matches.reports[passage],)
    ]
    return sorted(ranked, key=attrgetter("score"), reverse=True)
