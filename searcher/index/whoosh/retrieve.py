"""A query tree evaluated over Whoosh's postings.

Every clause becomes the passages it matches with their scores; ``And`` intersects and adds,
``Or`` unites and adds, ``Not`` subtracts. Values and ranges match without scoring. Along the
way every term adds to the evidence of the reports that hold it anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, assert_never

from whoosh import query as wq
from whoosh.reading import TermNotFound

from searcher.analysis.tokens import forms, stem
from searcher.index.backend import Matches
from searcher.index.whoosh.bm25f import WEIGHTS, scores
from searcher.index.whoosh.damage import reading
from searcher.index.whoosh.schema import EXACT, TEXT_FIELDS, publisher_value
from searcher.query.tree import And, Not, Or, Phrase, Prefix, Query, Range, Value, Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from searcher.index.whoosh.lengths import Lengths

Scored = dict[int, float]

LARGEST_NUMBER = 2**31 - 1
RECORD_FIELDS = ("title", "about")
"""The fields that say the same on every passage of a report."""


class Posting(NamedTuple):
    """A passage that holds a term: how often, and the length of the field there in terms."""

    passage: int
    frequency: float
    length: int


class WhooshIndex:
    """One open Whoosh index; passages are Whoosh's document numbers until the end."""

    def __init__(self, folder: Path, searcher: Any, lengths: Lengths) -> None:  # noqa: ANN401
        self.folder = folder
        self.searcher = searcher
        self.reader = searcher.reader()
        self.lengths = lengths

    def search(self, query: Query) -> Matches:
        """Return all passages that match ``query``."""
        if not self.all:
            return Matches({}, {}, {})
        evaluation = _Evaluation(self)
        found = evaluation.matching(query)
        named = self._column("key", found)
        reports = {key: self.groups[passage] for passage, key in named.items()}
        return Matches(
            {named[passage]: score for passage, score in found.items()},
            reports,
            {report: evaluation.evidence.get(report, 0.0) for report in set(reports.values())},
        )

    def words(self, start: str) -> Iterable[str]:
        """Return the exact forms that begin with ``start``, in order."""
        found = {
            term.removeprefix(EXACT)
            for name in TEXT_FIELDS
            for term in self.expanded(name, EXACT + start)
            if not self.has_deletions or self.postings(name, term)
        }
        return sorted(found)

    def close(self) -> None:
        """Let go of the files."""
        self.searcher.close()

    @cached_property
    def all(self) -> frozenset[int]:
        """Every passage that is not deleted."""
        with reading(self.folder):
            return frozenset(self.reader.all_doc_ids())

    @cached_property
    def has_deletions(self) -> bool:
        """Whether the postings hold terms of passages that are gone."""
        with reading(self.folder):
            return bool(self.reader.has_deletions())

    @cached_property
    def groups(self) -> Mapping[int, int]:
        """The key of the report of every passage."""
        return self._column("group", self.all)

    def postings(self, name: str, term: str) -> list[Posting]:
        """Return where ``term`` stands in the field ``name``."""
        found = []
        with reading(self.folder):
            try:
                matcher = self.reader.postings(name, term)
            except TermNotFound:
                return []
            while matcher.is_active():
                passage = matcher.id()
                length = self.reader.doc_field_length(passage, name) or 0
                found.append(Posting(passage, matcher.weight(), length))
                matcher.next()
        return found

    def documents(self, query: Any) -> frozenset[int]:  # noqa: ANN401
        """Return the passages that a query of Whoosh's own matches."""
        with reading(self.folder):
            try:
                return frozenset(query.docs(self.searcher))
            except TermNotFound:
                return frozenset()

    def expanded(self, name: str, start: str) -> list[str]:
        """Return the terms of the field ``name`` that begin with ``start``."""
        with reading(self.folder):
            return [term.decode("utf-8") for term in self.reader.expand_prefix(name, start)]

    def _column(self, name: str, passages: Iterable[int]) -> Mapping[int, int]:
        with reading(self.folder):
            column = self.reader.column_reader(name)
            return {passage: int(column[passage]) for passage in passages}


@dataclass(slots=True)
class _Frequencies:
    """The weighted, normalised frequencies of one term, by passage and by report."""

    passages: Scored = field(default_factory=dict)
    reports: Scored = field(default_factory=dict)


@dataclass(slots=True)
class _Evaluation:
    """One query on its way: ``evidence`` grows by every term that scores."""

    index: WhooshIndex
    evidence: Scored = field(default_factory=dict)

    def matching(self, query: Query) -> Scored:
        """Return the passages that match ``query`` with their scores."""
        match query:
            case Word(text, name):
                return self._terms([stem(form) for form in forms(text)], name)
            case Prefix(text, name):
                start = EXACT + "".join(forms(text))
                return self._scored({f: self.index.expanded(f, start) for f in _fields(name)})
            case Phrase(text, name):
                return self._phrase([EXACT + form for form in forms(text)], name)
            case Value("publisher", text):
                return self._unscored(wq.Term("publisher", publisher_value(text)))
            case Value(name, text):
                return self._unscored(wq.Term(name, text))
            case Range(name, low, high):
                return self._unscored(wq.NumericRange(name, _number(low), _number(high)))
            case And(clauses):
                return self._all_of(clauses)
            case Or(clauses):
                return _sum(self.matching(clause) for clause in clauses)
            case Not(clause):
                without = _Evaluation(self.index).matching(clause)
                return dict.fromkeys(self.index.all.difference(without), 0.0)
            case _:
                assert_never(query)

    def _all_of(self, clauses: tuple[Query, ...]) -> Scored:
        parts = [self.matching(clause) for clause in clauses]
        common = set.intersection(*(set(part) for part in parts))
        return {passage: sum(part[passage] for part in parts) for passage in common}

    def _unscored(self, query: Any) -> Scored:  # noqa: ANN401
        return dict.fromkeys(self.index.documents(query), 0.0)

    def _terms(self, terms: list[str], name: str | None) -> Scored:
        return _sum(self._scored({f: [term] for f in _fields(name)}) for term in terms)

    def _phrase(self, terms: list[str], name: str | None) -> Scored:
        weights = self._terms(terms, name)
        if len(terms) == 1:
            return weights
        queries = (wq.Phrase(f, terms) for f in _fields(name))
        holding = {passage for query in queries for passage in self.index.documents(query)}
        return {passage: weights[passage] for passage in holding}

    def _scored(self, terms: Mapping[str, list[str]]) -> Scored:
        """Score ``terms``, by field, as one term: the forms of a prefix count together."""
        found = _Frequencies()
        for name, named in terms.items():
            for term in named:
                self._count(name, term, found)
        reports = scores(found.reports, len(self.index.lengths.reports))
        for report, gain in reports.items():
            self.evidence[report] = self.evidence.get(report, 0.0) + gain
        return scores(found.passages, len(self.index.all))

    def _count(self, name: str, term: str, found: _Frequencies) -> None:
        """Add the weighted, normalised frequencies of one term in one field."""
        weight, b = WEIGHTS[name].weight, WEIGHTS[name].b
        average = self.index.lengths.averages[name] or 1.0
        groups = self.index.groups
        of_report: Scored = {}
        for passage, frequency, length in self.index.postings(name, term):
            norm = 1.0 - b + b * length / average
            found.passages[passage] = found.passages.get(passage, 0.0) + weight * frequency / norm
            report = groups[passage]
            if name in RECORD_FIELDS:
                of_report[report] = weight * frequency / norm
            elif name == "body":
                norm = 1.0 - b + b * self.index.lengths.share_of(report)
                of_report[report] = of_report.get(report, 0.0) + weight * frequency / norm
        for report, frequency in of_report.items():
            found.reports[report] = found.reports.get(report, 0.0) + frequency


def _fields(name: str | None) -> tuple[str, ...]:
    return TEXT_FIELDS if name is None else (name,)


def _number(end: int | None) -> int | None:
    """Return the end of a range as near as a column can hold it."""
    return None if end is None else max(min(end, LARGEST_NUMBER), -LARGEST_NUMBER)


def _sum(parts: Iterable[Scored]) -> Scored:
    total: Scored = {}
    for part in parts:
        for passage, score in part.items():
            total[passage] = total.get(passage, 0.0) + score
    return total
