"""Small corpora for an index, and what it must answer, worked out the slow way.

The formulas are those of ``searcher/index/whoosh/bm25f.py``, written here a second time over
plain lists of words, without an index.
"""

from __future__ import annotations

import math
import os
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from whoosh.util.numeric import byte_to_length, length_to_byte

from searcher.analysis.tokens import forms, is_stop, stem
from searcher.document import Document, Page, Passage, Section, SectionKind, Span
from searcher.index.backend import Keys
from searcher.index.entry import Entry
from searcher.quality.figures import page_figures
from searcher.quality.grades import graded
from searcher.query.tree import And, Not, Or, Phrase, Prefix, Query, Range, Value, Word
from searcher.results.report import Report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

FIELDS = {"title": (2.0, 0.6), "about": (1.0, 0.6), "heading": (0.5, 0.6), "body": (1.0, 0.6)}
"""The weight of each field and how strongly its length is normalised."""
K1 = 1.2
SHARE = 0.5
EXACT_SHARE = 0.25


def whoosh_length(length: int) -> int:
    """Return a length as Whoosh keeps it: in one byte."""
    return int(byte_to_length(length_to_byte(length))) if length else 0


ROUNDED: Mapping[str, Callable[[int], int]] = {"whoosh": whoosh_length}
"""How a backend rounds lengths; others keep them."""


@dataclass(frozen=True)
class Small:
    """A report of a few words: each of ``bodies`` is a passage on a page of its own."""

    key: int
    bodies: tuple[str, ...]
    title: str = ""
    about: str = ""
    heading: str = ""
    projects: tuple[str, ...] = ()
    publisher: str | None = None
    year: int | None = None

    @property
    def id(self) -> str:
        return f"r{self.key}"

    def keys(self) -> Keys:
        return Keys(self.key, tuple(self.key * 100 + n for n in range(len(self.bodies))))

    def entry(self) -> Entry:
        starts = [0]
        for body in self.bodies:
            starts.append(starts[-1] + len(body))
        spans = [Span(a, b) for a, b in pairwise(starts)]
        pages = tuple(Page(n, None, span, span) for n, span in enumerate(spans, start=1))
        whole = Span(0, starts[-1])
        section = Section((self.heading,), 1, SectionKind.OTHER, whole, 1)
        report = Report(
            self.id, self.id, self.id, "text/plain", self.title, publisher=self.publisher,
            year=self.year, projects=self.projects,
        )  # fmt: skip
        document = Document("".join(self.bodies), pages, "text/plain", "test")
        passages = tuple(Passage(page.span, page.number, page.number, section) for page in pages)
        qualities = graded(report, page_figures(document)).pages
        return Entry(report, "", "", document, (section,), passages, (), self.about, qualities)


@dataclass(frozen=True)
class Slow:
    """An index that looks through every passage for every query."""

    reports: tuple[Small, ...]
    rounded: Callable[[int], int]
    evidence: dict[int, float] = field(default_factory=dict)

    def texts(self) -> dict[int, tuple[Small, int, dict[str, list[str]]]]:
        """Return of each passage its report, its page and the forms of its fields."""
        return {
            key: (
                report,
                page,
                {
                    "title": forms(report.title),
                    "about": forms(report.about),
                    "heading": forms(report.heading),
                    "body": forms(body),
                },
            )
            for report in self.reports
            for page, (key, body) in enumerate(
                zip(report.keys().passages, report.bodies, strict=True), start=1
            )
        }

    def length(self, words: list[str]) -> int:
        return self.rounded(len(words) + sum(not is_stop(word) for word in words))

    def average(self, name: str) -> float:
        lengths = [self.length(texts[name]) for _, _, texts in self.texts().values()]
        return sum(lengths) / len(lengths) or 1.0

    def ranked(self, query: Query) -> dict[int, float]:
        """Return the final score of every passage that matches."""
        found = self.search(query)
        evidence = self.evidence
        return {key: score + SHARE * evidence.get(key // 100, 0.0) for key, score in found.items()}

    def search(self, query: Query) -> dict[int, float]:
        match query:
            case Word(text, name):
                (form,) = forms(text)
                wanted = stem(form)
                found = self.scored(
                    lambda w: wanted if not is_stop(w) and stem(w) == wanted else None, name
                )
                exact = Slow(self.reports, self.rounded).phrase([form], name)
                return {
                    key: score + EXACT_SHARE * exact.get(key, 0.0) for key, score in found.items()
                }
            case Prefix(text, name):
                (form,) = forms(text)
                return self.scored(lambda w: w if w.startswith(form) else None, name)
            case Phrase(text, name):
                return self.phrase(forms(text), name)
            case Value(name, text):
                return self.where(lambda report, _: text in _values(report, name))
            case Range("year", low, high):
                return self.where(lambda report, _: _inside(report.year, low, high))
            case Range(_, low, high):
                return self.where(lambda _, page: _inside(page, low, high))
            case And(clauses):
                parts = [self.search(clause) for clause in clauses]
                common = set.intersection(*map(set, parts))
                return {key: math.fsum(part[key] for part in parts) for key in common}
            case Or(clauses):
                parts = [self.search(clause) for clause in clauses]
                either = set().union(*parts)
                return {key: math.fsum(part.get(key, 0.0) for part in parts) for key in either}
            case Not(clause):
                without = Slow(self.reports, self.rounded).search(clause)
                return dict.fromkeys(self.texts().keys() - without.keys(), 0.0)

    def where(self, holds: Callable[[Small, int], bool]) -> dict[int, float]:
        return {key: 0.0 for key, (report, page, _) in self.texts().items() if holds(report, page)}

    def phrase(self, wanted: list[str], name: str | None) -> dict[int, float]:
        parts = [
            self.scored(lambda w, form=form: w if w == form else None, name)  # type: ignore[misc]
            for form in wanted
        ]
        return {
            key: math.fsum(part[key] for part in parts)
            for key, (_, _, texts) in self.texts().items()
            if any(
                words[n : n + len(wanted)] == wanted
                for words in (texts[f] for f in _fields(name))
                for n in range(len(words) - len(wanted) + 1)
            )
        }

    def scored(self, term: Callable[[str], str | None], name: str | None) -> dict[int, float]:
        """Return BM25F of the words that are a term, all taken as one, and add to evidence."""
        passages: dict[int, float] = {}
        reports: dict[int, float] = {}
        holding: Counter[str] = Counter()
        for key, (report, _, texts) in self.texts().items():
            for f in _fields(name):
                weight, b = FIELDS[f]
                terms = [found for word in texts[f] if (found := term(word)) is not None]
                holding[f] += len(set(terms))
                if terms:
                    norm = 1 - b + b * self.length(texts[f]) / self.average(f)
                    passages[key] = passages.get(key, 0.0) + weight * len(terms) / norm
                    if f == "body":
                        norm = 1 - b + b * self.share(report)
                    if f == "body" or (f != "heading" and key == report.keys().passages[0]):
                        part = weight * len(terms) / norm
                        reports[report.key] = reports.get(report.key, 0.0) + part
        for number, score in _bm25(reports, len(self.reports), len(reports)).items():
            self.evidence[number] = self.evidence.get(number, 0.0) + score
        count = len(self.texts())
        return _bm25(passages, count, min(max(holding.values()), count))

    def share(self, report: Small) -> float:
        lengths = [sum(self.length(forms(b)) for b in one.bodies) for one in self.reports]
        own = sum(self.length(forms(b)) for b in report.bodies)
        return own / (sum(lengths) / len(lengths))


def link_all(source: Path, target: Path) -> None:
    """Link the files of a folder into a new one, as a build goes on from the live generation."""
    target.mkdir()
    for path in source.iterdir():
        os.link(path, target / path.name)


def _bm25(frequencies: Mapping[int, float], count: int, holding: int) -> dict[int, float]:
    idf = math.log(1 + (count - holding + 0.5) / (holding + 0.5))
    return {key: idf * tf * (K1 + 1) / (tf + K1) for key, tf in frequencies.items()}


def _fields(name: str | None) -> Iterable[str]:
    return FIELDS if name is None else (name,)


def _values(report: Small, name: str) -> tuple[str | None, ...]:
    values = {"project": report.projects, "report": (report.id,), "publisher": (report.publisher,)}
    return values[name]


def _inside(number: int | None, low: int | None, high: int | None) -> bool:
    if number is None:
        return False
    return (low is None or low <= number) and (high is None or number <= high)
