"""A plan's tree walked over some units, blocks or passages, whatever holds their scores."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar, assert_never

from searcher.index.whoosh.kernel.plan import (
    AllOf,
    AnyOf,
    Between,
    Holding,
    Node,
    Run,
    Scoring,
    Without,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

Units = TypeVar("Units")


class Stage(Protocol[Units]):
    """Answers each clause with the units where it holds and their scores, 0 where none scores."""

    def scoring(self, term: int, form: int | None) -> Units:
        """Return where a term stands; it scores more where ``form`` does."""

    def run(self, terms: tuple[int, ...]) -> Units:
        """Return where terms stand one after another."""

    def holding(self, field: str, value: bytes) -> Units:
        """Return where the record has a value."""

    def between(self, field: str, low: int, high: int) -> Units:
        """Return where a number, as it is kept, lies between two ends."""

    def all_of(self, parts: Iterable[Units]) -> Units:
        """Return where all parts hold, with the sum of their scores."""

    def any_of(self, parts: Iterable[Units]) -> Units:
        """Return where a part holds, with the sum of their scores."""

    def without(self, part: Units) -> Units:
        """Return where the part does not hold."""


def walk(node: Node, stage: Stage[Units]) -> Units:
    """Return where ``node`` holds."""
    match node:
        case Scoring(term, form):
            return stage.scoring(term, form)
        case Run(terms):
            return stage.run(terms)
        case Holding(field, value):
            return stage.holding(field, value)
        case Between(field, low, high):
            return stage.between(field, low, high)
        case AllOf(nodes):
            return stage.all_of(walk(part, stage) for part in nodes)
        case AnyOf(nodes):
            return stage.any_of(walk(part, stage) for part in nodes)
        case Without(part):
            return stage.without(walk(part, stage))
        case _:
            assert_never(node)
