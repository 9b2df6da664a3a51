"""One segment of an index, read from its file: terms, postings, positions, columns.

A term has a number; those of one field follow one another in the order of their bytes. A unit
is a passage or a report by its number in the segment; the passages of a report follow one
another, cut into blocks. How postings lie is told in ``records.py``; terms that have the same
may share one record.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import chain, pairwise, repeat
from math import isfinite
from typing import TYPE_CHECKING, NamedTuple

from searcher.document import Span
from searcher.frozen import dataclass
from searcher.index.whoosh.fields import (
    BLOCK,
    FIELDS,
    OFFSET,
    PASSAGE_TEXTS,
    REPORT_FIELDS,
    TEXT_FIELDS,
)
from searcher.index.whoosh.records import Shape, block_postings, plain_postings, unrolled
from searcher.index.whoosh.segment_file import BrokenSegmentError, SegmentFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from searcher.index.whoosh.records import BlockPostings, Postings


LOOKUPS = 50
"""Terms that are looked up in the file alone; from then on some of them are kept at hand."""
APART = 32
"""Terms from one that is kept at hand to the next."""


class FieldTerms(NamedTuple):
    """The numbers of a field's terms, and how many terms its text has over all passages."""

    first: int
    end: int
    length: int


class Segment:
    """An open segment.

    Raises:
        BrokenSegmentError: it does not hold what it says.
        OSError: it cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self.file = SegmentFile(path)
        self._lookups = 0
        self._samples: dict[str, list[bytes]] = {}
        try:
            self._open()
        except BrokenSegmentError:
            self.close()
            raise
        except (ValueError, LookupError, TypeError, AttributeError, OverflowError) as exc:
            self.close()
            raise self.broken() from exc

    def _open(self) -> None:
        file, facts = self.file, self.file.facts
        self.passages, self.reports, terms = (
            int(facts[name]) for name in ("passages", "reports", "terms")
        )
        self.fields = {name: FieldTerms(*map(int, facts["fields"][name])) for name in FIELDS}
        self._term_starts = file.numbers("term_text_starts", terms + 1)
        self._texts = file.raw("term_texts")
        self._tables = tuple(
            file.numbers(f"posting_{name}", terms)
            for name in ("starts", "counts", "blocks", "widths")
        )
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
        self._open_blocks(int(facts["blocks"]))
        self._open_places()
        self._check(terms)

    def _open_blocks(self, blocks: int) -> None:
        file, means = self.file, self.file.facts["bound_means"]
        self.blocks = blocks
        self.block_firsts = file.numbers("block_firsts", blocks + 1)
        """The first passage of each block, and the number of all."""
        self.block_reports = file.numbers("block_reports", blocks)
        """The report of each block."""
        self.bound_means = {name: float(means[name]) for name in PASSAGE_TEXTS}
        """The mean lengths with which the bounds of each field were worked out."""

    def _open_places(self) -> None:
        file = self.file
        self.paged = file.numbers("paged", self.reports)
        """Whether each report has sheets: 1 or 0."""
        self.span_starts = file.numbers("span_starts", self.passages)
        """Where each passage begins in its report's text, in code points."""
        self.span_lengths = file.numbers("span_lengths", self.passages)
        self.last_pages = file.numbers("last_page", self.passages)
        """How many pages each passage's last page is behind its first."""
        self._names = file.raw("report_texts")
        self._name_starts = file.numbers("report_text_starts", 3 * self.reports + 1)

    def _check(self, terms: int) -> None:
        """Check what later reading takes for granted.

        Raises:
            BrokenSegmentError: it does not hold.
        """
        fields, means = self.fields.values(), self.bound_means.values()
        numbered = all(0 <= held.first <= held.end <= terms for held in fields)
        one_byte = all(self.file.width(f"{name}_lengths") == 1 for name in TEXT_FIELDS)
        bounded = all(isfinite(mean) and mean > 0 for mean in means)
        if not (numbered and one_byte and bounded and self._is_cut()):
            raise self.broken()

    def _is_cut(self) -> bool:
        """Tell whether the blocks are those of the reports, as ``fields.BLOCK`` cuts them."""
        firsts = list(self.firsts)
        if firsts != sorted(firsts) or (firsts[0], firsts[-1]) != (0, self.passages):
            return False
        runs = [range(first, end, BLOCK) for first, end in pairwise(firsts)]
        starts = [*chain.from_iterable(runs), self.passages]
        reports = chain.from_iterable(repeat(n, len(run)) for n, run in enumerate(runs))
        return starts == list(self.block_firsts) and [*reports] == list(self.block_reports)

    def close(self) -> None:
        """Let go of the file."""
        self.file.close()

    def units(self, field: str) -> int:
        """Return how many units the field has."""
        return self.reports if field in REPORT_FIELDS else self.passages

    def find(self, field: str, text: bytes) -> int | None:
        """Return the number of a term, or ``None`` if no unit holds it."""
        number = self.at_or_after(field, text)
        return number if number < self.fields[field].end and self.text(number) == text else None

    def beginning(self, field: str, start: bytes) -> Iterator[tuple[int, bytes]]:
        """Yield the numbers and texts of the terms from ``start`` on that begin with it."""
        first, end = self.at_or_after(field, start), self.fields[field].end
        for number, text in enumerate(self.texts(range(first, end)), start=first):
            if not text.startswith(start):
                return
            yield number, text

    def at_or_after(self, field: str, text: bytes) -> int:
        """Return the number of the first term that is not before ``text``."""
        first, end, _ = self.fields[field]
        self._lookups += 1
        if self._lookups > LOOKUPS:
            samples = self._samples_of(field)
            at = bisect_left(samples, text)
            first, end = first + max(at - 1, 0) * APART, min(first + at * APART, end)
        return bisect_left(range(first, end), text, key=self.text) + first

    def _samples_of(self, field: str) -> list[bytes]:
        """Return every so manieth term of a field."""
        if field not in self._samples:
            first, end, _ = self.fields[field]
            self._samples[field] = list(self.texts(range(first, end, APART)))
        return self._samples[field]

    def text(self, number: int) -> bytes:
        """Return the text of a term."""
        return bytes(self._texts[self._term_starts[number] : self._term_starts[number + 1]])

    def texts(self, numbers: Iterable[int]) -> Iterator[bytes]:
        """Yield the texts of terms, each asked for once.

        Raises:
            BrokenSegmentError: together they are longer than all texts.
        """
        left = len(self._texts)
        for text in map(self.text, numbers):
            left -= len(text)
            if left < 0:
                raise self.broken()
            yield text

    def tables(self) -> tuple[Sequence[int], ...]:
        """Return of every term where its record begins, its units, its blocks and its widths."""
        return self._tables

    def count(self, number: int) -> int:
        """Return how many units hold a term."""
        return self._tables[1][number]

    def place(self, number: int) -> int:
        """Return where the record of a term begins: equal for terms that share one."""
        return self._tables[0][number]

    def held(self, field: str, number: int) -> Postings:
        """Return the postings of a term of ``field``, none beyond its units.

        Raises:
            BrokenSegmentError: they are not whole.
        """
        try:
            if field in PASSAGE_TEXTS:
                found = unrolled(self.block_postings(number), self.block_firsts)
            else:
                found = plain_postings(self._postings, self._shape(number))
        except (ValueError, IndexError) as exc:
            raise self.broken() from exc
        if max(found.units, default=-1) >= self.units(field):
            raise self.broken()
        return found

    def block_postings(self, number: int) -> BlockPostings:
        """Return the runs of a term of a passage's text; what they say is not checked yet.

        Raises:
            BrokenSegmentError: they do not lie within the file.
        """
        try:
            return block_postings(self._postings, self._shape(number))
        except ValueError as exc:
            raise self.broken() from exc

    def report_text(self, report: int) -> tuple[str, str, str]:
        """Return the id, the title and the file's name of a report.

        Raises:
            BrokenSegmentError: they are not whole.
        """
        first, second, third, end = self._name_starts[3 * report : 3 * report + 4]
        if not first <= second <= third <= end <= len(self._names):
            raise self.broken()
        named = bytes(self._names[first:end])
        try:
            return (
                named[: second - first].decode("utf-8", "surrogatepass"),
                named[second - first : third - first].decode("utf-8", "surrogatepass"),
                named[third - first :].decode("utf-8", "surrogatepass"),
            )
        except ValueError as exc:
            raise self.broken() from exc

    def page(self, passage: int) -> int | None:
        """Return the sheet on which a passage begins; ``None`` without sheets."""
        kept = self.numbers["page"][passage]
        return kept - OFFSET if kept and self.paged[self.owners[passage]] else None

    def span(self, passage: int) -> Span:
        """Return where a passage stands in its report's text."""
        start = self.span_starts[passage]
        return Span(start, start + self.span_lengths[passage])

    def _shape(self, number: int) -> Shape:
        return Shape(*(table[number] for table in self._tables))

    def broken(self) -> BrokenSegmentError:
        """Return the error that tells that this segment contradicts itself."""
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
