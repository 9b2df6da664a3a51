"""Postings of reports and values as numpy arrays: sorted, packed into bytes, unpacked again.

How the bytes lie is told in ``records.py``. An occurrence is one term in one unit at one
position.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from searcher.index.whoosh.records import WIDTHS
from searcher.index.whoosh.runs import (
    Run,
    changes,
    differences,
    gathered,
    largest_of,
    scatter,
    starts_of,
    sums,
    totals_of,
    width_codes,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from searcher.index.whoosh.runs import Bytes, Numbers

MOST_OCCURRENCES = 1 << 28
"""The most that are unpacked together: what no build that was given memory comes near."""
SEQUENCE_BITS = 36
"""Bits of a key that say where an occurrence stands; the others hold its term."""
BYTES = np.array(WIDTHS, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Occurrences ordered by term, unit and position; terms count from 0 and leave none out.

    ``positions`` is ``None`` for a field without them.
    """

    terms: Numbers
    units: Numbers
    positions: Numbers | None


@dataclass(frozen=True, slots=True)
class Shapes:
    """Of each of some terms: where its record begins, its units, its blocks, its widths."""

    starts: Numbers
    counts: Numbers
    blocks: Numbers
    widths: Numbers


@dataclass(frozen=True, slots=True)
class Packed:
    """The records of some terms, one behind another, with their shapes."""

    data: Bytes
    shapes: Shapes


def order(terms: Numbers, units: Numbers, positions: Numbers | None) -> Occurrences:
    """Order by term what is in order by unit and position within each term."""
    keys = keyed(terms, np.arange(len(terms), dtype=np.uint64))
    keys.sort()
    ordered, where = parted(keys)
    return Occurrences(ordered, units[where], None if positions is None else positions[where])


def keyed(terms: Numbers, where: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return keys that are ordered by term and then by ``where``, which they are written over."""
    where |= terms.astype(np.uint64) << np.uint64(SEQUENCE_BITS)
    return where


def parted(keys: NDArray[np.uint64]) -> tuple[Numbers, Numbers]:
    """Return the terms of some keys, and where each stands."""
    terms = (keys >> np.uint64(SEQUENCE_BITS)).astype(np.int32)
    return terms, (keys & np.uint64((1 << SEQUENCE_BITS) - 1)).view(np.int64)


def pack(found: Occurrences, terms: int) -> Packed:
    """Return the records of ``terms`` terms of reports or values, each of which occurs."""
    starts = changes(found.terms, found.units)
    held, units = found.terms[starts], found.units[starts]
    often = np.diff(starts, append=len(found.terms))
    counts = np.bincount(held, minlength=terms).astype(np.int64)
    apart = differences(units, starts_of(counts))
    runs = [(apart, counts), (often, counts)]
    highest = largest_of(often, counts)
    codes = [
        width_codes(largest_of(apart, counts)),
        np.where(highest == 1, 0, width_codes(highest)),
    ]
    if found.positions is not None:
        places = differences(found.positions, starts)
        totals = np.bincount(found.terms, minlength=terms).astype(np.int64)
        runs.append((places, totals))
        codes.append(width_codes(largest_of(places, totals)))
    sizes = [count * BYTES[code] for (_, count), code in zip(runs, codes, strict=True)]
    total = np.sum(sizes, axis=0)
    data = np.zeros(int(total.sum()), dtype=np.uint8)
    first = place = starts_of(total)
    for (values, count), code, size in zip(runs, codes, sizes, strict=True):
        scatter(data, values, Run(place, count, BYTES[code]))
        place = place + size
    widths = np.asarray(sum(code << (2 * n) for n, code in enumerate(codes)), dtype=np.int64)
    return Packed(data, Shapes(first, counts, np.zeros_like(counts), widths))


def unpack(data: Bytes, shapes: Shapes) -> Occurrences:
    """Return the occurrences of the terms of reports or values that have ``shapes`` in ``data``.

    One position is given for each occurrence where there are positions; without them a unit
    occurs as often as it holds the term.
    """
    starts, counts, codes = shapes.starts, shapes.counts, shapes.widths
    wide, often, apart = (BYTES[codes >> (2 * n) & 3] for n in range(3))
    units = sums(gathered(data, Run(starts, counts, wide)), counts)
    place = starts + counts * wide
    frequencies = gathered(data, Run(place, counts, often), default=1)
    places = Run(place + counts * often, totals_of(frequencies, counts), apart)
    return spread(data, (units, counts, frequencies), places)


def spread(data: Bytes, held: tuple[Numbers, Numbers, Numbers], places: Run) -> Occurrences:
    """Return each occurrence of some terms, with its position where ``places`` has them.

    ``held`` are the units that hold them, how many do of each, and how often each unit does.

    Raises:
        ValueError: ``data`` does not hold the places, or no unit holds a term so often.
    """
    units, counts, frequencies = held
    positions = None
    if places.widths.any():
        positions = sums(gathered(data, places), frequencies)
    elif places.counts.sum() > MOST_OCCURRENCES:
        msg = "more occurrences than there can be"
        raise ValueError(msg)
    terms = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
    return Occurrences(np.repeat(terms, frequencies), np.repeat(units, frequencies), positions)
