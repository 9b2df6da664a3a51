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
"""Bytes of records that are unpacked together."""
BYTES_A_BYTE = 60
"""What a byte of a record costs at most while it is unpacked, sorted and packed; measured."""
REPORT_COLUMNS = ("groups", "year", "paged", "title_lengths", "about_lengths")
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
        for joint in [_Joint(mapped, name, bytes_at_once)]
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
        firsts = np.array(segment.firsts, dtype=np.int64)
        owned = np.repeat(live, firsts[1:] - firsts[:-1])
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
    if joint.field not in TEXT_FIELDS:
        yield from joint.chunks(joint.texts, packed)
        return
    exact: list[bytes] = []
    for chunk in joint.chunks([t for t in joint.texts if t.startswith(_EXACT)], packed):
        exact.extend(chunk.texts)
        yield chunk
    stems = stems_of(exact)
    several, single = stems.several, stems.single
    yield from joint.chunks(several, packed, with_positions=False)
    yield Shared(tuple(single), tuple(single.values()))


@dataclass(frozen=True, slots=True)
class _SourceTerms:
    """The terms of one field in one segment: places in all texts, shapes and sizes of records."""

    segment: Segment
    ranks: Numbers
    shapes: Shapes
    sizes: Numbers
    units: Numbers
    firsts: Numbers
    data: Bytes

    def occurrences(self, numbers: Numbers, *, in_blocks: bool) -> Occurrences:
        """Return what occurs of the terms ``numbers``, as the segment has it.

        Raises:
            BrokenSegmentError: their records are not whole.
        """
        held = self.shapes
        shapes = Shapes(
            *(of[numbers] for of in (held.starts, held.counts, held.blocks, held.widths))
        )
        try:
            if in_blocks:
                return unpack_blocks(self.data, shapes, self.firsts)
            return unpack(self.data, shapes)
        except (ValueError, IndexError) as exc:
            raise self.segment.broken() from exc

    def positions(self, found: Occurrences) -> Numbers:
        """Return the positions of what was ``found``.

        Raises:
            BrokenSegmentError: there are none.
        """
        if found.positions is None and len(found.units):
            raise self.segment.broken()
        return found.units if found.positions is None else found.positions

    def renumbered(self, units: Numbers) -> Numbers:
        """Return the new numbers of ``units``.

        Raises:
            BrokenSegmentError: there are no such units.
        """
        if len(units) and not 0 <= units.min() <= units.max() < len(self.units):
            raise self.segment.broken()
        return self.units[units]


def _terms_of(one: _Mapped, field: str, ranks: Numbers) -> _SourceTerms:
    segment, held = one.segment, one.segment.fields[field]
    own = [np.array(table[held.first : held.end], dtype=np.int64) for table in segment.tables()]
    data = np.frombuffer(segment.file.raw("postings"), dtype=np.uint8)
    if (own[0] >= len(data)).any():
        raise segment.broken()
    begins = np.append(np.unique(own[0]), len(data))
    sizes = begins[np.searchsorted(begins, own[0], side="right")] - own[0]
    if (own[1] > 2 * sizes).any() or (own[2] > sizes).any():
        raise segment.broken()  # it would take any memory to unpack it
    firsts = np.array(segment.block_firsts, dtype=np.int32)
    return _SourceTerms(segment, ranks, Shapes(*own), sizes, one.of(field), firsts, data)


class _Joint:
    """The terms of one field in all segments."""

    def __init__(self, mapped: Sequence[_Mapped], field: str, bytes_at_once: int) -> None:
        self.field = field
        self._bytes_at_once = bytes_at_once
        self._files = [one.segment.file for one in mapped]
        seen: dict[bytes, int] = {}
        numbers = [_numbers(one.segment, field, seen) for one in mapped]
        self.texts = sorted(seen)
        """The texts of all terms, in order."""
        self._places = {text: place for place, text in enumerate(self.texts)}
        ranks = np.fromiter((self._places[text] for text in seen), np.int32, count=len(seen))
        self._sources = [
            _terms_of(one, field, ranks[held]) for one, held in zip(mapped, numbers, strict=True)
        ]

    def chunks(
        self,
        texts: Sequence[bytes],
        packed: Callable[[Occurrences, int], Packed],
        *,
        with_positions: bool = True,
    ) -> Iterator[Chunk]:
        """Yield those of ``texts``, which are in order, that are left, with their records."""
        places = np.full(len(self.texts), GONE, dtype=np.int32)
        known = np.fromiter((self._places[text] for text in texts), np.int64, count=len(texts))
        places[known] = np.arange(len(texts), dtype=np.int32)
        ranks = [places[source.ranks] for source in self._sources]
        sizes = np.zeros(len(texts), dtype=np.int64)
        for source, ranked in zip(self._sources, ranks, strict=True):
            sizes[ranked[ranked != GONE]] += source.sizes[ranked != GONE]
        for low, high in portions(sizes, self._bytes_at_once):
            found = self._together(ranks, (low, high), with_positions=with_positions)
            present = np.flatnonzero(np.bincount(found.terms, minlength=high - low))
            new = np.zeros(high - low, dtype=np.int32)
            new[present] = np.arange(len(present), dtype=np.int32)
            ordered = order(new[found.terms], found.units, found.positions)
            kept = [texts[low + place] for place in present.tolist()]
            yield Chunk(kept, packed(ordered, len(kept)))
            for file in self._files:
                file.let_go()

    def _together(
        self, ranks: Sequence[Numbers], portion: tuple[int, int], *, with_positions: bool
    ) -> Occurrences:
        """Return what occurs of a portion of the terms, source after source, newly numbered."""
        (low, high), parts, placed = portion, [], []
        for source, ranked in zip(self._sources, ranks, strict=True):
            chosen = np.flatnonzero((ranked >= low) & (ranked < high))
            found = source.occurrences(chosen, in_blocks=self.field in PASSAGE_TEXTS)
            units = source.renumbered(found.units)
            live = units != GONE
            terms = ranked[chosen][found.terms] - low
            parts.append((terms[live], units[live]))
            if with_positions and self.field in TEXT_FIELDS:
                placed.append(source.positions(found)[live])
        terms, units = (np.concatenate([part[n] for part in parts]) for n in (0, 1))
        return Occurrences(terms, units, np.concatenate(placed) if placed else None)


def _numbers(segment: Segment, field: str, seen: dict[bytes, int]) -> Numbers:
    """Return of each term of a field its number in ``seen``, where new ones get the next."""
    held = segment.fields[field]
    found = (
        seen.setdefault(text, len(seen)) for text in segment.texts(range(held.first, held.end))
    )
    return np.fromiter(found, dtype=np.int32, count=held.end - held.first)
