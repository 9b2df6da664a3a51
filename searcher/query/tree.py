"""The query tree: a closed union of clauses.

``Word``, ``Phrase`` and ``Prefix`` look into text and score; a field of ``None`` means all text.
``Value`` and ``Range`` look into a report's record and only restrict.
"""

from __future__ import annotations

from searcher.frozen import dataclass

TEXT_FIELDS = ("title", "heading", "body")
VALUE_FIELDS = ("report", "project", "theme", "outcome", "design", "publisher")
RANGE_FIELDS = ("year", "page")
FIELDS = (*TEXT_FIELDS, *VALUE_FIELDS, *RANGE_FIELDS)


@dataclass(frozen=True, slots=True)
class Word:
    """A word in any of its inflections."""

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """Exact words, in order, side by side."""

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Prefix:
    """Every word that begins so."""

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """A value of the report's record: an id or a label."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Range:
    """Whole numbers from ``low`` to ``high``, both included; ``None`` is open."""

    field: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class And:
    """All clauses hold. ``implicit`` means that the words merely stood side by side."""

    clauses: tuple[Query, ...]
    implicit: bool = False


@dataclass(frozen=True, slots=True)
class Or:
    """At least one clause holds."""

    clauses: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The clause does not hold."""

    clause: Query


def depth(query: Query) -> int:
    """Return how deep brackets and NOT stand in one another when ``query`` is written out."""
    match query:
        case And(clauses) | Or(clauses):
            return max(depth(clause) + isinstance(clause, And | Or) for clause in clauses)
        case Not(clause):
            return 1 + depth(clause) + isinstance(clause, And | Or)
        case _:
            return 0


Query = Word | Phrase | Prefix | Value | Range | And | Or | Not
