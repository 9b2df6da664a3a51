"""A query tree as the kernel evaluates it: its terms found once, its shape kept."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, assert_never

from searcher.analysis.tokens import forms, stem
from searcher.frozen import dataclass
from searcher.index.whoosh.fields import EXACT, OFFSET, TEXT_FIELDS, publisher_value, term_of
from searcher.query.tree import And, Not, Or, Phrase, Prefix, Query, Range, Value, Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Term:
    """What counts as one term: a text in several fields, or with ``is_start`` all that begin so."""

    text: bytes
    fields: tuple[str, ...]
    is_start: bool = False


@dataclass(frozen=True, slots=True)
class Scoring:
    """Where the term with this number stands; scores, and more where ``form`` stands too.

    Where the term is a stem, the form is the word as it was asked for, else ``None``.
    """

    term: int
    form: int | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """Where terms stand one after another in one field; scores as its terms do."""

    terms: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Holding:
    """Where the record has a value; does not score."""

    field: str
    value: bytes


@dataclass(frozen=True, slots=True)
class Between:
    """Where a number, as it is kept, lies between two ends, both included; does not score."""

    field: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class AllOf:
    """Where every node holds."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Where one node holds."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """Where the node does not hold; does not score."""

    node: Node


Node = Scoring | Run | Holding | Between | AllOf | AnyOf | Without


@dataclass(frozen=True, slots=True)
class Plan:
    """What is evaluated.

    ``uses`` says how often each of ``terms`` adds to the evidence of reports; ``stems`` gives the
    stem of each that stands only for the form of one.
    """

    root: Node
    terms: tuple[Term, ...]
    uses: tuple[int, ...]
    stems: Mapping[int, int]


def plan(query: Query) -> Plan:
    """Return ``query`` as a plan."""
    planning = _Planning()
    root = planning.node(query)
    terms = tuple(planning.terms)
    uses = tuple(planning.uses[number] for number in range(len(terms)))
    stems = {form: term for form, term in planning.stems.items() if form not in planning.uses}
    return Plan(root, terms, uses, stems)


class _Planning:
    """A plan on its way; ``scores`` is off inside a negation."""

    def __init__(self) -> None:
        self.terms: dict[Term, int] = {}
        self.uses: Counter[int] = Counter()
        self.stems: dict[int, int] = {}
        self.scores = True

    def node(self, query: Query) -> Node:
        match query:
            case Word(text, name):
                return _any([self._word(form, name) for form in forms(text)])
            case Prefix(text, name):
                start = Term(_exact("".join(forms(text))), _fields(name), is_start=True)
                return Scoring(self._number(start))
            case Phrase(text, name):
                numbers = self._numbers(map(EXACT.__add__, forms(text)), name)
                return Run(tuple(numbers)) if len(numbers) > 1 else _any(map(Scoring, numbers))
            case Value(name, text):
                value = publisher_value(text) if name == "publisher" else text
                return Holding(name, term_of(value))
            case Range(name, low, high):
                least = 1 if low is None else max(low + OFFSET, 1)
                return Between(name, least, 2 * OFFSET if high is None else high + OFFSET)
            case And(clauses):
                return AllOf(tuple(map(self.node, clauses)))
            case Or(clauses):
                return AnyOf(tuple(map(self.node, clauses)))
            case Not(clause):
                return Without(self._excluded(clause))
            case _:
                assert_never(query)

    def _excluded(self, clause: Query) -> Node:
        scored, self.scores = self.scores, False
        node = self.node(clause)
        self.scores = scored
        return node

    def _word(self, form: str, name: str | None) -> Node:
        (term,) = self._numbers([stem(form)], name)
        exact = Term(_exact(form), _fields(name))
        number = self.terms.setdefault(exact, len(self.terms))
        self.stems[number] = term
        return Scoring(term, number)

    def _numbers(self, texts: Iterable[str], name: str | None) -> list[int]:
        return [self._number(Term(text.encode("utf-8"), _fields(name))) for text in texts]

    def _number(self, term: Term) -> int:
        number = self.terms.setdefault(term, len(self.terms))
        self.uses[number] += self.scores
        return number


def _exact(form: str) -> bytes:
    return (EXACT + form).encode("utf-8")


def _fields(name: str | None) -> tuple[str, ...]:
    return TEXT_FIELDS if name is None else (name,)


def _any(nodes: Iterable[Node]) -> Node:
    """Return one of ``nodes``, of none what never holds."""
    held = tuple(nodes)
    return held[0] if len(held) == 1 else AnyOf(held)
