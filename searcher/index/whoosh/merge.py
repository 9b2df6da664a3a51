"""Several segments made one: term by term unpacked, renumbered, sorted and packed again.

What was removed stays behind. The work goes through the terms in order, so many at a time that
their postings fit the memory that is given.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from searcher.index.whoosh.fields import FIELDS, LENGTHS, REPORT_FIELDS, TEXT_FIELDS
from searcher.index.whoosh.postings import Occurrences, order, pack, unpack
from searcher.index.whoosh.segment_writer import Contents, FieldPart, derived, total

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from searcher.index.whoosh.postings import Bytes, Numbers
    from searcher.index.whoosh.segment import Segment, Source
    from searcher.index.whoosh.segment_writer import Chunk

BYTES_AT_ONCE = 3_000_000
"""Bytes of packed postings that are unpacked together; unpacked they take some 60 times that."""
REPORT_COLUMNS = ("groups", "year", "title_lengths", "about_lengths")
PASSAGE_COLUMNS = ("keys", "page", "heading_lengths", "body_lengths")
GONE = -1


@dataclass(frozen=True, slots=True)
class _Mapped:
    """A source with the new number of each of its reports and passages, or ``GONE``."""

    segment: Segment
    reports: Numbers
    passages: Numbers

    def of(self, field: str) -> Numbers:
        """Return the new numbers of the units of ``field``."""
        return self.reports if field in REPORT_FIELDS else self.passages


def merged(sources: Sequence[Source], *, bytes_at_once: int = BYTES_AT_ONCE) -> Contents:
    """Return the contents of ``sources`` as one segment, without what is removed."""
    mapped = _mapped(sources)
    columns = _columns(mapped)
    fields = (
        FieldPart(name, _length(mapped, columns, name), _chunks(mapped, name, bytes_at_once))
        for name in FIELDS
    )
    return Contents(len(columns["keys"]), len(columns["groups"]), columns, fields)


def _mapped(sources: Sequence[Source]) -> list[_Mapped]:
    mapped, reports, passages = [], 0, 0
    for source in sources:
        segment = source.segment
        live = np.ones(segment.reports, dtype=bool)
        live[sorted(source.removed)] = False
        owned = live[np.array(segment.owners, dtype=np.int64)]
        mapped.append(_Mapped(segment, _numbered(live, reports), _numbered(owned, passages)))
        reports, passages = reports + int(live.sum()), passages + int(owned.sum())
    return mapped


def _numbered(live: np.ndarray[tuple[int], np.dtype[np.bool_]], first: int) -> Numbers:
    new = np.cumsum(live) - 1 + first
    new[~live] = GONE
    return new.astype(np.int32)


def _columns(mapped: Sequence[_Mapped]) -> dict[str, Numbers]:
    columns = {
        **{name: _column(mapped, name, of="reports") for name in REPORT_COLUMNS},
        **{name: _column(mapped, name, of="passages") for name in PASSAGE_COLUMNS},
    }
    counts = [
        np.diff(np.array(one.segment.firsts, dtype=np.int64))[one.reports != GONE] for one in mapped
    ]
    columns["first_passages"] = np.concatenate(([0], np.cumsum(np.concatenate(counts))))
    return columns | derived(columns)


def _column(mapped: Sequence[_Mapped], name: str, *, of: str) -> Numbers:
    parts = []
    for one in mapped:
        new = one.reports if of == "reports" else one.passages
        values = np.array(one.segment.file.numbers(name, len(new)), dtype=np.int64)
        parts.append(values[new != GONE])
    return np.concatenate(parts)


def _length(mapped: Sequence[_Mapped], columns: dict[str, Numbers], name: str) -> int:
    """Return the length of a field: exact, or where reports were removed as it was kept."""
    if name not in TEXT_FIELDS:
        return 0
    if all((one.reports != GONE).all() for one in mapped):
        return sum(one.segment.fields[name].length for one in mapped)
    lengths = np.array(LENGTHS, dtype=np.int64)[columns[f"{name}_lengths"]]
    return total(name, lengths, np.diff(columns["first_passages"]))


def _chunks(mapped: Sequence[_Mapped], field: str, bytes_at_once: int) -> Iterator[Chunk]:
    sources = [_terms_of(one, field) for one in mapped]
    texts = sorted({text for source in sources for text in source.texts})
    places = {text: place for place, text in enumerate(texts)}
    ranks = [np.array([places[text] for text in source.texts], np.int32) for source in sources]
    sizes = np.zeros(len(texts), dtype=np.int64)
    for source, ranked in zip(sources, ranks, strict=True):
        sizes[ranked] += np.diff(source.starts)
    for low, high in _portions(sizes, bytes_at_once):
        found = _together(sources, ranks, (low, high))
        present = np.flatnonzero(np.bincount(found.terms, minlength=high - low))
        new = np.zeros(high - low, dtype=np.int32)
        new[present] = np.arange(len(present), dtype=np.int32)
        ordered = order(new[found.terms], found.units, found.positions)
        kept = [texts[low + place] for place in present.tolist()]
        yield kept, pack(ordered, len(kept))


def _portions(sizes: Numbers, bytes_at_once: int) -> Iterator[tuple[int, int]]:
    """Yield runs of terms of about ``bytes_at_once`` each."""
    ends = np.flatnonzero(np.diff(np.cumsum(sizes) // bytes_at_once)) + 1
    bounds = [0, *ends.tolist(), len(sizes)]
    yield from ((low, high) for low, high in pairwise(bounds) if low < high)


@dataclass(frozen=True, slots=True)
class _SourceTerms:
    """The terms of one field in one segment: texts, places and shapes of their postings."""

    texts: list[bytes]
    starts: Numbers
    counts: Numbers
    widths: Numbers
    units: Numbers
    data: Bytes


def _terms_of(one: _Mapped, field: str) -> _SourceTerms:
    segment, held = one.segment, one.segment.fields[field]
    starts, counts, widths = (
        np.array(numbers[held.first : held.end + extra], dtype=np.int64)
        for numbers, extra in zip(segment.tables(), (1, 0, 0), strict=True)
    )
    texts = [segment.text(number) for number in range(held.first, held.end)]
    data = np.frombuffer(segment.file.raw("postings"), dtype=np.uint8)
    return _SourceTerms(texts, starts, counts, widths, one.of(field), data)


def _together(
    sources: Sequence[_SourceTerms], ranks: Sequence[Numbers], portion: tuple[int, int]
) -> Occurrences:
    """Return what occurs of a portion of the terms, source after source, newly numbered."""
    parts = []
    for source, ranked in zip(sources, ranks, strict=True):
        first, end = np.searchsorted(ranked, portion).tolist()
        shapes = (source.counts[first:end], source.widths[first:end])
        found = unpack(source.data, source.starts[first:end], shapes)
        units = source.units[found.units]
        live = units != GONE
        terms = ranked[first:end][found.terms] - portion[0]
        positions = found.positions
        parts.append((terms[live], units[live], None if positions is None else positions[live]))
    terms, units = (np.concatenate([part[n] for part in parts]) for n in (0, 1))
    placed = [part[2] for part in parts if part[2] is not None]
    return Occurrences(terms, units, np.concatenate(placed) if placed else None)
