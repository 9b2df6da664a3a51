"""What is to be indexed, gathered report by report into flat arrays.

A text is split at its blanks, which no word runs across. Each piece gets a number at its first
sight together with the words that it holds, and each word, as it is written, with the numbers
of its two terms; a text becomes the numbers of its pieces. Whatever is equal on all passages of
a report is gathered once for the report.
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
    number_value,
    publisher_value,
    term_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from searcher.document import Passage
    from searcher.index.backend import Keys
    from searcher.index.entry import Entry

NEW_PIECE = 16
"""How many pieces take the memory of one that had not been seen, with its words and terms."""
NO_TERM = 2**31 - 1
"""Stands for the stem of a stop word, which has none."""


def _numbers() -> array[int]:
    return array("I")


class Words(dict[str, int]):
    """The number of every word seen, and of the terms it stands for."""

    def __init__(self) -> None:
        super().__init__()
        self.terms: dict[str, int] = {}
        self.exact = _numbers()
        self.stems = _numbers()

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self)
        form = exact_form(word)
        terms = self.terms
        self.exact.append(terms.setdefault(EXACT + form, len(terms)))
        stemmed = NO_TERM if is_stop(form) else terms.setdefault(stem(form), len(terms))
        self.stems.append(stemmed)
        return number


class Lexicon(dict[str, int]):
    """The number of every piece seen; ``found`` has the words of each, ``ends`` where they end."""

    def __init__(self) -> None:
        super().__init__()
        self.words = Words()
        self.found = _numbers()
        self.ends = _numbers()

    def cost(self) -> int:
        """Return how many pieces of a text take as much memory."""
        return NEW_PIECE * len(self)

    def __missing__(self, piece: str) -> int:
        number = self[piece] = len(self)
        self.found.extend(map(self.words.__getitem__, WORD.findall(piece)))
        self.ends.append(len(self.found))
        return number


@dataclass(slots=True)
class Texts:
    """The pieces of a text field, unit after unit, and how many each unit has."""

    pieces: array[int] = field(default_factory=_numbers)
    counts: array[int] = field(default_factory=_numbers)

    def add(self, pieces: array[int]) -> None:
        """Add the next unit."""
        self.pieces += pieces
        self.counts.append(len(pieces))


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
    return {name: Values() for name in VALUE_FIELDS}


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
    paged: array[int] = field(default_factory=_numbers)
    pages: array[int] = field(default_factory=_numbers)
    last_pages: array[int] = field(default_factory=_numbers)
    span_starts: array[int] = field(default_factory=_numbers)
    span_lengths: array[int] = field(default_factory=_numbers)
    names: list[bytes] = field(default_factory=list)

    def cost(self) -> int:
        """Return how many pieces are gathered; one that is new costs as much as many."""
        return sum(len(text.pieces) for text in self.texts.values()) + self.lexicon.cost()

    def columns(self) -> dict[str, array[int]]:
        """Return the columns by the names they have in a segment."""
        return {
            "keys": self.keys,
            "groups": self.groups,
            "year": self.years,
            "paged": self.paged,
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
        self.keys.extend(keys.passages)
        headings: dict[tuple[str, ...], array[int]] = {}
        heading, body = self.texts["heading"], self.texts["body"]
        text, numbered = entry.document.text, self.lexicon.__getitem__
        for passage in entry.passages:
            path, span = passage.section.path, passage.span
            if path not in headings:
                headings[path] = self._pieces(" ".join(path))
            heading.add(headings[path])
            before = len(body.pieces)
            body.pieces.extend(map(numbered, span.of(text).split()))
            body.counts.append(len(body.pieces) - before)
        self._add_places(entry.passages)

    def _add_places(self, passages: Sequence[Passage]) -> None:
        pages = [number_value(passage.page) for passage in passages]
        last = [number_value(passage.page_last) for passage in passages]
        self.pages.extend(pages)
        self.last_pages.extend([
            max(end - page, 0) if page else 0 for page, end in zip(pages, last, strict=True)
        ])
        self.span_starts.extend([passage.span.start for passage in passages])
        self.span_lengths.extend([passage.span.end - passage.span.start for passage in passages])

    def _add_record(self, entry: Entry, keys: Keys) -> None:
        report, unit = entry.report, len(self.groups)
        self.groups.append(keys.report)
        self.names += map(term_of, (report.id, report.title, report.file))
        self.firsts.append(len(self.keys))
        self.texts["title"].add(self._pieces(report.title))
        self.texts["about"].add(self._pieces(entry.about))
        self._add_values("report", unit, [report.id])
        for name in ("project", "theme", "outcome", "design"):
            self._add_values(name, unit, getattr(report, f"{name}s"))
        self._add_values("publisher", unit, [publisher_value(report.publisher or "")])
        self.years.append(number_value(report.year))
        self.paged.append(int(entry.document.paged))

    def _add_values(self, name: str, unit: int, values: Iterable[str]) -> None:
        for value in values:
            if value:
                self.values[name].add(unit, term_of(value))

    def _pieces(self, text: str) -> array[int]:
        return array("I", map(self.lexicon.__getitem__, text.split()))
