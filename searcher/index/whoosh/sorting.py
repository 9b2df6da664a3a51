"""What was gathered on its way into a segment: columns, and terms sorted as whole arrays."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from searcher.index.whoosh.block_postings import blocks_of, pack_blocks
from searcher.index.whoosh.fields import (
    FIELDS,
    LENGTHS,
    NUMBER_FIELDS,
    PASSAGE_TEXTS,
    TEXT_FIELDS,
    number_term,
)
from searcher.index.whoosh.pieces import lengths_of, seen, words_of
from searcher.index.whoosh.postings import Occurrences, keyed, order, pack, parted
from searcher.index.whoosh.runs import within
from searcher.index.whoosh.segment_writer import (
    Chunk,
    Contents,
    FieldPart,
    Shared,
    derived,
    total,
)
from searcher.index.whoosh.sharing import stems_of

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from searcher.index.whoosh.gather import Gathered, Lexicon, Texts
    from searcher.index.whoosh.postings import Packed
    from searcher.index.whoosh.runs import Numbers

OCCURRENCES_AT_ONCE = 1_000_000
"""Occurrences that are sorted and packed together."""
BYTES_AN_OCCURRENCE = 100
"""What one of them costs at most meanwhile; measured."""


def contents_of(gathered: Gathered, *, at_once: int = OCCURRENCES_AT_ONCE) -> Contents:
    """Return what was ``gathered`` as the contents of a segment."""
    firsts = np.append(numbers(gathered.firsts), len(gathered.keys))
    lengths = {n: lengths_of(t, gathered.lexicon) for n, t in gathered.texts.items()}
    own = {
        "first_passages": firsts,
        **{name: numbers(held) for name, held in gathered.columns().items()},
        **{f"{name}_lengths": codes_of(found) for name, found in lengths.items()},
    }
    columns, held = {**own, **derived(own)}, np.diff(firsts)
    fields = (
        FieldPart(
            name,
            total(name, lengths[name], held),
            _text_chunks((gathered.texts[name], gathered.lexicon), packer(columns, name), at_once),
        )
        if name in TEXT_FIELDS
        else FieldPart(name, 0, [_value_chunk(_values(gathered, columns, name))])
        for name in FIELDS
    )
    return Contents(columns, gathered.names, fields)


def packer(columns: Mapping[str, Numbers], field: str) -> Callable[[Occurrences, int], Packed]:
    """Return what packs the occurrences of ``field`` in a segment with ``columns``."""
    if field not in PASSAGE_TEXTS:
        return pack
    blocks = blocks_of(columns, field)
    return lambda found, terms: pack_blocks(found, terms, blocks)


def portions(sizes: Numbers, at_once: int) -> Iterator[tuple[int, int]]:
    """Yield runs of terms of about ``at_once`` together, each from one place to another."""
    ends = np.flatnonzero(np.diff(np.cumsum(sizes) // at_once)) + 1
    bounds = [0, *ends.tolist(), len(sizes)]
    yield from ((low, high) for low, high in pairwise(bounds) if low < high)


def numbers(values: array[int]) -> Numbers:
    """Return ``values`` as an array of numpy's."""
    return np.asarray(values).astype(np.int64)


def codes_of(lengths: Numbers) -> Numbers:
    """Return the byte for each of ``lengths``: that of the nearest kept length not below it."""
    table = np.array(LENGTHS, dtype=np.int64)
    return np.minimum(np.searchsorted(table, lengths), len(table) - 1).astype(np.int64)


def _text_chunks(
    text: tuple[Texts, Lexicon], packed: Callable[[Occurrences, int], Packed], at_once: int
) -> Iterator[Chunk | Shared]:
    """Yield the exact forms of a field, the stems of several of them, and those of one."""
    words = _Words(*text)
    exact = words.exact_forms()
    yield from words.chunks(exact, words.by_form(exact), (packed, at_once))
    stems = stems_of(exact)
    several, single = stems.several, stems.single
    placed = words.by_stem(several)
    yield from words.chunks(several, placed, (packed, at_once), with_positions=False)
    yield Shared(tuple(single), tuple(single.values()))


class _Words:
    """The words of a text field with where each stands, and the terms that they stand for."""

    def __init__(self, text: Texts, lexicon: Lexicon) -> None:
        self._words, counts = words_of(text, lexicon)
        self._units = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
        self._positions = within(counts)
        self._lexicon = lexicon.words
        self._often = np.bincount(self._words, minlength=len(self._lexicon))

    def exact_forms(self) -> list[bytes]:
        """Return the terms of the exact forms that are there, in order."""
        present = np.unique(seen(self._lexicon.exact)[self._often > 0])
        texts = list(self._lexicon.terms)
        return sorted(texts[number].encode("utf-8") for number in present.tolist())

    def by_form(self, exact: Sequence[bytes]) -> Numbers:
        """Return of each word the place of its exact form in ``exact``; -1 if it is not there."""
        return self._places(exact)[seen(self._lexicon.exact)]

    def by_stem(self, stems: Sequence[bytes]) -> Numbers:
        """Return of each word the place of its stem in ``stems``; -1 if it is not there."""
        places = np.append(self._places(stems), np.int32(-1))
        return places[np.minimum(seen(self._lexicon.stems), len(places) - 1)]

    def _places(self, texts: Sequence[bytes]) -> Numbers:
        """Return of each term of the lexicon its place in ``texts``."""
        terms = self._lexicon.terms
        places = np.full(len(terms), -1, dtype=np.int32)
        known = np.fromiter((terms[text.decode("utf-8")] for text in texts), dtype=np.int64)
        places[known] = np.arange(len(texts), dtype=np.int32)
        return places

    def chunks(
        self,
        texts: Sequence[bytes],
        places: Numbers,
        how: tuple[Callable[[Occurrences, int], Packed], int],
        *,
        with_positions: bool = True,
    ) -> Iterator[Chunk]:
        """Yield the records of ``texts``, whose ``places`` in it each word has."""
        packed, at_once = how
        known = places >= 0
        often = np.bincount(places[known], self._often[known], minlength=len(texts))
        ends = np.concatenate(([0], np.cumsum(often.astype(np.int64))))
        keys = self._ordered(places)
        for low, high in portions(np.diff(ends), at_once):
            terms, where = parted(keys[ends[low] : ends[high]])
            positions = self._positions[where] if with_positions else None
            found = Occurrences(terms - np.int32(low), self._units[where], positions)
            yield Chunk(texts[low:high], packed(found, high - low))

    def _ordered(self, places: Numbers) -> NDArray[np.uint64]:
        """Return where the words stand that have a place, in the order of their places."""
        if (places < 0).any():
            where = np.flatnonzero((places >= 0)[self._words]).astype(np.uint64)
            keys = keyed(places[self._words[where]], where)
        else:
            where = np.arange(len(self._words), dtype=np.uint64)
            keys = keyed(places[self._words], where)
        keys.sort()
        return keys


def _values(
    gathered: Gathered, columns: Mapping[str, Numbers], field: str
) -> tuple[list[bytes], Numbers, Numbers]:
    """Return the values of a field, and which of them each of some units has."""
    if field in NUMBER_FIELDS:
        units = np.flatnonzero(columns[field])
        found, places = np.unique(columns[field][units], return_inverse=True)
        return [number_term(value) for value in found.tolist()], places, units
    values = gathered.values[field]
    return list(values.terms), numbers(values.numbers), numbers(values.units)


def _value_chunk(values: tuple[list[bytes], Numbers, Numbers]) -> Chunk:
    texts, terms, units = values
    ordered = sorted(range(len(texts)), key=texts.__getitem__)
    ranks = np.zeros(len(texts), dtype=np.int32)
    ranks[ordered] = np.arange(len(texts), dtype=np.int32)
    found = order(ranks[terms], units, None)
    return Chunk([texts[number] for number in ordered], pack(found, len(texts)))
