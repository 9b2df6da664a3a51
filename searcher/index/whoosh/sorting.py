"""What was gathered on its way into a segment: columns, and terms sorted as whole arrays."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from searcher.index.whoosh.block_postings import blocks_of, pack_blocks
from searcher.index.whoosh.fields import FIELDS, LENGTHS, PASSAGE_TEXTS, TEXT_FIELDS
from searcher.index.whoosh.gather import NO_TERM
from searcher.index.whoosh.postings import Occurrences, order, pack
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

    from searcher.index.whoosh.gather import Gathered, Lexicon, Texts, Values
    from searcher.index.whoosh.postings import Packed
    from searcher.index.whoosh.runs import Numbers

OCCURRENCES_AT_ONCE = 1_000_000
"""Occurrences that are sorted and packed together."""
BYTES_AN_OCCURRENCE = 100
"""What one of them costs at most meanwhile; measured."""


def contents_of(gathered: Gathered, *, at_once: int = OCCURRENCES_AT_ONCE) -> Contents:
    """Return what was ``gathered`` as the contents of a segment."""
    firsts = np.append(numbers(gathered.firsts), len(gathered.keys))
    lengths = {n: _lengths(t, gathered.lexicon) for n, t in gathered.texts.items()}
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
        else FieldPart(name, 0, [_value_chunk(gathered.values[name])])
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


def _seen(values: array[int]) -> Numbers:
    """Return ``values``, all below 2**31, as numpy's without copying them."""
    return np.asarray(values).view(np.int32)


def _lengths(text: Texts, lexicon: Lexicon) -> Numbers:
    """Return of each unit how many terms its words stand for."""
    words, counts = _seen(text.words), _seen(text.counts)
    stemmed = _seen(lexicon.stems)[words] != NO_TERM
    sums = np.concatenate(([0], np.cumsum(stemmed.astype(np.int8) + 1, dtype=np.int64)))
    return np.diff(sums[np.concatenate(([0], np.cumsum(counts)))])


def _text_chunks(
    text: tuple[Texts, Lexicon], packed: Callable[[Occurrences, int], Packed], at_once: int
) -> Iterator[Chunk | Shared]:
    """Yield the exact forms of a field, the stems of several of them, and those of one."""
    words = _Words(*text)
    exact = words.exact_forms()
    yield from words.chunks(exact, words.by_form(exact), (packed, at_once))
    stems = stems_of(exact)
    yield from words.chunks(stems.several, words.by_stem(stems.several), (packed, at_once))
    yield Shared(tuple(stems.single), tuple(stems.single.values()))


class _Words:
    """The words of a text field with where each stands, and the terms that they stand for."""

    def __init__(self, text: Texts, lexicon: Lexicon) -> None:
        self._words, counts = _seen(text.words), _seen(text.counts)
        self._units = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
        self._positions = within(counts)
        self._often = np.bincount(self._words, minlength=len(lexicon))
        self._lexicon = lexicon

    def exact_forms(self) -> list[bytes]:
        """Return the terms of the exact forms that are there, in order."""
        present = np.unique(_seen(self._lexicon.exact)[self._often > 0])
        texts = list(self._lexicon.terms)
        return sorted(texts[number].encode("utf-8") for number in present.tolist())

    def by_form(self, exact: Sequence[bytes]) -> Numbers:
        """Return of each word the place of its exact form in ``exact``; -1 if it is not there."""
        return self._places(exact)[_seen(self._lexicon.exact)]

    def by_stem(self, stems: Sequence[bytes]) -> Numbers:
        """Return of each word the place of its stem in ``stems``; -1 if it is not there."""
        places = np.append(self._places(stems), np.int32(-1))
        return places[np.minimum(_seen(self._lexicon.stems), len(places) - 1)]

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
    ) -> Iterator[Chunk]:
        """Yield the records of ``texts``, whose ``places`` in it each word has."""
        packed, at_once = how
        known = places >= 0
        often = np.bincount(places[known], self._often[known], minlength=len(texts))
        terms = places[self._words]
        for low, high in portions(often.astype(np.int64), at_once):
            chosen = np.flatnonzero((terms >= low) & (terms < high))
            found = order(terms[chosen] - low, self._units[chosen], self._positions[chosen])
            yield Chunk(texts[low:high], packed(found, high - low))


def _value_chunk(values: Values) -> Chunk:
    texts = list(values.terms)
    terms = numbers(values.numbers)
    ordered = sorted(range(len(texts)), key=texts.__getitem__)
    ranks = np.zeros(len(texts), dtype=np.int32)
    ranks[ordered] = np.arange(len(texts), dtype=np.int32)
    found = order(ranks[terms], numbers(values.units), None)
    return Chunk([texts[number] for number in ordered], pack(found, len(texts)))
