"""The blocks of a page in a few bytes each, beside its text in ``library.db``.

Of each block, in order: its kind with two flags in one byte, the gap between the end of the one
before it (of the page's start) and its own start, its length, then its level and its anchor where
the flags say that it has them. Numbers are LEB128; the gap is signed, by ZigZag.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from searcher.document import Block, BlockKind, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

KINDS = tuple(BlockKind)
HAS_LEVEL, HAS_ANCHOR = 0x40, 0x80
MOST_BITS = 63


def packed_blocks(blocks: Iterable[Block], start: int) -> bytes:
    """Return the blocks of a page that begins at ``start`` of its report."""
    packed = bytearray()
    end = start
    for block in blocks:
        level, anchor = block.level, block.anchor
        flags = (HAS_LEVEL if level is not None else 0) | (HAS_ANCHOR if anchor is not None else 0)
        packed.append(KINDS.index(block.kind) | flags)
        gap = block.span.start - end
        _put(packed, 2 * gap if gap >= 0 else -2 * gap - 1)
        _put(packed, block.span.end - block.span.start)
        end = block.span.end
        if level is not None:
            _put(packed, level)
        if anchor is not None:
            name = anchor.encode("utf-8")
            _put(packed, len(name))
            packed += name
    return bytes(packed)


def blocks_of(packed: bytes, start: int) -> Iterator[Block]:
    """Yield the blocks of a page that begins at ``start`` of its report.

    Raises:
        ValueError, IndexError: they are not what ``packed_blocks`` writes.
    """
    place, end = 0, start
    while place < len(packed):
        first = packed[place]
        zigzag, place = _taken(packed, place + 1)
        length, place = _taken(packed, place)
        begin = end + (zigzag >> 1 if zigzag % 2 == 0 else -(zigzag + 1 >> 1))
        end = begin + length
        level = anchor = None
        if first & HAS_LEVEL:
            level, place = _taken(packed, place)
        if first & HAS_ANCHOR:
            size, place = _taken(packed, place)
            anchor = str(packed[place : place + size], "utf-8")
            place += size
        yield Block(KINDS[first & ~(HAS_LEVEL | HAS_ANCHOR)], Span(begin, end), level, anchor)


def _put(packed: bytearray, number: int) -> None:
    while number > 0x7F:
        packed.append(number & 0x7F | 0x80)
        number >>= 7
    packed.append(number)


def _taken(packed: bytes, place: int) -> tuple[int, int]:
    """Return the number at ``place``, and where the next begins."""
    number = 0
    for shift in range(0, MOST_BITS, 7):
        byte = packed[place + shift // 7]
        number |= (byte & 0x7F) << shift
        if byte <= 0x7F:
            return number, place + shift // 7 + 1
    msg = f"a number of more than {MOST_BITS} bits"
    raise ValueError(msg)
