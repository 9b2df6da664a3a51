"""What an engine must do to be measured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from benchmarks.speed.engines.collection import MadeReport

HITS = 10


class Kind(StrEnum):
    """Kinds of question."""

    RARE = "rare"
    COMMON = "common"
    OR = "OR of 3"
    AND = "AND of 3"
    PHRASE = "phrase"
    FILTER = "filter + OR"
    PREFIX = "prefix"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: words as they stand in a passage, or the beginning of one.

    ``only`` is the project or the year that ``Kind.FILTER`` keeps to.
    """

    kind: Kind
    words: tuple[str, ...]
    only: str | int | None = None


Found = list[tuple[str, str]]
"""The id of a passage and the title of its report, best first."""

Ask = Callable[[], Found]
"""Answers one question, from its query string to ten hits."""

Ready = TypeVar("Ready")


class Opened(Protocol):
    """An index open for questions."""

    def ask(self, question: Question) -> Ask:
        """Return what answers ``question``; only the call of that is timed."""

    def close(self) -> None:
        """Let go of the files."""


class Engine(Protocol[Ready]):
    """One engine, used as its own documentation advises.

    A passage has its number in the collection for an id; words are searched in its text and in
    the title of its report.
    """

    name: str
    version: str
    kinds: frozenset[Kind]
    """What it can answer."""

    def ready(self, report: MadeReport) -> Ready:
        """Return ``report`` in the engine's own types; not timed."""

    def build(self, reports: Iterator[Ready], folder: Path) -> None:
        """Index ``reports`` in the empty ``folder``."""

    def open(self, folder: Path) -> Opened:
        """Open what ``build`` wrote."""


ALL_KINDS = frozenset(Kind)
