"""What an evaluation found: the measures of each query, and their means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from searcher.results.shape import Shape

JUDGED = "judged"
KNOWN_ITEMS = "known-items"

Measures = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class QueryScore:
    """The measures of one query; ``id`` of a known item is its number in the file, from 1."""

    id: str
    kind: str
    measures: Measures


@dataclass(frozen=True, slots=True)
class KindScore:
    """The mean measures of the known items of one kind, by page over those ``with_page``."""

    kind: str
    queries: int
    with_page: int
    measures: Measures


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The mean measures of a set of queries on one generation.

    ``queries`` are in the file, ``scored`` of them count; ``kinds`` is empty for judged queries;
    ``notes`` say what the files or the index do not hold; ``run`` is where the run was written.
    """

    kind: str
    depth: int
    queries: int
    generation: str
    fingerprint: str
    per_query: tuple[QueryScore, ...]
    kinds: tuple[KindScore, ...] = ()
    notes: tuple[str, ...] = ()
    run: str | None = None

    @property
    def scored(self) -> int:
        """How many queries count: those that have a relevant document."""
        return len(self.per_query)

    @property
    def measures(self) -> Measures:
        """The means over all queries that count."""
        return means([score.measures for score in self.per_query])


def means(scores: Sequence[Measures]) -> Measures:
    """Return the mean of each measure over the queries that have it, in first-met order."""
    values: dict[str, list[float]] = {}
    for measures in scores:
        for name, value in measures:
            values.setdefault(name, []).append(value)
    return tuple((name, sum(found) / len(found)) for name, found in values.items())


def named(measures: Mapping[str, float]) -> Measures:
    """Return ``measures`` as an evaluation holds them."""
    return tuple(measures.items())


def evaluation_shape(evaluation: Evaluation) -> Shape:
    """Return an evaluation as ``evaluate --json`` prints it."""
    return {
        "schema": "searcher/evaluation/1",
        "kind": evaluation.kind,
        "depth": evaluation.depth,
        "queries": evaluation.queries,
        "scored": evaluation.scored,
        "generation": evaluation.generation,
        "fingerprint": evaluation.fingerprint,
        "measures": dict(evaluation.measures),
        "kinds": {
            kind.kind: {
                "queries": kind.queries,
                "with_page": kind.with_page,
                "measures": dict(kind.measures),
            }
            for kind in evaluation.kinds
        },
        "per_query": [
            {"id": score.id, "kind": score.kind, "measures": dict(score.measures)}
            for score in evaluation.per_query
        ],
        "run": evaluation.run,
        "notes": list(evaluation.notes),
    }
