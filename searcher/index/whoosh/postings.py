"""Postings as numpy arrays: sorted, packed into bytes, and unpacked again.

numpy is imported for building alone. An occurrence is one term in one unit at one position.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from searcher.index.whoosh.segment import WIDTHS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.signedinteger[Any]]
    Bytes = NDArray[np.uint8]

SEQUENCE_BITS = 36
"""Bits of a key that number an occurrence; the others hold its term."""
SMALL, MIDDLE = 1 << 8, 1 << 16
_WIDTHS = np.array(WIDTHS, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Occurrences ordered by term, unit and position; terms count from 0 and leave none out.

    ``positions`` is ``None`` for a field without them.
    """

    terms: Numbers
    units: Numbers
    positions: Numbers | None


@dataclass(frozen=True, slots=True)
class Packed:
    """The postings of some terms as bytes; of each term its size, units and widths."""

    data: Bytes
    sizes: Numbers
    counts: Numbers
    widths: Numbers


def order(terms: Numbers, units: Numbers, positions: Numbers | None) -> Occurrences:
    """Order by term what is in order by unit and position within each term."""
    keys = terms.astype(np.uint64) << np.uint64(SEQUENCE_BITS)
    keys |= np.arange(len(terms), dtype=np.uint64)
    keys.sort()
    ordered = (keys >> np.uint64(SEQUENCE_BITS)).astype(np.int32)
    keys &= np.uint64((1 << SEQUENCE_BITS) - 1)
    places = keys.view(np.int64)
    return Occurrences(ordered, units[places], None if positions is None else positions[places])


def pack(found: Occurrences, terms: int) -> Packed:
    """Return the postings of ``terms`` terms, each of which occurs."""
    starts = _changes(found.terms, found.units)
    held, units = found.terms[starts], found.units[starts]
    frequencies = np.diff(starts, append=len(found.terms))
    counts = np.bincount(held, minlength=terms).astype(np.int64)
    runs = [(_differences(units, first := _starts(counts)), counts), (frequencies, counts)]
    widths = [_widths(runs[0][0], first), _widths(frequencies, first, ones=True)]
    if found.positions is not None:
        apart = _differences(found.positions, starts)
        often = np.bincount(found.terms, minlength=terms).astype(np.int64)
        runs.append((apart, often))
        widths.append(_widths(apart, _starts(often)))
    sizes = [count * _WIDTHS[width] for (_, count), width in zip(runs, widths, strict=True)]
    total = np.sum(sizes, axis=0)
    data = np.zeros(int(total.sum()), dtype=np.uint8)
    place = _starts(total)
    for (values, count), width, size in zip(runs, widths, sizes, strict=True):
        _scatter(data, values, _Run(place, count, _WIDTHS[width]))
        place = place + size
    codes = sum(width << (2 * n) for n, width in enumerate(widths))
    return Packed(data, total, counts, np.asarray(codes, dtype=np.int64))


def unpack(data: Bytes, starts: Numbers, packed: tuple[Numbers, Numbers]) -> Occurrences:
    """Return the occurrences of the terms whose bytes begin at ``starts`` of ``data``.

    ``packed`` are their counts and widths. One position is given for each occurrence where there
    are positions; without them a unit occurs as often as it holds the term.
    """
    counts, codes = packed
    wide, often, apart = (_WIDTHS[codes >> (2 * n) & 3] for n in range(3))
    units = _sums(_gathered(data, _Run(starts, counts, wide)), counts)
    place = starts + counts * wide
    frequencies = _gathered(data, _Run(place, counts, often), default=1)
    terms = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
    held = np.repeat(terms, frequencies)
    positions = None
    if apart.any():
        totals = np.bincount(held, minlength=len(counts)).astype(np.int64)
        gathered = _gathered(data, _Run(place + counts * often, totals, apart))
        positions = _sums(gathered, frequencies)
    return Occurrences(held, np.repeat(units, frequencies), positions)


def within(counts: Numbers) -> Numbers:
    """Return 0, 1, … for each of the ``counts``, on end."""
    starts = _starts(counts).astype(np.int32)
    return np.arange(int(counts.sum()), dtype=np.int32) - np.repeat(starts, counts)


@dataclass(frozen=True, slots=True)
class _Run:
    """Of each term where its numbers begin, how many there are and how wide they are."""

    starts: Numbers
    counts: Numbers
    widths: Numbers

    def of_width(self, width: int) -> tuple[Numbers, Numbers]:
        """Return which numbers have ``width``, and where each begins."""
        chosen = self.widths == width
        wide = np.flatnonzero(np.repeat(chosen, self.counts))
        counts = self.counts[chosen]
        return wide, np.repeat(self.starts[chosen], counts) + width * within(counts)


def _scatter(data: Bytes, values: Numbers, run: _Run) -> None:
    """Write ``values`` to where ``run`` says."""
    for width in WIDTHS[1:]:
        wide, places = run.of_width(width)
        chosen = values[wide]
        for byte in range(width):
            data[places + byte] = (chosen >> (8 * byte)) & 0xFF


def _gathered(data: Bytes, run: _Run, *, default: int = 0) -> Numbers:
    """Read the numbers of ``run``; those of no width are ``default``."""
    values = np.full(int(run.counts.sum()), default, dtype=np.int32)
    for width in WIDTHS[1:]:
        wide, places = run.of_width(width)
        found = np.zeros(len(wide), dtype=np.int32)
        for byte in range(width):
            found |= data[places + byte].astype(np.int32) << (8 * byte)
        values[wide] = found
    return values


def _starts(counts: Numbers) -> Numbers:
    return np.cumsum(counts) - counts


def _changes(terms: Numbers, units: Numbers) -> Numbers:
    """Return where a term or a unit differs from the one before."""
    changed = np.ones(len(terms), dtype=bool)
    changed[1:] = (terms[1:] != terms[:-1]) | (units[1:] != units[:-1])
    return np.flatnonzero(changed).astype(np.int64)


def _differences(values: Numbers, starts: Numbers) -> Numbers:
    """Return each value less the one before; at each of ``starts`` the value itself."""
    apart = values.copy()
    apart[1:] -= values[:-1]
    apart[starts] = values[starts]
    return apart


def _sums(apart: Numbers, counts: Numbers) -> Numbers:
    """Return what ``_differences`` was made of, for runs of ``counts`` values, none empty."""
    sums = np.cumsum(apart)
    starts = _starts(counts)
    return (sums - np.repeat(sums[starts] - apart[starts], counts)).astype(np.int32)


def _widths(values: Numbers, starts: Numbers, *, ones: bool = False) -> Numbers:
    """Return the code of the width that each run needs; 0 where ``ones`` and all are 1."""
    if not len(starts):
        return np.zeros(0, dtype=np.int64)
    largest = np.maximum.reduceat(values, starts)
    codes = 1 + (largest >= SMALL).astype(np.int64) + (largest >= MIDDLE)
    if ones:
        codes[largest == 1] = 0
    return codes
