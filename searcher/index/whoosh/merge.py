"""Several segments made one: term by term unpacked, renumbered, sorted and packed again.

What was removed stays behind. The work goes through the terms in order, so many at a time that
their postings fit the memory that is given.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from searcher.index.whoosh.block_postings import unpack_blocks
from searcher.index.whoosh.fields import (
    EXACT,
    FIELDS,
    LENGTHS,
    PASSAGE_TEXTS,
    REPORT_FIELDS,
    TEXT_FIELDS,
    term_of,
)
from searcher.index.whoosh.postings import Occurrences, Shapes, order, unpack
from searcher.index.whoosh.segment_writer import Chunk, Contents, FieldPart, Shared, derived, total
from searcher.index.whoosh.sharing import stems_of
from searcher.index.whoosh.sorting import packer, portions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from searcher.index.whoosh.postings import Packed
    from searcher.index.whoosh.runs import Bytes, Numbers
    from searcher.index.whoosh.segment import Segment, Source

BYTES_AT_ONCE = 3_000_000
"""Bytes of packed postings that are unpacked together; unpacked they take some 60 times that."""
REPORT_COLUMNS = ("groups", "year", "title_lengths", "about_lengths")
PASSAGE_COLUMNS = (
    "keys", "page", "last_page", "span_starts", "span_lengths", "heading_lengths", "body_lengths",
)  # fmt: skip
GONE = -1
_EXACT = EXACT.encode()


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
        FieldPart(name, _length(mapped, columns, name), _chunks(joint, packer(columns, name)))
        for name in FIELDS
        for joint in [_Joint([_terms_of(one, name) for one in mapped], bytes_at_once)]
    )
    names = [name for one in mapped for name in _names(one)]
    return Contents(columns, names, fields)


def _names(one: _Mapped) -> Iterator[bytes]:
    """Yield the texts of the reports that are left."""
    for number in np.flatnonzero(one.reports != GONE).tolist():
        yield from map(term_of, one.segment.report_text(number))


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


def _chunks(
    joint: _Joint, packed: Callable[[Occurrences, int], Packed]
) -> Iterator[Chunk | Shared]:
    """Yield what is left of a field's terms; of a text's first the exact forms, then the stems."""
    texts = joint.texts()
    if not joint.is_text:
        yield from joint.chunks(texts, packed)
        return
    exact: list[bytes] = []
    for chunk in joint.chunks([text for text in texts if text.startswith(_EXACT)], packed):
        exact.extend(chunk.texts)
        yield chunk
    stems = stems_of(exact)
    yield from joint.chunks(stems.several, packed)
    yield Shared(tuple(stems.single), tuple(stems.single.values()))


@dataclass(frozen=True, slots=True)
class _SourceTerms:
    """The terms of one field in one segment: texts, sizes and shapes of their records."""

    field: str
    texts: list[bytes]
    sizes: Numbers
    shapes: Shapes
    units: Numbers
    firsts: Numbers
    data: Bytes

    def occurrences(self, numbers: Numbers) -> Occurrences:
        """Return what occurs of the terms ``numbers``, as the segment has it."""
        held = self.shapes
        shapes = Shapes(
            *(of[numbers] for of in (held.starts, held.counts, held.blocks, held.widths))
        )
        if self.field in PASSAGE_TEXTS:
            return unpack_blocks(self.data, shapes, self.firsts)
        return unpack(self.data, shapes)


def _terms_of(one: _Mapped, field: str) -> _SourceTerms:
    segment, held = one.segment, one.segment.fields[field]
    tables = [np.array(table[:], dtype=np.int64) for table in segment.tables()]
    data = np.frombuffer(segment.file.raw("postings"), dtype=np.uint8)
    begins = np.append(np.unique(tables[0]), len(data))
    own = [table[held.first : held.end] for table in tables]
    sizes = begins[np.searchsorted(begins, own[0], side="right")] - own[0]
    texts = [segment.text(number) for number in range(held.first, held.end)]
    firsts = np.array(segment.block_firsts, dtype=np.int64)
    return _SourceTerms(field, texts, sizes, Shapes(*own), one.of(field), firsts, data)


@dataclass(frozen=True, slots=True)
class _Joint:
    """The terms of one field in all segments."""

    sources: Sequence[_SourceTerms]
    bytes_at_once: int

    @property
    def is_text(self) -> bool:
        """Whether the field is a text, with exact forms and stems."""
        return self.sources[0].field in TEXT_FIELDS

    def texts(self) -> list[bytes]:
        """Return the texts of all terms in order."""
        return sorted({text for source in self.sources for text in source.texts})

    def chunks(
        self, texts: Sequence[bytes], packed: Callable[[Occurrences, int], Packed]
    ) -> Iterator[Chunk]:
        """Yield those of ``texts``, which are in order, that are left, with their records."""
        places = {text: place for place, text in enumerate(texts)}
        ranks = [
            np.array([places.get(text, GONE) for text in source.texts], dtype=np.int32)
            for source in self.sources
        ]
        sizes = np.zeros(len(texts), dtype=np.int64)
        for source, ranked in zip(self.sources, ranks, strict=True):
            known = ranked != GONE
            sizes[ranked[known]] += source.sizes[known]
        for low, high in portions(sizes, self.bytes_at_once):
            found = self._together(ranks, (low, high))
            present = np.flatnonzero(np.bincount(found.terms, minlength=high - low))
            new = np.zeros(high - low, dtype=np.int32)
            new[present] = np.arange(len(present), dtype=np.int32)
            ordered = order(new[found.terms], found.units, found.positions)
            kept = [texts[low + place] for place in present.tolist()]
            yield Chunk(kept, packed(ordered, len(kept)))

    def _together(self, ranks: Sequence[Numbers], portion: tuple[int, int]) -> Occurrences:
        """Return what occurs of a portion of the terms, source after source, newly numbered."""
        low, high = portion
        parts = []
        for source, ranked in zip(self.sources, ranks, strict=True):
            chosen = np.flatnonzero((ranked >= low) & (ranked < high))
            found = source.occurrences(chosen)
            units = source.units[found.units]
            live = units != GONE
            terms = ranked[chosen][found.terms] - low
            positions = found.positions
            parts.append((terms[live], units[live], None if positions is None else positions[live]))
        terms, units = (np.concatenate([part[n] for part in parts]) for n in (0, 1))
        placed = [part[2] for part in parts if part[2] is not None]
        return Occurrences(terms, units, np.concatenate(placed) if placed else None)
