"""Runs of numbers of several widths in one array of bytes, written and read as whole arrays.

numpy is imported for building alone. Numbers are unsigned and little-endian.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.signedinteger[Any]]
    Bytes = NDArray[np.uint8]

SMALL, MIDDLE = 1 << 8, 1 << 16


@dataclass(frozen=True, slots=True)
class Run:
    """Of each term where its numbers begin, how many there are and how many bytes each has."""

    starts: Numbers
    counts: Numbers
    widths: Numbers

    def of_width(self, width: int) -> tuple[Numbers | slice, Numbers]:
        """Return which numbers have ``width``, and where each begins."""
        chosen = self.widths == width
        if chosen.all():
            return slice(None), np.repeat(self.starts, self.counts) + width * within(self.counts)
        wide = np.flatnonzero(np.repeat(chosen, self.counts))
        counts = self.counts[chosen]
        return wide, np.repeat(self.starts[chosen], counts) + width * within(counts)


def scatter(data: Bytes, values: Numbers, run: Run) -> None:
    """Write ``values`` to where ``run`` says."""
    for width in (1, 2, 4):
        if not (run.widths == width).any():
            continue
        wide, places = run.of_width(width)
        chosen = values[wide]
        data[places] = chosen.astype(np.uint8)
        for byte in range(1, width):
            data[places + byte] = (chosen >> (8 * byte)).astype(np.uint8)


def gathered(data: Bytes, run: Run, *, default: int = 0) -> Numbers:
    """Read the numbers of ``run``; those of no width are ``default``.

    Raises:
        ValueError: they do not lie within ``data``.
    """
    _check_within(data, run.starts + run.counts * run.widths)
    values = np.full(int(run.counts.sum()), default, dtype=np.int32)
    for width in (1, 2, 4):
        if not (run.widths == width).any():
            continue
        wide, places = run.of_width(width)
        found = np.zeros(len(places), dtype=np.int32)
        for byte in range(width):
            found |= data[places + byte].astype(np.int32) << (8 * byte)
        values[wide] = found
    return values


def scatter_halves(data: Bytes, values: Numbers, run: tuple[Numbers, Numbers]) -> None:
    """Write ``values`` in four bits each, the first of two in the lower ones.

    ``run`` says of each term where its numbers begin and how many there are.
    """
    starts, counts = run
    pairs = (counts + 1) >> 1
    padded = np.zeros(2 * int(pairs.sum()), dtype=np.uint8)
    odd = counts & 1
    padded[np.arange(len(values)) + np.repeat(np.cumsum(odd) - odd, counts)] = values
    data[np.repeat(starts - starts_of(pairs), pairs) + np.arange(len(padded) // 2)] = (
        padded[::2] | padded[1::2] << 4
    )


def gathered_halves(data: Bytes, run: tuple[Numbers, Numbers]) -> Numbers:
    """Read numbers that were written so.

    Raises:
        ValueError: they do not lie within ``data``.
    """
    starts, counts = run
    _check_within(data, starts + (counts + 1) // 2)
    inside = within(counts)
    found = data[np.repeat(starts, counts) + (inside >> 1)].astype(np.int32)
    return (found >> (4 * (inside & 1))) & 0xF


def _check_within(data: Bytes, ends: Numbers) -> None:
    if len(ends) and ends.max() > len(data):
        msg = "a run goes on behind the end"
        raise ValueError(msg)


def within(counts: Numbers) -> Numbers:
    """Return 0, 1, … for each of the ``counts``, on end."""
    starts = starts_of(counts).astype(np.int32)
    return np.arange(int(counts.sum()), dtype=np.int32) - np.repeat(starts, counts)


def starts_of(counts: Numbers) -> Numbers:
    """Return where each run begins if they follow one another."""
    return np.cumsum(counts) - counts


def changes(terms: Numbers, units: Numbers) -> Numbers:
    """Return where a term or a unit differs from the one before."""
    changed = np.ones(len(terms), dtype=bool)
    changed[1:] = (terms[1:] != terms[:-1]) | (units[1:] != units[:-1])
    return np.flatnonzero(changed).astype(np.int64)


def differences(values: Numbers, starts: Numbers) -> Numbers:
    """Return each value less the one before; at each of ``starts`` the value itself."""
    apart = values.copy()
    apart[1:] -= values[:-1]
    apart[starts] = values[starts]
    return apart


def sums(apart: Numbers, counts: Numbers) -> Numbers:
    """Return what ``differences`` was made of, for runs of ``counts`` values, none empty."""
    summed = np.cumsum(apart)
    starts = starts_of(counts)
    return (summed - np.repeat(summed[starts] - apart[starts], counts)).astype(np.int32)


def totals_of(values: Numbers, counts: Numbers) -> Numbers:
    """Return the sum of each run of ``counts`` values, none empty."""
    if not len(counts):
        return np.zeros(0, dtype=np.int64)
    return np.asarray(np.add.reduceat(values, starts_of(counts), dtype=np.int64))


def largest_of(values: Numbers, counts: Numbers) -> Numbers:
    """Return the largest of each run of ``counts`` values, none empty."""
    if not len(counts):
        return np.zeros(0, dtype=np.int64)
    return np.maximum.reduceat(values, starts_of(counts))


def width_codes(largest: Numbers) -> Numbers:
    """Return what stands for the width that each needs: 1, 2, 3 for 1, 2, 4 bytes."""
    return 1 + (largest >= SMALL).astype(np.int64) + (largest >= MIDDLE)
