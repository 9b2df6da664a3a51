"""One segment of an index, read from its file: terms, postings, positions, columns.

A term has a number; those of one field follow one another in the order of their bytes. The
postings of a term are three runs of numbers, each as wide as its largest needs: the units that
hold it as differences, how often each does (no run where all do once), and where as differences
within each unit (for text). A unit is a passage or a report by its number in the segment; the
passages of a report follow one another.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING, NamedTuple

from searcher.index.whoosh.fields import FIELDS, REPORT_FIELDS, TEXT_FIELDS
from searcher.index.whoosh.segment_file import BrokenSegmentError, SegmentFile, as_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

WIDTHS = (0, 1, 2, 4)
"""The bytes of a number by the two bits that stand for them."""


@dataclass(frozen=True, slots=True)
class FieldTerms:
    """The numbers of a field's terms, and how many terms its text has over all passages."""

    first: int
    end: int
    length: int


class Postings(NamedTuple):
    """The units that hold a term, ascending, how often each does, and where."""

    units: list[int]
    frequencies: Sequence[int]
    places: Sequence[int]

    def positions(self, wanted: Sequence[int]) -> Iterator[list[int]]:
        """Yield the positions in each of the ``wanted`` units, given by their index here."""
        ends = [0, *accumulate(self.frequencies)]
        for index in wanted:
            yield list(accumulate(self.places[ends[index] : ends[index + 1]]))


class Segment:
    """An open segment.

    Raises:
        BrokenSegmentError: it does not hold what it says.
        OSError: it cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self.file = SegmentFile(path)
        try:
            self._open()
        except BrokenSegmentError:
            self.close()
            raise
        except (ValueError, LookupError, TypeError, AttributeError) as exc:
            self.close()
            raise self._broken() from exc

    def _open(self) -> None:
        file, facts = self.file, self.file.facts
        self.passages, self.reports, terms = (
            int(facts[name]) for name in ("passages", "reports", "terms")
        )
        self.fields = {name: FieldTerms(*map(int, facts["fields"][name])) for name in FIELDS}
        self._term_starts = file.numbers("term_starts", terms + 1)
        self._texts = file.raw("term_texts")
        self._starts = file.numbers("posting_starts", terms + 1)
        self._counts = file.numbers("posting_counts", terms)
        self._widths = file.numbers("posting_widths", terms)
        self._postings = file.raw("postings")
        self.firsts = file.numbers("first_passages", self.reports + 1)
        """The first passage of each report, and the number of all."""
        self.owners = file.numbers("owners", self.passages)
        """The report of each passage."""
        self.keys = file.numbers("keys", self.passages)
        self.groups = file.numbers("groups", self.reports)
        self.report_lengths = file.numbers("report_lengths", self.reports)
        self.numbers = {name: file.numbers(name, self.units(name)) for name in ("year", "page")}
        self.lengths = {
            name: file.numbers(f"{name}_lengths", self.units(name)) for name in TEXT_FIELDS
        }
        """Of each text field and unit the byte that stands for its length."""
        self._check(terms)

    def _check(self, terms: int) -> None:
        """Check what later reading takes for granted.

        Raises:
            BrokenSegmentError: it does not hold.
        """
        firsts, fields = list(self.firsts), self.fields.values()
        in_order = firsts == sorted(firsts) and (firsts[0], firsts[-1]) == (0, self.passages)
        owned = max(self.owners, default=-1) < self.reports
        numbered = all(0 <= held.first <= held.end <= terms for held in fields)
        one_byte = all(self.file.width(f"{name}_lengths") == 1 for name in TEXT_FIELDS)
        if not (in_order and owned and numbered and one_byte):
            raise self._broken()

    def close(self) -> None:
        """Let go of the file."""
        self.file.close()

    def units(self, field: str) -> int:
        """Return how many units the field has."""
        return self.reports if field in REPORT_FIELDS else self.passages

    def find(self, field: str, text: bytes) -> int | None:
        """Return the number of a term, or ``None`` if no unit holds it."""
        held = self.fields[field]
        number = bisect_left(range(held.first, held.end), text, key=self.text) + held.first
        return number if number < held.end and self.text(number) == text else None

    def beginning(self, field: str, start: bytes) -> Iterator[tuple[int, bytes]]:
        """Yield the numbers and texts of the terms from ``start`` on that begin with it."""
        for number in range(self.at_or_after(field, start), self.fields[field].end):
            text = self.text(number)
            if not text.startswith(start):
                return
            yield number, text

    def at_or_after(self, field: str, text: bytes) -> int:
        """Return the number of the first term that is not before ``text``."""
        held = self.fields[field]
        return bisect_left(range(held.first, held.end), text, key=self.text) + held.first

    def text(self, number: int) -> bytes:
        """Return the text of a term."""
        return bytes(self._texts[self._term_starts[number] : self._term_starts[number + 1]])

    def tables(self) -> tuple[Sequence[int], Sequence[int], Sequence[int]]:
        """Return of every term where its postings begin, its units, and the widths of its runs."""
        return self._starts, self._counts, self._widths

    def count(self, number: int) -> int:
        """Return how many units hold a term."""
        return self._counts[number]

    def postings(self, number: int) -> Postings:
        """Return the postings of a term.

        Raises:
            BrokenSegmentError: they are not whole.
        """
        count, widths = self._counts[number], self._widths[number]
        wide, often, apart = WIDTHS[widths & 3], WIDTHS[widths >> 2 & 3], WIDTHS[widths >> 4 & 3]
        start, end = self._starts[number], self._starts[number + 1]
        ends = list(accumulate((count * wide, count * often), initial=start))
        if not wide or not 0 <= start <= ends[-1] <= end <= len(self._postings):
            raise self._broken()
        runs = [self._postings[a:b] for a, b in pairwise((*ends, end))]
        units = list(accumulate(as_numbers(runs[0], wide)))
        frequencies = as_numbers(runs[1], often) if often else (1,) * count
        places: Sequence[int] = as_numbers(runs[2], apart) if apart else ()
        if apart and len(places) != sum(frequencies):
            raise self._broken()
        return Postings(units, frequencies, places)

    def held(self, field: str, number: int) -> Postings:
        """Return the postings of a term of ``field``, none beyond its units.

        Raises:
            BrokenSegmentError: they are not whole.
        """
        found = self.postings(number)
        if found.units and found.units[-1] >= self.units(field):
            raise self._broken()
        return found

    def _broken(self) -> BrokenSegmentError:
        return BrokenSegmentError(self.file.name, "does not hold what it says")


@dataclass(frozen=True, slots=True)
class Source:
    """A segment, and the reports of it that are removed, by their number."""

    segment: Segment
    removed: frozenset[int]

    def removed_passages(self) -> frozenset[int]:
        """Return the numbers of the passages of the removed reports."""
        firsts = self.segment.firsts
        runs = (range(firsts[report], firsts[report + 1]) for report in self.removed)
        return frozenset(chain.from_iterable(runs))
