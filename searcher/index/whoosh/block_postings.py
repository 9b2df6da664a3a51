"""Postings of passages as numpy arrays: packed block by block into bytes, and unpacked again.

How the bytes lie is told in ``records.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from searcher.index.whoosh.bm25f import WEIGHTS
from searcher.index.whoosh.bounds import BOUNDS, SLACK
from searcher.index.whoosh.fields import BLOCK, LENGTHS
from searcher.index.whoosh.postings import BYTES, Occurrences, Packed, Shapes, spread
from searcher.index.whoosh.records import (
    BLOCKS_AT,
    FREQUENCIES_AT,
    FREQUENCY_WIDTHS,
    HALVES,
    HELD_AT,
    MOST_BEYOND,
    PLACES_AT,
    TOTALS_AT,
)
from searcher.index.whoosh.runs import (
    Run,
    changes,
    differences,
    gathered,
    gathered_halves,
    largest_of,
    scatter,
    scatter_halves,
    starts_of,
    sums,
    totals_of,
    width_codes,
    within,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from searcher.index.whoosh.runs import Bytes, Numbers

_BOUNDS = np.array(BOUNDS)
_LENGTHS = np.array(LENGTHS, dtype=np.int64)
_FREQUENCY_BYTES = np.array(FREQUENCY_WIDTHS, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Blocks:
    """The blocks of a segment as one field sees them.

    ``of`` is the block of each passage, ``firsts`` the first passage of each, ``gains`` what
    one occurrence in each passage counts.
    """

    of: Numbers
    firsts: Numbers
    gains: NDArray[np.floating[Any]]


def block_columns(firsts: Numbers) -> dict[str, Numbers]:
    """Return the first passage and the report of each block, from the first of each report."""
    counts = -(-np.diff(firsts) // BLOCK)
    reports = np.repeat(np.arange(len(counts), dtype=np.int64), counts)
    starts = firsts[reports] + BLOCK * within(counts).astype(np.int64)
    return {"block_firsts": np.append(starts, firsts[-1]), "block_reports": reports}


def bound_mean(codes: Numbers) -> float:
    """Return the mean length that the ``codes`` of a field's lengths stand for; 1 for none."""
    return float(_LENGTHS[codes].sum()) / max(len(codes), 1) or 1.0


def blocks_of(columns: Mapping[str, Numbers], field: str) -> Blocks:
    """Return the blocks of a segment with ``columns`` as ``field`` sees them."""
    firsts, codes = columns["block_firsts"], columns[f"{field}_lengths"]
    of = np.repeat(np.arange(len(firsts) - 1, dtype=np.int32), np.diff(firsts))
    weight, b = WEIGHTS[field].weight, WEIGHTS[field].b
    rates = weight / (1.0 - b + b * _LENGTHS / bound_mean(codes))
    return Blocks(of, firsts.astype(np.int32), rates[codes])


@dataclass(frozen=True, slots=True)
class _Postings:
    """What holds each term: passages, how often, and the blocks they are in.

    ``counts`` and ``blocks`` are the passages and blocks of each term, ``first`` where in the
    passages each block begins.
    """

    units: Numbers
    often: Numbers
    counts: Numbers
    numbers: Numbers
    blocks: Numbers
    first: Numbers


def _postings(found: Occurrences, terms: int, blocks: Blocks) -> _Postings:
    starts = changes(found.terms, found.units)
    held, units = found.terms[starts], found.units[starts]
    often = np.diff(starts, append=len(found.terms)).astype(np.int32)
    numbers = blocks.of[units]
    first = changes(held, numbers)
    counts = np.bincount(held, minlength=terms).astype(np.int64)
    in_blocks = np.bincount(held[first], minlength=terms).astype(np.int64)
    return _Postings(units, often, counts, numbers[first], in_blocks, first)


def pack_blocks(found: Occurrences, terms: int, blocks: Blocks) -> Packed:
    """Return the records of ``terms`` terms of passages, each of which occurs."""
    if not terms:
        nothing = np.zeros(0, dtype=np.int64)
        return Packed(np.zeros(0, dtype=np.uint8), Shapes(nothing, nothing, nothing, nothing))
    held = _postings(found, terms, blocks)
    here = np.diff(held.first, append=len(held.units))
    totals = np.add.reduceat(held.often, held.first, dtype=np.int64)
    best = np.maximum.reduceat(blocks.gains[held.units] * held.often, held.first)
    bounds = np.searchsorted(_BOUNDS, best * SLACK)
    local = held.units - np.repeat(blocks.firsts[held.numbers], here)
    apart = differences(held.numbers, starts_of(held.blocks))
    highest = largest_of(held.often, held.counts)
    often = _frequency_codes(highest)
    runs = [
        _Coded(apart, held.blocks, width_codes(largest_of(apart, held.blocks))),
        *_within_blocks(here, totals, held.blocks),
        _Coded(bounds, held.blocks, np.ones(terms, dtype=np.int64)),
        _Coded(local, held.counts, np.full(terms, HALVES), halves=True),
        _Coded(held.often, held.counts, often, halves=True),
        _places(found, held.often, terms),
    ]
    data, starts = _written(runs)
    at = (BLOCKS_AT, HELD_AT, TOTALS_AT, None, None, FREQUENCIES_AT, PLACES_AT)
    widths = sum(run.codes << bit for run, bit in zip(runs, at, strict=True) if bit is not None)
    return Packed(data, Shapes(starts, held.counts, held.blocks, np.asarray(widths)))


def _within_blocks(here: Numbers, totals: Numbers, blocks: Numbers) -> tuple[_Coded, _Coded]:
    """Return the runs of how many passages of each block hold a term, and how often in all."""
    beyond = totals - here
    is_small = largest_of(beyond, blocks) <= MOST_BEYOND
    packed = (here - 1) | np.where(np.repeat(is_small, blocks), beyond << 4, 0)
    some = largest_of(packed, blocks) > 0
    codes = np.where(is_small, 0, width_codes(largest_of(totals, blocks)))
    return _Coded(packed, blocks, some.astype(np.int64)), _Coded(totals, blocks, codes)


def _frequency_codes(highest: Numbers) -> Numbers:
    return np.where(
        highest <= 15, (highest > 1).astype(np.int64) * HALVES, 1 + width_codes(highest)
    )


@dataclass(frozen=True, slots=True)
class _Coded:
    """One run of every term: its numbers, how many each term has, and the codes of its widths.

    ``halves`` tells whether the codes are those of frequencies.
    """

    values: Numbers
    counts: Numbers
    codes: Numbers
    halves: bool = False

    def sizes(self) -> Numbers:
        """Return the bytes of each term's run."""
        if not self.halves:
            return self.counts * BYTES[self.codes]
        whole = self.counts * _FREQUENCY_BYTES[self.codes]
        return np.where(self.codes == HALVES, (self.counts + 1) // 2, whole)

    def write(self, data: Bytes, starts: Numbers) -> None:
        """Write each term's run to where it begins."""
        if not self.halves:
            scatter(data, self.values, Run(starts, self.counts, BYTES[self.codes]))
            return
        scatter(data, self.values, Run(starts, self.counts, _FREQUENCY_BYTES[self.codes]))
        chosen = self.codes == HALVES
        values = self.values[np.repeat(chosen, self.counts)]
        scatter_halves(data, values, (starts[chosen], self.counts[chosen]))


def _places(found: Occurrences, often: Numbers, terms: int) -> _Coded:
    """Return the run of positions; nothing of what has none."""
    if found.positions is None:
        nothing = np.zeros(terms, dtype=np.int64)
        return _Coded(nothing[:0], nothing, nothing)
    apart = differences(found.positions, starts_of(often.astype(np.int64)))
    occurring = np.bincount(found.terms, minlength=terms).astype(np.int64)
    return _Coded(apart, occurring, width_codes(largest_of(apart, occurring)))


def _written(runs: list[_Coded]) -> tuple[Bytes, Numbers]:
    """Return the ``runs`` of each term on end, and where each term's begin."""
    sizes = [run.sizes() for run in runs]
    total = np.sum(sizes, axis=0)
    data = np.zeros(int(total.sum()), dtype=np.uint8)
    first = place = starts_of(total)
    for run, size in zip(runs, sizes, strict=True):
        run.write(data, place)
        place = place + size
    return data, first


def unpack_blocks(data: Bytes, shapes: Shapes, firsts: Numbers) -> Occurrences:
    """Return the occurrences of the passages' terms that have ``shapes`` in ``data``.

    ``firsts`` is the first passage of each block.
    """
    codes, counts, blocks = shapes.widths, shapes.counts, shapes.blocks
    wide, total, apart = (BYTES[codes >> at & 3] for at in (BLOCKS_AT, TOTALS_AT, PLACES_AT))
    some, often = codes >> HELD_AT & 1, codes >> FREQUENCIES_AT & 7
    place = shapes.starts
    numbers = sums(gathered(data, Run(place, blocks, wide)), blocks)
    place = place + blocks * wide
    here = (gathered(data, Run(place, blocks, some)) & MOST_BEYOND) + 1
    place = place + blocks * (some + total + 1)
    local = gathered_halves(data, (place, counts))
    place = place + (counts + 1) // 2
    run = _Coded(local, counts, often, halves=True)
    frequencies = _frequencies(data, place, run)
    units = np.repeat(firsts[numbers].astype(np.int32), here) + local
    places = Run(place + run.sizes(), totals_of(frequencies, counts), apart)
    return spread(data, (units, counts, frequencies), places)


def _frequencies(data: Bytes, starts: Numbers, run: _Coded) -> Numbers:
    widths = _FREQUENCY_BYTES[run.codes]
    found = gathered(data, Run(starts, run.counts, widths), default=1)
    chosen = run.codes == HALVES
    where = np.repeat(chosen, run.counts)
    found[where] = gathered_halves(data, (starts[chosen], run.counts[chosen]))
    return found
