"""The texts of one index as arrays, so that a ranking can be worked out in any variant.

Everything is read from the library of an index and analysed anew; nothing is asked of the
engine. Passages and reports are numbered from 0 in the order of their keys.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from searcher.analysis.tokens import forms, is_stop, stem
from searcher.document import Span
from searcher.index.whoosh.fields import EXACT, LENGTHS, REPORT_FIELDS, TEXT_FIELDS
from searcher.ingest.describe import _about

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from searcher.index.snapshot import Snapshot

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
LARGEST = 2**31
MOST_KEPT = 200
"""Terms whose postings are kept spread out."""


@dataclass(slots=True)
class Postings:
    """Where each term stands in one field: units and positions, by the number of the term."""

    terms: dict[str, int]
    starts: Whole
    units: Whole
    positions: Whole
    lengths: Floats

    def frequencies(self, term: str) -> Floats:
        """Return by unit how often ``term`` stands there."""
        units, _ = self.places(term)
        return np.bincount(units, minlength=len(self.lengths)).astype(float)

    def places(self, term: str) -> tuple[Whole, Whole]:
        """Return the units and the positions at which ``term`` stands."""
        number = self.terms.get(term)
        if number is None:
            return self.units[:0], self.units[:0]
        held = slice(self.starts[number], self.starts[number + 1])
        return self.units[held], self.positions[held]


@dataclass(slots=True)
class Texts:
    """The passages of an index: what they are in, and the postings of their fields."""

    ids: list[str]
    files: list[str]
    owners: Whole
    pages: list[int | None]
    kinds: NDArray[np.str_]
    bodies: list[str]
    fields: dict[str, Postings]
    kept: dict[tuple[object, ...], dict[str, Floats]] = field(default_factory=dict)

    def frequencies(self, term: str) -> dict[str, Floats]:
        """Return by field and unit how often ``term`` stands there."""
        return self.once(
            ("term", term), lambda: {f: p.frequencies(term) for f, p in self.fields.items()}
        )

    def adjacent(self, first: str, second: str) -> dict[str, Floats]:
        """Return by field of passages how often ``second`` stands right behind ``first``."""
        names = [name for name in TEXT_FIELDS if name not in REPORT_FIELDS]
        return self.once(
            ("pair", first, second),
            lambda: {name: _adjacent(self.fields[name], first, second) for name in names},
        )

    def once(
        self, key: tuple[object, ...], work: Callable[[], dict[str, Floats]]
    ) -> dict[str, Floats]:
        """Return what ``work`` gives, worked out once while it is asked for again soon."""
        if key not in self.kept:
            if len(self.kept) == MOST_KEPT:
                self.kept.clear()
            self.kept[key] = work()
        return self.kept[key]

    def stems_of(self, passage: int) -> list[str]:
        """Return the stems of the words of a passage that are no stop words."""
        return [stem(form) for form in forms(self.bodies[passage]) if not is_stop(form)]

    @property
    def per_report(self) -> Whole:
        """How many passages each report has."""
        return np.bincount(self.owners, minlength=len(self.ids))

    def spread(self, name: str, values: Floats) -> Floats:
        """Return ``values`` of the units of a field by passage."""
        return values[self.owners] if name in REPORT_FIELDS else values


def read_texts(snapshot: Snapshot) -> Texts:
    """Return the texts of ``snapshot``, an index built in one go."""
    library = snapshot.library
    _, count, _ = library.counts()
    placed = list(library.passages(range(1, count + 1)).values())
    reports = {report.id: report for report in library.reports()}
    numbers = {name: number for number, name in enumerate(reports)}
    whole = {name: library.text(name, Span(0, LARGEST)) for name in reports}
    vocabularies = library.vocabularies()
    texts = {
        "title": [report.title for report in reports.values()],
        "about": [_about(report, vocabularies) for report in reports.values()],
        "heading": [" ".join(ref.section) for _, ref in placed],
        "body": [ref.span.of(whole[name]) for name, ref in placed],
    }
    return Texts(
        ids=list(reports),
        files=[report.file for report in reports.values()],
        owners=np.array([numbers[name] for name, _ in placed], dtype=np.int64),
        pages=[ref.page for _, ref in placed],
        kinds=np.array([str(ref.section_kind) for _, ref in placed]),
        bodies=texts["body"],
        fields={name: _postings(texts[name]) for name in TEXT_FIELDS},
    )


def query_words(text: str) -> list[str | None]:
    """Return the forms of a query in order, ``None`` for a stop word."""
    return [None if is_stop(form) else form for form in forms(text)]


def _postings(texts: Sequence[str]) -> Postings:
    terms: dict[str, int] = {}
    rows: list[tuple[int, int, int]] = []
    lengths = np.zeros(len(texts), dtype=np.int64)
    for unit, text in enumerate(texts):
        for position, form in enumerate(forms(text)):
            both = [EXACT + form] if is_stop(form) else [EXACT + form, stem(form)]
            lengths[unit] += len(both)
            rows += [(terms.setdefault(term, len(terms)), unit, position) for term in both]
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    table = table[np.argsort(table[:, 0], kind="stable")]
    starts = np.searchsorted(table[:, 0], np.arange(len(terms) + 1))
    return Postings(terms, starts, table[:, 1], table[:, 2], _kept(lengths))


def _kept(lengths: Whole) -> Floats:
    """Return lengths as one byte keeps them."""
    table = np.array(LENGTHS)
    return table[np.minimum(np.searchsorted(table, lengths), len(table) - 1)].astype(float)


def _adjacent(postings: Postings, first: str, second: str) -> Floats:
    (units, positions), (others, places) = postings.places(first), postings.places(second)
    is_next = np.isin(units * LARGEST + positions + 1, others * LARGEST + places)
    return np.bincount(units[is_next], minlength=len(postings.lengths)).astype(float)
