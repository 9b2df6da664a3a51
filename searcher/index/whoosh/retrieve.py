"""A query tree evaluated over the postings of an index.

Every clause becomes the passages it matches with their scores; ``And`` intersects and adds,
``Or`` unites and adds, ``Not`` subtracts. Values and ranges match without scoring. Along the
way every term adds to the evidence of the reports that hold it anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import repeat
from typing import TYPE_CHECKING, assert_never

from searcher.analysis.tokens import forms, stem
from searcher.index.backend import Matches
from searcher.index.whoosh.bm25f import WEIGHTS, scores
from searcher.index.whoosh.damage import reading
from searcher.index.whoosh.fields import (
    EXACT,
    LENGTHS,
    REPORT_FIELDS,
    TEXT_FIELDS,
    publisher_value,
)
from searcher.index.whoosh.live import live_parts
from searcher.query.tree import And, Not, Or, Phrase, Prefix, Query, Range, Value, Word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from searcher.index.whoosh.contents import Means
    from searcher.index.whoosh.live import LivePart
    from searcher.index.whoosh.segment import Source

Scored = dict[int, float]


class WhooshIndex:
    """One open index; passages are numbered through all its segments until the end."""

    def __init__(self, folder: Path, sources: Sequence[Source], means: Means) -> None:
        self.folder = folder
        self.means = means
        self.parts = live_parts(sources)

    def search(self, query: Query) -> Matches:
        """Return all passages that match ``query``."""
        if not self.means.passages:
            return Matches({}, {}, {})
        evaluation = _Evaluation(self)
        with reading(self.folder):
            found = evaluation.matching(query)
            named = [placed for part in self.parts for placed in part.named(found)]
        reports = {key: report for _, key, report in named}
        evidence = evaluation.evidence
        return Matches(
            {key: found[passage] for passage, key, _ in named},
            reports,
            {report: evidence.get(report, 0.0) for report in set(reports.values())},
        )

    def words(self, start: str) -> Iterable[str]:
        """Return the exact forms that begin with ``start``, in order."""
        with reading(self.folder):
            found = {
                text.decode("utf-8", "replace").removeprefix(EXACT)
                for part in self.parts
                for name in TEXT_FIELDS
                for number, text in part.segment.beginning(name, (EXACT + start).encode("utf-8"))
                if not part.removed or part.postings(name, number)[0]
            }
        return sorted(found)

    def check(self) -> None:
        """Read all files through, and open them as Whoosh does; see ``Index.check``."""
        from searcher.index.whoosh.stock import check_stock

        with reading(self.folder):
            for part in self.parts:
                part.segment.file.check()
        check_stock(self.folder)

    def close(self) -> None:
        """Let go of the files."""
        for part in self.parts:
            part.segment.close()

    @cached_property
    def all(self) -> frozenset[int]:
        """Every passage that is not removed."""
        return frozenset(passage for part in self.parts for passage in part.live())


@dataclass(slots=True)
class _Frequencies:
    """The weighted, normalised frequencies of one term, by passage and by report."""

    passages: Scored = field(default_factory=dict)
    reports: Scored = field(default_factory=dict)

    def add(self, passages: Iterable[int], gains: Iterable[float]) -> None:
        """Add to passages, which are each given once."""
        if not self.passages:
            self.passages = dict(zip(passages, gains, strict=True))
            return
        held = self.passages
        for passage, gain in zip(passages, gains, strict=True):
            held[passage] = held.get(passage, 0.0) + gain

    def add_report(self, report: int, gain: float) -> None:
        """Add to a report."""
        self.reports[report] = self.reports.get(report, 0.0) + gain


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
                return self._scored(_beginning(self.index.parts, start, name))
            case Phrase(text, name):
                return self._phrase([EXACT + form for form in forms(text)], name)
            case Value("publisher", text):
                return self._where(lambda part: part.holding("publisher", publisher_value(text)))
            case Value(field_, text):
                return self._where(lambda part: part.holding(field_, text))
            case Range(field_, low, high):
                return self._where(lambda part: part.between(field_, low, high))
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

    def _where(self, passages: Callable[[LivePart], Iterable[int]]) -> Scored:
        return {passage: 0.0 for part in self.index.parts for passage in passages(part)}

    def _terms(self, terms: list[str], name: str | None) -> Scored:
        fields = _fields(name)
        return _sum(self._scored([(f, term.encode("utf-8")) for f in fields]) for term in terms)

    def _phrase(self, terms: list[str], name: str | None) -> Scored:
        weights = self._terms(terms, name)
        if len(terms) < 2:
            return weights
        return {
            passage: weights[passage]
            for part in self.index.parts
            for f in _fields(name)
            for passage in part.side_by_side(f, terms)
        }

    def _scored(self, terms: Iterable[tuple[str, bytes]]) -> Scored:
        """Score ``terms``, each with its field, as one term: a prefix's forms count together."""
        found = _Frequencies()
        for name, term in terms:
            for part in self.index.parts:
                number = part.segment.find(name, term)
                if number is not None:
                    self._count(part, (name, number), found)
        means = self.index.means
        for report, gain in scores(found.reports, means.reports).items():
            self.evidence[report] = self.evidence.get(report, 0.0) + gain
        return scores(found.passages, means.passages)

    def _count(self, part: LivePart, term: tuple[str, int], found: _Frequencies) -> None:
        """Add the weighted, normalised frequencies of one term in one field and segment."""
        name, number = term
        units, frequencies = part.postings(name, number)
        rates, codes = _rates(name, self.index.means), part.segment.lengths[name]
        gains = [
            frequency * rates[codes[unit]]
            for unit, frequency in zip(units, frequencies, strict=True)
        ]
        if name not in REPORT_FIELDS:
            found.add(map(part.base.__add__, units), gains)
            if name == "body":
                self._count_bodies(part, zip(units, frequencies, strict=True), found)
            return
        for report, gain in zip(units, gains, strict=True):
            passages = part.passages_of(report)
            found.add(passages, repeat(gain, len(passages)))
            found.add_report(part.segment.groups[report], gain)

    def _count_bodies(
        self, part: LivePart, postings: Iterable[tuple[int, int]], found: _Frequencies
    ) -> None:
        """Add to each report what its bodies hold, taken as one."""
        totals: dict[int, int] = {}
        owners, segment = part.segment.owners, part.segment
        for passage, frequency in postings:
            report = owners[passage]
            totals[report] = totals.get(report, 0) + frequency
        weight, b = WEIGHTS["body"].weight, WEIGHTS["body"].b
        for report, total in totals.items():
            share = segment.report_lengths[report] / self.index.means.report
            found.add_report(segment.groups[report], weight * total / (1.0 - b + b * share))


def _rates(name: str, means: Means) -> list[float]:
    """Return what one occurrence in ``name`` counts, by the byte of the field's length."""
    weight, b = WEIGHTS[name].weight, WEIGHTS[name].b
    average = means.averages[name] or 1.0
    return [weight / (1.0 - b + b * length / average) for length in LENGTHS]


def _beginning(parts: Iterable[LivePart], start: str, name: str | None) -> list[tuple[str, bytes]]:
    """Return the terms that begin with ``start``, each with its field."""
    first = start.encode("utf-8")
    found = {
        (f, text)
        for part in parts
        for f in _fields(name)
        for _, text in part.segment.beginning(f, first)
    }
    return sorted(found)


def _fields(name: str | None) -> tuple[str, ...]:
    return TEXT_FIELDS if name is None else (name,)


def _sum(parts: Iterable[Scored]) -> Scored:
    total: Scored = {}
    for part in parts:
        if not total:
            total = dict(part)
            continue
        for passage, score in part.items():
            total[passage] = total.get(passage, 0.0) + score
    return total
