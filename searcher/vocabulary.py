"""Controlled vocabularies: the concepts a report can be about, and their labels.

A concept's id is stable; its preferred label is for people; alternative labels are what else
it is called. ``broader`` names concepts of the same vocabulary and makes a tree.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from searcher.frozen import dataclass
from searcher.near import nearest

if TYPE_CHECKING:
    from searcher.document import Source, Span


class ConceptKind(StrEnum):
    """The vocabularies a report is described with."""

    PROJECT = "project"
    THEME = "theme"
    OUTCOME = "outcome"
    DESIGN = "design"


class Polarity(StrEnum):
    """Whether a rise of an outcome is good for children and families."""

    UP_GOOD = "up_good"
    DOWN_GOOD = "down_good"
    DEPENDS = "depends"
    NONE = "none"


class Status(StrEnum):
    """How far a row may be trusted: ``recalled`` is never shown as fact."""

    SOURCED = "sourced"
    JUDGEMENT = "judgement"
    RECALLED = "recalled"


@dataclass(frozen=True, slots=True)
class Concept:
    """One entry of a vocabulary. ``facts`` are the columns of its own kind, by name."""

    kind: ConceptKind
    id: str
    label: str
    alternatives: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    definition: str = ""
    polarity: Polarity | None = None
    status: Status = Status.SOURCED
    sources: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """The preferred label, then the alternative ones."""
        return (self.label, *self.alternatives)


@dataclass(frozen=True, slots=True)
class Acronym:
    """One reading of an ambiguous token, believed where a word of ``evidence`` occurs too.

    ``kind`` and ``concept`` are ``None`` for a reading that is no concept of ours.
    """

    token: str
    kind: ConceptKind | None
    concept: str | None
    evidence: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Level:
    """One step of an evidence scale; ``rank`` orders the steps of one scale, higher is more."""

    id: str
    scale: str
    level: str
    rank: str
    label: str
    definition: str
    status: Status
    sources: tuple[str, ...] = ()


def normalise_label(label: str) -> str:
    """Return ``label`` as it is compared: case folded, hyphens and white space as one space."""
    return " ".join(label.casefold().replace("-", " ").replace("’", "'").split())


class Vocabulary:
    """The concepts of one kind, by id and by label; it never changes."""

    __slots__ = ("_by_id", "_by_label", "concepts", "kind")

    def __init__(self, kind: ConceptKind, concepts: tuple[Concept, ...] = ()) -> None:
        self.kind = kind
        self.concepts = concepts
        self._by_id = {concept.id: concept for concept in concepts}
        self._by_label: dict[str, Concept] = {}

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Vocabulary):
            return NotImplemented
        return (self.kind, self.concepts) == (other.kind, other.concepts)

    def __hash__(self) -> int:
        return hash((self.kind, self.concepts))

    def __repr__(self) -> str:
        return f"Vocabulary({self.kind!r}, {self.concepts!r})"

    def _labelled(self) -> dict[str, Concept]:
        """Return the concepts by every label, made when it is first asked for."""
        if not self._by_label:
            for concept in self.concepts:
                self._by_label.setdefault(normalise_label(concept.label), concept)
            for concept in self.concepts:
                for label in (concept.id, *concept.alternatives):
                    self._by_label.setdefault(normalise_label(label), concept)
        return self._by_label

    def find(self, name: str) -> Concept | None:
        """Return the concept with this id or label, preferred labels first."""
        return self._by_id.get(name) or self._labelled().get(normalise_label(name))

    def label(self, concept_id: str) -> str:
        """Return the preferred label of ``concept_id``; an id without a row is its own label."""
        concept = self._by_id.get(concept_id)
        return concept.label if concept else concept_id

    def near(self, name: str, *, limit: int = 3) -> tuple[str, ...]:
        """Return the ids whose id or label is nearest to ``name``, best first."""
        labelled = self._labelled()
        close = nearest(name, labelled, limit=len(labelled))
        return tuple(dict.fromkeys(labelled[label].id for label in close))[:limit]

    def with_narrower(self, concept_id: str) -> tuple[str, ...]:
        """Return ``concept_id`` and every id below it, in the vocabulary's order."""
        found = {concept_id}
        grown = True
        while grown:
            below = {c.id for c in self.concepts if found.intersection(c.broader)} - found
            found |= below
            grown = bool(below)
        return tuple(c.id for c in self.concepts if c.id in found) or (concept_id,)


@dataclass(frozen=True, slots=True)
class Vocabularies:
    """All that ``corpus/vocabulary/`` holds; ``fingerprint`` is the SHA-256 of its files."""

    projects: Vocabulary = Vocabulary(ConceptKind.PROJECT)
    themes: Vocabulary = Vocabulary(ConceptKind.THEME)
    outcomes: Vocabulary = Vocabulary(ConceptKind.OUTCOME)
    designs: Vocabulary = Vocabulary(ConceptKind.DESIGN)
    acronyms: tuple[Acronym, ...] = ()
    scales: tuple[Level, ...] = ()
    fingerprint: str = ""

    def of(self, kind: ConceptKind) -> Vocabulary:
        """Return the vocabulary of ``kind``."""
        return {
            ConceptKind.PROJECT: self.projects,
            ConceptKind.THEME: self.themes,
            ConceptKind.OUTCOME: self.outcomes,
            ConceptKind.DESIGN: self.designs,
        }[kind]


@dataclass(frozen=True, slots=True)
class Assignment:
    """A concept a report is about: how surely (0..1), on whose word, and where it says so."""

    kind: ConceptKind
    concept: str
    score: float
    source: Source
    span: Span | None = None
