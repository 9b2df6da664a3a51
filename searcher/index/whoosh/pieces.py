"""The pieces of gathered texts turned into words, as whole arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from searcher.index.whoosh.gather import NO_TERM
from searcher.index.whoosh.runs import starts_of, within

if TYPE_CHECKING:
    from array import array

    from searcher.index.whoosh.gather import Lexicon, Texts
    from searcher.index.whoosh.runs import Numbers

AT_ONCE = 1 << 18
"""Pieces that are turned into words together."""


def seen(values: array[int]) -> Numbers:
    """Return ``values``, all below 2**31, as numpy's without copying them."""
    return np.asarray(values).view(np.int32)


def words_of(text: Texts, lexicon: Lexicon) -> tuple[Numbers, Numbers]:
    """Return the words of a field on end, and how many each unit has."""
    pieces, found = seen(text.pieces), seen(lexicon.found)
    held = np.diff(seen(lexicon.ends), prepend=np.int32(0))
    begins = seen(lexicon.ends) - held
    counts = _summed(held[pieces], text)
    words, end = np.empty(int(counts.sum(dtype=np.int64)), dtype=np.int32), 0
    for first in range(0, len(pieces), AT_ONCE):
        some = pieces[first : first + AT_ONCE]
        places = np.repeat(begins[some], held[some]) + within(held[some])
        words[end : end + len(places)] = found[places]
        end += len(places)
    return words, counts


def lengths_of(text: Texts, lexicon: Lexicon) -> Numbers:
    """Return of each unit how many terms its words stand for."""
    terms = 1 + (seen(lexicon.words.stems) != NO_TERM).astype(np.int32)
    sums = np.concatenate(([0], np.cumsum(terms[seen(lexicon.found)])))
    held = np.diff(sums[seen(lexicon.ends)], prepend=0).astype(np.int32)
    return _summed(held[seen(text.pieces)], text).astype(np.int64)


def _summed(values: Numbers, text: Texts) -> Numbers:
    """Return the sum over each unit of ``values``, one for each piece."""
    counts = seen(text.counts)
    sums = np.zeros(len(counts), dtype=np.int32)
    some = np.flatnonzero(counts)
    if len(some):
        sums[some] = np.add.reduceat(values, starts_of(counts.astype(np.int64))[some])
    return sums
