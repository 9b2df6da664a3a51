"""The postings of some terms in some blocks, read with numpy all at once."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from searcher.index.whoosh.records import BlockPostings

    Numbers = NDArray[np.int64]


class Record:
    """The postings of a term in a field of passages, of a segment of ``blocks`` blocks."""

    def __init__(self, field: str, postings: BlockPostings, blocks: int) -> None:
        self.field = field
        self.postings = postings
        self._most = blocks

    @cached_property
    def blocks(self) -> Numbers:
        """The blocks that hold the term, ascending.

        Raises:
            ValueError: they are blocks that there are not.
        """
        dtype = f"<u{self.postings.blocks_width}"
        blocks = np.frombuffer(self.postings.blocks_run, dtype=dtype).cumsum(dtype=np.int64)
        if blocks[-1] >= self._most:
            raise ValueError
        return blocks

    @cached_property
    def held(self) -> Numbers:
        """How many passages of each do."""
        if self.postings.held is None:
            return np.ones(self.postings.n_blocks, dtype=np.int64)
        held = np.frombuffer(self.postings.held, dtype=np.uint8).astype(np.int64)
        held += 1
        return held

    @cached_property
    def locals(self) -> NDArray[np.uint8]:
        """The number of each passage within its block."""
        packed = np.frombuffer(self.postings.locals, dtype=np.uint8)
        numbers = np.empty(2 * len(packed), dtype=np.uint8)
        numbers[::2] = packed & 15
        numbers[1::2] = packed >> 4
        return numbers[: self.postings.count]

    def inside(self, numbers: Numbers) -> NDArray[np.uint8]:
        """Return the same of some postings, given by number, without reading the others."""
        return _halves(self.postings.locals, numbers)

    @cached_property
    def bounds(self) -> NDArray[np.uint8]:
        """What bounds the term in each block, as it is kept."""
        return np.frombuffer(self.postings.bounds, dtype=np.uint8)

    @cached_property
    def starts(self) -> Numbers:
        """Where the postings of each block begin."""
        return np.cumsum(self.held) - self.held

    @cached_property
    def totals(self) -> Numbers:
        """How often the term occurs in each block."""
        totals = self.postings.totals
        return self.held if totals is None else np.asarray(totals).astype(np.int64)

    @cached_property
    def places(self) -> NDArray[np.unsignedinteger[Any]]:
        """The positions of the term, as differences within each passage."""
        dtype = f"<u{self.postings.places_width}"
        return np.frombuffer(self.postings.places, dtype=dtype, count=int(self.totals.sum()))

    def frequencies(self, numbers: Numbers) -> Numbers:
        """Return how often the term occurs in each of some postings, given by number."""
        run, code = self.postings.frequencies, self.postings.frequency_code
        if run is None:
            return np.ones(len(numbers), dtype=np.int64)
        if code > 1:
            return np.asarray(
                np.frombuffer(run, f"<u{1 << (code - 2)}").take(numbers), dtype=np.int64
            )
        return _halves(run, numbers).astype(np.int64)


def _halves(run: memoryview, numbers: Numbers) -> NDArray[np.uint8]:
    """Return some of the numbers of four bits each that ``run`` holds, given by their number."""
    packed = np.frombuffer(run, dtype=np.uint8).take(numbers >> 1)
    return np.asarray(packed >> ((numbers & 1) << 2).astype(np.uint8) & 15, dtype=np.uint8)


class Opened(NamedTuple):
    """Postings of some blocks: of each its slot, its passage, and its number in its record.

    ``runs`` says of each record, by its index, where its postings begin and end here.
    """

    slots: Numbers
    passages: Numbers
    numbers: Numbers
    runs: Sequence[tuple[int, int, int]]


class Chosen(NamedTuple):
    """The blocks to open, ascending, each with the slot of its first passage; and all firsts."""

    blocks: Numbers
    slots: Numbers
    firsts: Numbers


class _Rows(NamedTuple):
    """Of each opened block of a record: slot and passage of its first, and its postings."""

    slots: Numbers
    firsts: Numbers
    starts: Numbers
    held: Numbers


def rows_of(record: Record, chosen: Chosen) -> tuple[Numbers, Numbers]:
    """Return which of the chosen blocks hold a term, and which of its own they are."""
    at = record.blocks.searchsorted(chosen.blocks)
    at[at == len(record.blocks)] = 0
    among = (record.blocks.take(at) == chosen.blocks).nonzero()[0]
    return among, at[among]


def opened(records: Sequence[Record], chosen: Chosen) -> Opened:
    """Return the postings of ``records`` in the blocks that are chosen."""
    parts, runs, end = [], [], 0
    for index, record in enumerate(records):
        among, own = rows_of(record, chosen)
        if len(own):
            held, blocks = record.held.take(own), chosen.blocks.take(among)
            parts.append(
                _Rows(
                    chosen.slots.take(among),
                    chosen.firsts.take(blocks),
                    record.starts.take(own),
                    held,
                )
            )
            start, end = end, end + int(held.sum())
            runs.append((index, start, end))
    if not parts:
        nothing = np.zeros(0, dtype=np.int64)
        return Opened(nothing, nothing, nothing, ())
    rows = _Rows(*map(np.concatenate, zip(*parts, strict=True))) if len(parts) > 1 else parts[0]
    ahead = np.asarray(rows.starts - (rows.held.cumsum() - rows.held), dtype=np.int64)
    numbers = np.arange(end, dtype=np.int64) + ahead.repeat(rows.held)
    inside = np.concatenate([records[n].inside(numbers[first:last]) for n, first, last in runs])
    slots = rows.slots.repeat(rows.held)
    slots += inside
    passages = rows.firsts.repeat(rows.held)
    passages += inside
    return Opened(slots, passages, numbers, runs)


def placed(record: Record, chosen: Chosen, wanted: NDArray[np.bool_]) -> tuple[Numbers, Numbers]:
    """Return the slots, of those ``wanted``, of every occurrence of a term, and its position.

    Both are in order by slot and position.

    Raises:
        ValueError: there are fewer positions than occurrences.
    """
    found = opened([record], chosen)
    _, own = rows_of(record, chosen)
    frequencies = record.frequencies(found.numbers)
    before = np.cumsum(frequencies) - frequencies
    held = record.held[own]
    firsts = np.cumsum(held) - held
    occurrences = (np.cumsum(record.totals) - record.totals)[own]
    starts = before + np.repeat(occurrences - before[firsts], held)
    kept = wanted[found.slots]
    slots, starts, frequencies = found.slots[kept], starts[kept], frequencies[kept]
    ends = np.cumsum(frequencies)
    first = ends - frequencies
    count = int(ends[-1]) if len(ends) else 0
    if count > len(record.places):
        raise ValueError
    gaps = record.places[np.arange(count) + np.repeat(starts - first, frequencies)]
    sums = np.cumsum(gaps, dtype=np.int64)
    positions = sums - np.repeat(sums[first] - gaps[first], frequencies)
    return np.repeat(slots, frequencies), positions
