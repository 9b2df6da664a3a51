"""Writing a segment: from what was gathered, sorted as whole arrays, to its file.

The postings are written as they come; the table of the terms and the columns, which are small,
follow them.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from searcher.index.whoosh.fields import FIELDS, LENGTHS, REPORT_FIELDS
from searcher.index.whoosh.gather import NO_TERM
from searcher.index.whoosh.postings import Packed, order, pack, within
from searcher.index.whoosh.segment_file import CODES, SegmentFileWriter

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from searcher.index.whoosh.gather import Gathered, Lexicon, Texts, Values
    from searcher.index.whoosh.postings import Numbers, Occurrences

Chunk = tuple["Sequence[bytes]", Packed]
"""Terms in order, and their postings."""


@dataclass(frozen=True, slots=True)
class FieldPart:
    """A field on its way into a segment; ``length`` counts the terms of its text."""

    name: str
    length: int
    chunks: Iterable[Chunk]


@dataclass(frozen=True, slots=True)
class Contents:
    """All of a segment: how many passages and reports, columns by name, fields in order."""

    passages: int
    reports: int
    columns: Mapping[str, Numbers]
    fields: Iterable[FieldPart]


def write_segment(path: Path, contents: Contents) -> None:
    """Write ``contents`` as the segment at ``path``.

    Raises:
        OSError: the disk is full or may not be written.
    """
    table = _Terms([], [], [], [], {})
    with path.open("wb") as file:
        writer = SegmentFileWriter(file)
        writer.add("postings", chain.from_iterable(map(table.added, contents.fields)))
        writer.add("term_texts", [b"".join(table.texts)])
        lengths = np.fromiter(map(len, table.texts), dtype=np.int64, count=len(table.texts))
        for name, values in {
            "term_starts": _bounds(lengths),
            "posting_starts": _bounds(_joined(table.sizes)),
            "posting_counts": _joined(table.counts),
            "posting_widths": _joined(table.widths),
            **dict(sorted(contents.columns.items())),
        }.items():
            _add_numbers(writer, name, values)
        facts = {"passages": contents.passages, "reports": contents.reports}
        writer.finish({**facts, "terms": len(table.texts), "fields": table.fields})


def contents_of(gathered: Gathered) -> Contents:
    """Return what was ``gathered`` as the contents of a segment."""
    passages, reports = len(gathered.keys), len(gathered.groups)
    firsts = np.append(numbers(gathered.firsts), passages)
    lengths = {n: _lengths(t, gathered.lexicon) for n, t in gathered.texts.items()}
    codes = {name: codes_of(found) for name, found in lengths.items()}
    columns = {
        "first_passages": firsts,
        "keys": numbers(gathered.keys),
        "groups": numbers(gathered.groups),
        "year": numbers(gathered.years),
        "page": numbers(gathered.pages),
        **{f"{name}_lengths": found for name, found in codes.items()},
    }
    held = np.diff(firsts)
    fields = (
        FieldPart(name, total(name, lengths[name], held), [_text_chunk(text, gathered.lexicon)])
        if (text := gathered.texts.get(name)) is not None
        else FieldPart(name, 0, [_value_chunk(gathered.values[name])])
        for name in FIELDS
    )
    return Contents(passages, reports, {**columns, **derived(columns)}, fields)


def derived(columns: Mapping[str, Numbers]) -> dict[str, Numbers]:
    """Return the columns that follow from others: each passage's report, each report's body."""
    firsts = columns["first_passages"]
    owners = np.repeat(np.arange(len(firsts) - 1, dtype=np.int64), np.diff(firsts))
    body = np.array(LENGTHS, dtype=np.int64)[columns["body_lengths"]]
    totals = np.concatenate(([0], np.cumsum(body)))[firsts]
    return {"owners": owners, "report_lengths": np.diff(totals)}


def total(field: str, lengths: Numbers, held: Numbers) -> int:
    """Return the length of a field over all passages; ``held`` are those of each report."""
    return int((lengths * held).sum() if field in REPORT_FIELDS else lengths.sum())


def numbers(values: array[int]) -> Numbers:
    """Return ``values`` as an array of numpy's."""
    return np.asarray(values).astype(np.int64)


def _seen(values: array[int]) -> Numbers:
    """Return ``values``, all below 2**31, as numpy's without copying them."""
    return np.asarray(values).view(np.int32)


def codes_of(lengths: Numbers) -> Numbers:
    """Return the byte for each of ``lengths``: that of the nearest kept length not below it."""
    table = np.array(LENGTHS, dtype=np.int64)
    return np.minimum(np.searchsorted(table, lengths), len(table) - 1).astype(np.int64)


def _lengths(text: Texts, lexicon: Lexicon) -> Numbers:
    """Return of each unit how many terms its words stand for."""
    words, counts = _seen(text.words), _seen(text.counts)
    stemmed = _seen(lexicon.stems)[words] != NO_TERM
    sums = np.concatenate(([0], np.cumsum(stemmed.astype(np.int8) + 1, dtype=np.int64)))
    return np.diff(sums[np.concatenate(([0], np.cumsum(counts)))])


def _text_chunk(text: Texts, lexicon: Lexicon) -> Chunk:
    texts, found = _found(text, lexicon)
    return texts, pack(found, len(texts))


def _found(text: Texts, lexicon: Lexicon) -> tuple[list[bytes], Occurrences]:
    """Return the terms of a field and where each occurs; what it takes to sort them is let go."""
    words, counts = _seen(text.words), _seen(text.counts)
    units = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
    positions = within(counts)
    stems = _seen(lexicon.stems)[words]
    kept = np.flatnonzero(stems != NO_TERM)
    terms = np.concatenate((_seen(lexicon.exact)[words], stems[kept]))
    units, positions = (np.concatenate((held, held[kept])) for held in (units, positions))
    texts, ranks = _ranked([term.encode("utf-8") for term in lexicon.terms], terms)
    return texts, order(ranks, units, positions)


def _value_chunk(values: Values) -> Chunk:
    texts, ranks = _ranked(list(values.terms), numbers(values.numbers))
    return texts, pack(order(ranks, numbers(values.units), None), len(texts))


def _ranked(texts: Sequence[bytes], terms: Numbers) -> tuple[list[bytes], Numbers]:
    """Return those of ``texts`` that occur in ``terms``, in order, and each term's place there."""
    present = np.flatnonzero(np.bincount(terms, minlength=len(texts))).tolist()
    ordered = sorted(present, key=texts.__getitem__)
    ranks = np.zeros(len(texts), dtype=np.int32)
    ranks[ordered] = np.arange(len(ordered), dtype=np.int32)
    return [texts[n] for n in ordered], ranks[terms]


@dataclass(frozen=True, slots=True)
class _Terms:
    """The table of the terms as it grows."""

    texts: list[bytes]
    sizes: list[Numbers]
    counts: list[Numbers]
    widths: list[Numbers]
    fields: dict[str, tuple[int, int, int]]

    def added(self, part: FieldPart) -> Iterator[bytes]:
        """Take in the terms of ``part``, and yield the bytes of their postings."""
        first = len(self.texts)
        for texts, packed in part.chunks:
            self.texts.extend(texts)
            self.sizes.append(packed.sizes)
            self.counts.append(packed.counts)
            self.widths.append(packed.widths)
            yield packed.data.tobytes()
        self.fields[part.name] = (first, len(self.texts), part.length)


def _joined(parts: Sequence[Numbers]) -> Numbers:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)


def _bounds(sizes: Numbers) -> Numbers:
    """Return where each of some runs begins, and where the last ends."""
    return np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(sizes)))


def _add_numbers(writer: SegmentFileWriter, name: str, values: Numbers) -> None:
    """Write ``values`` no wider than the largest of them needs."""
    largest = int(values.max()) if len(values) else 0
    width = next(width for width in CODES if largest < 1 << (8 * width))
    writer.add(name, [values.astype(f"<u{width}").tobytes()], width=width)
