"""What is to be indexed, gathered report by report into flat arrays.

A text is analysed once: each word, as it is written, gets a number at its first sight together
with the numbers of its two terms, and a text becomes the numbers of its words. Whatever is equal
on all passages of a report is gathered once for the report.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from searcher.analysis.tokens import WORD, exact_form, is_stop, stem
from searcher.index.whoosh.fields import (
    EXACT,
    TEXT_FIELDS,
    VALUE_FIELDS,
    number_term,
    number_value,
    publisher_value,
    term_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from searcher.document import Passage
    from searcher.index.backend import Keys
    from searcher.index.entry import Entry

NEW_WORD = 16
"""How many words take the memory of one that had not been seen: itself, its terms, its numbers."""
NO_TERM = 2**31 - 1
"""Stands for the stem of a stop word, which has none."""


def _numbers() -> array[int]:
    return array("I")


class Lexicon(dict[str, int]):
    """The number of every word seen, and of the terms it stands for."""

    def __init__(self) -> None:
        super().__init__()
        self.terms: dict[str, int] = {}
        self.exact = array("I")
        self.stems = array("I")

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self)
        form = exact_form(word)
        terms = self.terms
        self.exact.append(terms.setdefault(EXACT + form, len(terms)))
        stemmed = NO_TERM if is_stop(form) else terms.setdefault(stem(form), len(terms))
        self.stems.append(stemmed)
        return number


@dataclass(slots=True)
class Texts:
    """The words of a text field, unit after unit, and how many each unit has."""

    words: array[int] = field(default_factory=_numbers)
    counts: array[int] = field(default_factory=_numbers)

    def add(self, words: array[int]) -> None:
        """Add the next unit."""
        self.words += words
        self.counts.append(len(words))


@dataclass(slots=True)
class Values:
    """The terms of a field of values, by number, each with the unit that has it."""

    terms: dict[bytes, int] = field(default_factory=dict)
    numbers: array[int] = field(default_factory=_numbers)
    units: array[int] = field(default_factory=_numbers)

    def add(self, unit: int, term: bytes) -> None:
        """Add one value of ``unit``."""
        self.numbers.append(self.terms.setdefault(term, len(self.terms)))
        self.units.append(unit)


def _texts() -> dict[str, Texts]:
    return {name: Texts() for name in TEXT_FIELDS}


def _values() -> dict[str, Values]:
    return {name: Values() for name in (*VALUE_FIELDS, "year", "page")}


def _keys() -> array[int]:
    return array("Q")


@dataclass(slots=True)
class Gathered:
    """Reports on their way into a segment: what they hold, in order, and their columns.

    ``names`` are of each report its id, its title and the name of its file.
    """

    lexicon: Lexicon = field(default_factory=Lexicon)
    texts: dict[str, Texts] = field(default_factory=_texts)
    values: dict[str, Values] = field(default_factory=_values)
    keys: array[int] = field(default_factory=_keys)
    groups: array[int] = field(default_factory=_keys)
    firsts: array[int] = field(default_factory=_numbers)
    years: array[int] = field(default_factory=_numbers)
    pages: array[int] = field(default_factory=_numbers)
    last_pages: array[int] = field(default_factory=_numbers)
    span_starts: array[int] = field(default_factory=_numbers)
    span_lengths: array[int] = field(default_factory=_numbers)
    names: list[bytes] = field(default_factory=list)
    words: int = 0

    def cost(self) -> int:
        """Return what is gathered in words; one that is new costs as much as many."""
        return self.words + NEW_WORD * len(self.lexicon)

    def columns(self) -> dict[str, array[int]]:
        """Return the columns by the names they have in a segment."""
        return {
            "keys": self.keys,
            "groups": self.groups,
            "year": self.years,
            "page": self.pages,
            "last_page": self.last_pages,
            "span_starts": self.span_starts,
            "span_lengths": self.span_lengths,
        }

    def add(self, entry: Entry, keys: Keys) -> None:
        """Add the passages of ``entry``; a report without any leaves no trace."""
        if not entry.passages:
            return
        self._add_record(entry, keys)
        headings: dict[tuple[str, ...], array[int]] = {}
        heading, body = self.texts["heading"], self.texts["body"]
        for key, passage in zip(keys.passages, entry.passages, strict=True):
            path = passage.section.path
            if path not in headings:
                headings[path] = self._words(" ".join(path))
            heading.add(headings[path])
            words = self._words(passage.span.of(entry.document.text))
            body.add(words)
            self._add_place(passage)
            self.keys.append(key)
            self.words += len(words) + len(headings[path])

    def _add_place(self, passage: Passage) -> None:
        page, last = number_value(passage.page), number_value(passage.page_last)
        self.values["page"].add(len(self.keys), number_term(page))
        self.pages.append(page)
        self.last_pages.append(max(last - page, 0) if page else 0)
        self.span_starts.append(passage.span.start)
        self.span_lengths.append(passage.span.end - passage.span.start)

    def _add_record(self, entry: Entry, keys: Keys) -> None:
        report, unit = entry.report, len(self.groups)
        self.groups.append(keys.report)
        self.names += map(term_of, (report.id, report.title, report.file))
        self.firsts.append(len(self.keys))
        self.texts["title"].add(self._words(report.title))
        self.texts["about"].add(self._words(entry.about))
        self._add_values("report", unit, [report.id])
        for name in ("project", "theme", "outcome", "design"):
            self._add_values(name, unit, getattr(report, f"{name}s"))
        self._add_values("publisher", unit, [publisher_value(report.publisher or "")])
        year = number_value(report.year)
        self.years.append(year)
        if year:
            self.values["year"].add(unit, number_term(year))

    def _add_values(self, name: str, unit: int, values: Iterable[str]) -> None:
        for value in values:
            if value:
                self.values[name].add(unit, term_of(value))

    def _words(self, text: str) -> array[int]:
        return array("I", map(self.lexicon.__getitem__, WORD.findall(text)))
