"""The answer to one query: hits, totals, facets, and what was not searched."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from searcher.frozen import dataclass

if TYPE_CHECKING:
    from searcher.document import Span
    from searcher.results.report import PassageRef, Report


@dataclass(frozen=True, slots=True)
class Snippet:
    """An extract of a passage: ``highlights`` point into ``text``, ``span`` into the report."""

    text: str
    highlights: tuple[Span, ...]
    span: Span


class ScorePart(NamedTuple):
    """What one word of a query adds to a score, as often as it was asked for.

    ``passage`` is what any inflection of it in the passage adds, ``exact`` the very word there,
    and ``report`` what it adds by standing anywhere in the report.
    """

    word: str
    passage: float
    exact: float
    report: float

    @property
    def score(self) -> float:
        """What all three add."""
        return self.passage + self.exact + self.report


@dataclass(frozen=True, slots=True)
class Hit:
    """One passage that answers, ``rank`` from 1; a higher ``score`` is better.

    Where it was asked for, ``parts`` is what each word adds to the score.
    """

    rank: int
    score: float
    report: Report
    passage: PassageRef
    snippet: Snippet
    parts: tuple[ScorePart, ...] | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """One value of a field with the number of projects, reports and passages that have it."""

    id: str
    label: str
    projects: int
    reports: int
    passages: int


@dataclass(frozen=True, slots=True)
class Totals:
    """How many matched, whether shown or not."""

    passages: int
    reports: int
    projects: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was searched and what was not. ``built`` is UTC, ISO 8601."""

    reports: int
    pages: int
    pages_without_text: int
    quarantined: int
    generation: str
    fingerprint: str
    built: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as it was understood.

    ``any_word`` says that any of the words was enough: because no passage held them all, which
    ``fell_back`` tells, or because it was asked for. ``suggestion`` is the query with a word that
    is in no passage replaced; it was not searched for.
    """

    text: str
    parsed: str
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    expansions: tuple[tuple[str, tuple[str, ...]], ...] = ()
    suggestion: str | None = None
    any_word: bool = False
    fell_back: bool = False


@dataclass(frozen=True, slots=True)
class Results:
    """Everything an answer says. Hits are ordered by score, then by passage id.

    ``held_back`` passages are in none of its pages, as their reports have enough hits already.
    """

    asked: Asked
    totals: Totals
    coverage: Coverage
    hits: tuple[Hit, ...] = ()
    facets: tuple[tuple[str, tuple[Facet, ...]], ...] = ()
    held_back: int = 0
