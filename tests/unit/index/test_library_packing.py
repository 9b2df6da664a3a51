"""Texts and blocks come back from their packing as they were, and a crafted one is refused."""

from __future__ import annotations

import tracemalloc
import zlib
from itertools import accumulate
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.document import Block, BlockKind, Span
from searcher.index.library_blocks import blocks_of, packed_blocks
from searcher.index.library_text import (
    CHUNK,
    DICTIONARY_BYTES,
    MOST_BYTES,
    Packer,
    dictionary_of,
    unpacked,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

LENGTHS = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 5 * CHUNK // 2)
levels = st.none() | st.integers(0, 2**40)
anchors = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
shapes = st.tuples(
    st.sampled_from(BlockKind), st.integers(0, 300), st.integers(0, 9000), levels, anchors
)


WORDS = dictionary_of(["care", "of", "the"])


def opened(chunks: Sequence[bytes]) -> str:
    return b"".join(unpacked(chunk, WORDS) for chunk in chunks).decode("utf-8")


def test_a_dictionary_has_the_commonest_words_last_and_only_as_many_as_are_of_use() -> None:
    assert WORDS == b"the of care "
    many = dictionary_of(str(number) for number in range(10**6))
    assert len(many) == DICTIONARY_BYTES
    assert many.endswith(b" 2 1 0 ")


@given(st.sampled_from(LENGTHS), st.sampled_from(["a", "é", "\U0001f600", "care of a family\n"]))
def test_a_text_comes_back_from_chunks_of_equal_length(length: int, unit: str) -> None:
    text = (unit * length)[:length]
    chunks = list(Packer(WORDS).packed(text))
    assert len(chunks) == -(-length // CHUNK)
    assert opened(chunks) == text


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back(text: str) -> None:
    assert opened(list(Packer(WORDS).packed(text))) == text


@given(st.lists(shapes), st.integers(0, 10**9))
def test_blocks_come_back_in_whatever_order_they_stand(
    made: list[tuple[BlockKind, int, int, int | None, str | None]], start: int
) -> None:
    starts = [start + place for place in accumulate(gap for _, gap, *_ in made)]
    blocks = [
        Block(kind, Span(begin, begin + length), level, anchor)
        for begin, (kind, _, length, level, anchor) in zip(starts, made, strict=True)
    ]
    for order in (blocks, blocks[::-1]):
        assert list(blocks_of(packed_blocks(order, start), start)) == order


@given(st.binary(max_size=60))
def test_bytes_that_are_no_blocks_are_refused_or_make_blocks(data: bytes) -> None:
    try:
        blocks = list(blocks_of(data, 0))
    except (ValueError, IndexError):
        return
    assert all(isinstance(block, Block) for block in blocks)


def test_a_number_without_end_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="bits"):
        list(blocks_of(b"\x00" + b"\xff" * 1_000_000, 0))


@pytest.mark.parametrize("first", [b"", b"care " * 9])
def test_a_chunk_that_grows_beyond_what_any_can_be_takes_no_memory(first: bytes) -> None:
    stream = zlib.compressobj(zdict=first) if first else zlib.compressobj()
    bomb = b"".join(stream.compress(bytes(1 << 20)) for _ in range(200)) + stream.flush()
    tracemalloc.start()
    with pytest.raises(ValueError, match="longer"):
        unpacked(bomb, first)
    assert tracemalloc.get_traced_memory()[1] < 100 * MOST_BYTES  # of 200 million bytes
    tracemalloc.stop()


@pytest.mark.parametrize(
    "spoil", [lambda chunk: chunk[:-1], lambda chunk: chunk[:9], bytes.swapcase]
)
def test_a_chunk_that_is_not_whole_is_refused(spoil: object) -> None:
    assert callable(spoil)
    first, later = Packer(WORDS).packed("Care of families. " * 800)
    with pytest.raises(ValueError, match=r"."):
        unpacked(spoil(first), WORDS)
    with pytest.raises(ValueError, match=r"."):
        unpacked(spoil(later), WORDS)
    with pytest.raises(ValueError, match=r"."):
        unpacked(later, b"another dictionary")
