"""The postings of one term, read from their bytes without numpy.

The term of a report's field or of a value has three runs of numbers, each as wide as its
largest needs: the units that hold it as differences, how often each does (no run where all do
once), and where as differences within each unit (for text).

The term of a passage's text has seven, since its postings are looked at block by block:

1. the blocks that hold it, as differences;
2. a byte for each: in its lower four bits how many of its passages do, less one, in the upper
   ones how often they do beyond once each (no run where one passage of every block does, once);
3. how often each block does in all (a run only where one does more than 15 times beyond that);
4. an upper bound of what it counts in the block's passages, a byte each: see ``bounds.py``;
5. the number of each such passage within its block, four bits each, the first of two in the
   lower ones;
6. how often each passage holds it (no run where all do once; four bits each, as before, where
   no passage does more than 15 times);
7. where, as differences within each passage (no run for a stem of several forms: it is where
   they are).

What a record's widths are is packed into one number for each term.
"""

from __future__ import annotations

from itertools import accumulate, chain, repeat
from typing import TYPE_CHECKING, NamedTuple

from searcher.index.whoosh.segment_file import as_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WIDTHS = (0, 1, 2, 4)
"""The bytes of a number by the two bits that stand for them."""
HALVES = 1
"""The code of frequencies of four bits each."""
FREQUENCY_WIDTHS = (0, 0, 1, 2, 4)
"""The bytes of a frequency by its code; none where there is no run, and for four bits."""
MOST_BEYOND = 15
"""The most that four bits say."""
LOWER = bytes(byte & 0xF for byte in range(256))
UPPER = bytes(byte >> 4 for byte in range(256))
TOTALS = bytes((byte & 0xF) + 1 + (byte >> 4) for byte in range(256))
"""How often a block holds a term in all, by its byte of how many of its passages do."""
BLOCKS_AT, HELD_AT, TOTALS_AT, FREQUENCIES_AT, PLACES_AT = 0, 2, 3, 5, 8
"""Where in the widths of a passage's term the code of each run begins, in bits."""


class Postings(NamedTuple):
    """The units that hold a term, ascending, how often each does, and where."""

    units: list[int]
    frequencies: Sequence[int]
    places: Sequence[int]

    def positions(self, wanted: Sequence[int]) -> Iterator[list[int]]:
        """Yield the positions in each of the ``wanted`` units, given by their index here."""
        ends = [0, *accumulate(self.frequencies)]
        for index in wanted:
            yield list(accumulate(self.places[ends[index] : ends[index + 1]]))


class Shape(NamedTuple):
    """Where a record begins, how many units and blocks hold its term, and its widths' codes."""

    start: int
    units: int
    blocks: int
    widths: int


class BlockPostings(NamedTuple):
    """The runs of a term of a passage's text, as views of the file.

    ``held`` says of each block how many passages of it hold the term, less one, and ``totals``
    how often they do; ``None`` is one passage in each, and once in each passage. ``count``
    passages in ``n_blocks`` blocks do. Every run but the last is exactly as long as that says;
    ``places`` goes on to the end of all postings, since its own length is known only by adding
    up: ``places_width`` bytes for each occurrence, which may be too few in a broken file, and
    are none where the stem's forms say where it is. ``frequency_code`` is 0 without a run, 1 for
    four bits each, and 2, 3, 4 for 1, 2, 4 bytes.
    """

    count: int  # type: ignore[assignment] # nobody counts the runs that are equal
    blocks_run: memoryview
    blocks_width: int
    held: memoryview | None
    totals: Sequence[int] | None
    bounds: memoryview
    locals: memoryview
    frequencies: memoryview | None
    frequency_code: int
    places: memoryview
    places_width: int
    n_blocks: int

    def block_numbers(self) -> Sequence[int]:
        """Return the blocks as differences."""
        return as_numbers(self.blocks_run, self.blocks_width)

    def frequencies_of(self, first: int, count: int) -> Sequence[int]:
        """Return how often ``count`` of the passages do, from the one at ``first`` on."""
        run, end = self.frequencies, first + count
        if run is None:
            return (1,) * count
        if self.frequency_code != HALVES:
            return as_numbers(run, FREQUENCY_WIDTHS[self.frequency_code])[first:end]
        return halves(run, first, count)

    def locals_of(self, first: int, count: int) -> Sequence[int]:
        """Return the number in its block of ``count`` passages, from the one at ``first`` on."""
        return halves(self.locals, first, count)

    def positions(self) -> Sequence[int]:
        """Return the positions as differences within each passage, and whatever follows them."""
        width = self.places_width
        return as_numbers(self.places[: len(self.places) // width * width], width)


def plain_postings(data: memoryview, shape: Shape) -> Postings:
    """Return the postings of a report's or a value's term.

    Raises:
        ValueError: they are not whole.
    """
    start, count, _, widths = shape
    wide, often, apart = WIDTHS[widths & 3], WIDTHS[widths >> 2 & 3], WIDTHS[widths >> 4 & 3]
    middle, end = start + count * wide, start + count * (wide + often)
    if not wide or end > len(data):
        raise ValueError
    units = list(accumulate(as_numbers(data[start:middle], wide)))
    frequencies = as_numbers(data[middle:end], often) if often else (1,) * count
    return Postings(units, frequencies, _places(data[end:], apart, sum(frequencies)))


def block_postings(data: memoryview, shape: Shape) -> BlockPostings:
    """Return the runs of a passage's term.

    Raises:
        ValueError: they are not whole.
    """
    start, count, blocks, widths = shape
    wide, total = WIDTHS[widths & 3], WIDTHS[widths >> TOTALS_AT & 3]
    held, code = widths >> HELD_AT & 1, widths >> FREQUENCIES_AT & 7
    apart = WIDTHS[widths >> PLACES_AT & 3]
    if not (wide and code < len(FREQUENCY_WIDTHS) and 0 < blocks <= count):
        raise ValueError
    often = (count + 1) // 2 if code == HALVES else count * FREQUENCY_WIDTHS[code]
    a = start + blocks * wide
    b = a + blocks * held
    c = b + blocks * total
    d = c + blocks
    e = d + (count + 1) // 2
    f = e + often
    if f > len(data):
        raise ValueError
    packed = bytes(data[a:b])
    totals = memoryview(packed.translate(TOTALS)) if held and code else None
    return BlockPostings(
        count, data[start:a], wide, memoryview(packed.translate(LOWER)) if held else None,
        as_numbers(data[b:c], total) if total else totals,
        data[c:d], data[d:e], data[e:f] if code else None, code,
        data[f:] if apart else data[f:f], apart or 1, blocks,
    )  # fmt: skip


def unrolled(found: BlockPostings, firsts: Sequence[int]) -> Postings:
    """Return the passages that hold a term; ``firsts`` is the first of each block.

    Raises:
        ValueError: the runs contradict one another.
        IndexError: there is no such block.
    """
    blocks = accumulate(found.block_numbers())
    held = (1,) * found.n_blocks if found.held is None else [less + 1 for less in found.held]
    if sum(held) != found.count:
        raise ValueError
    bases = chain.from_iterable(
        repeat(firsts[block], here) for block, here in zip(blocks, held, strict=True)
    )
    numbers = found.locals_of(0, found.count)
    units = [base + number for base, number in zip(bases, numbers, strict=True)]
    frequencies = found.frequencies_of(0, found.count)
    count = sum(frequencies) if len(found.places) else 0
    return Postings(units, frequencies, _places(found.places, found.places_width, count))


def halves(run: memoryview, first: int, count: int) -> Sequence[int]:
    """Return ``count`` numbers of four bits each, from the one at ``first`` on."""
    pairs = bytes(run[first >> 1 : (first + count + 1) >> 1])
    found = bytearray(2 * len(pairs))
    found[::2], found[1::2] = pairs.translate(LOWER), pairs.translate(UPPER)
    return found[first & 1 :][:count]


def _places(data: memoryview, width: int, count: int) -> Sequence[int]:
    """Return the first ``count`` numbers of ``data``; none where they have no width."""
    if width * count > len(data):
        raise ValueError
    return as_numbers(data[: width * count], width) if width else ()
