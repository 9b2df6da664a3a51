"""A query tree evaluated over Whoosh's postings.

Every clause becomes the passages it matches with their scores; ``And`` intersects and adds,
``Or`` unites and adds, ``Not`` subtracts. Values and ranges match without scoring.
"""

from __future__ import annotations

import struct
from functools import cached_property
from typing import TYPE_CHECKING, Any, assert_never

from whoosh import query as wq
from whoosh.reading import TermNotFound

from searcher.analysis.tokens import forms, stem
from searcher.index.backend import Matches
from searcher.index.whoosh.bm25f import WEIGHTS, scores
from searcher.index.whoosh.schema import EXACT, TEXT_FIELDS, publisher_value
from searcher.query.tree import And, Not, Or, Phrase, Prefix, Query, Range, Value, Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Scored = dict[int, float]


class WhooshIndex:
    """One open Whoosh index; passages are Whoosh's document numbers until the end."""

    def __init__(self, searcher: Any, averages: Mapping[str, float]) -> None:  # noqa: ANN401
        self._searcher = searcher
        self._reader = searcher.reader()
        self._averages = averages

    def search(self, query: Query) -> Matches:
        """Return all passages that match ``query``."""
        found = self._matching(query)
        keys = self._reader.column_reader("key")
        return Matches({int(keys[passage]): score for passage, score in found.items()})

    def words(self, start: str) -> Iterable[str]:
        """Return the exact forms that begin with ``start``, in order."""
        found = {term for field in TEXT_FIELDS for term in self._expanded(field, EXACT + start)}
        return sorted(term.removeprefix(EXACT) for term in found)

    def close(self) -> None:
        """Let go of the files."""
        self._searcher.close()

    @cached_property
    def _all(self) -> frozenset[int]:
        return frozenset(self._reader.all_doc_ids())

    def _matching(self, query: Query) -> Scored:
        match query:
            case Word(text, field):
                return self._term([stem(form) for form in forms(text)], field)
            case Prefix(text, field):
                start = EXACT + "".join(forms(text))
                named = {f: list(self._expanded(f, start)) for f in _fields(field)}
                return self._scored(named)
            case Phrase(text, field):
                return self._phrase([EXACT + form for form in forms(text)], field)
            case Value("publisher", text):
                return dict.fromkeys(
                    self._documents(wq.Term("publisher", publisher_value(text))), 0.0
                )
            case Value(field, text):
                return dict.fromkeys(self._documents(wq.Term(field, text)), 0.0)
            case Range(field, low, high):
                return dict.fromkeys(self._documents(wq.NumericRange(field, low, high)), 0.0)
            case And(clauses):
                return self._all_of(clauses)
            case Or(clauses):
                return _sum(self._matching(clause) for clause in clauses)
            case Not(clause):
                without = self._matching(clause)
                return dict.fromkeys(self._all.difference(without), 0.0)
            case _:
                assert_never(query)

    def _all_of(self, clauses: tuple[Query, ...]) -> Scored:
        parts = [self._matching(clause) for clause in clauses]
        common = set.intersection(*(set(part) for part in parts))
        return {passage: sum(part[passage] for part in parts) for passage in common}

    def _term(self, terms: list[str], field: str | None) -> Scored:
        return _sum(self._scored({name: [term] for name in _fields(field)}) for term in terms)

    def _phrase(self, terms: list[str], field: str | None) -> Scored:
        if len(terms) == 1:
            return self._term(terms, field)
        holding = {
            passage
            for name in _fields(field)
            for passage in self._documents(wq.Phrase(name, terms))
        }
        weights = self._term(terms, field)
        return {passage: weights[passage] for passage in holding}

    def _scored(self, terms: Mapping[str, list[str]]) -> Scored:
        """Score ``terms``, by field, as one term: the forms of a prefix count together."""
        frequencies: Scored = {}
        for field, named in terms.items():
            self._add_frequencies(field, named, frequencies)
        return scores(frequencies, len(self._all))

    def _add_frequencies(self, field: str, terms: list[str], frequencies: Scored) -> None:
        weight, b = WEIGHTS[field].weight, WEIGHTS[field].b
        average = self._averages[field] or 1.0
        length = self._reader.doc_field_length
        for term in terms:
            try:
                postings = self._reader.postings(field, term)
            except TermNotFound:
                continue
            while postings.is_active():
                passage = postings.id()
                norm = 1.0 - b + b * (length(passage, field) or 0) / average
                tf = weight * postings.weight() / norm
                frequencies[passage] = frequencies.get(passage, 0.0) + tf
                postings.next()

    def _documents(self, query: Any) -> Iterable[int]:  # noqa: ANN401
        try:
            return query.docs(self._searcher)  # type: ignore[no-any-return]
        except (TermNotFound, struct.error, OverflowError):
            return ()

    def _expanded(self, field: str, start: str) -> Iterable[str]:
        for term in self._reader.expand_prefix(field, start):
            yield term.decode("utf-8")


def _fields(field: str | None) -> tuple[str, ...]:
    return TEXT_FIELDS if field is None else (field,)


def _sum(parts: Iterable[Scored]) -> Scored:
    total: Scored = {}
    for part in parts:
        for passage, score in part.items():
            total[passage] = total.get(passage, 0.0) + score
    return total
