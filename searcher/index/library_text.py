"""The texts of reports as ``library.db`` keeps them: chunks of equal length, each compressed.

A passage is cut out of one or two chunks. Every chunk after a report's first is compressed with
the first as its dictionary, since a report repeats its own words: two chunks are opened for one
passage, and together they are half as long as one would have to be that is compressed as well
alone. Deflate and zlib's wrapping of it: RFC 1950 and RFC 1951.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from searcher.index.library_schema import LAST_PART, PART_BITS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.index.library_file import LibraryFile

CHUNK = 8_192
"""How many code points a chunk holds, but for the last of a report."""
MOST_BYTES = 4 * CHUNK
"""What a chunk can be in UTF-8."""


def packed(text: str) -> Iterator[bytes]:
    """Yield the chunks of ``text``, compressed, in order."""
    first = text[:CHUNK].encode("utf-8")
    if first:
        yield zlib.compress(first)
    for start in range(CHUNK, len(text), CHUNK):
        stream = zlib.compressobj(zdict=first)
        yield stream.compress(text[start : start + CHUNK].encode("utf-8")) + stream.flush()


def unpacked(chunk: bytes, first: bytes = b"") -> bytes:
    """Return what is compressed in ``chunk``; ``first`` is the first chunk of later ones.

    Raises:
        ValueError: it is broken, or longer than any chunk can be.
    """
    stream = zlib.decompressobj(zdict=first) if first else zlib.decompressobj()
    try:
        text = stream.decompress(chunk, MOST_BYTES + 1)
    except zlib.error as exc:
        raise ValueError(str(exc)) from exc
    if not stream.eof or len(text) > MOST_BYTES:
        msg = "a chunk of text is cut off, or longer than any can be"
        raise ValueError(msg)
    return text


class Texts:
    """Cuts spans out of the texts of one library, and remembers what it opened last.

    Every method raises ``DamagedIndexError`` where a chunk is not what it has to be.
    """

    def __init__(self, file: LibraryFile) -> None:
        self._file = file
        self._first = (0, "")
        self._last = (0, "")

    def cut(self, report: int, start: int, end: int) -> str:
        """Return the code points from ``start`` up to ``end``, which lie in the report's text.

        ``report`` is its key.
        """
        if start >= end:
            return ""
        ordinals = range(start // CHUNK, -(-end // CHUNK))
        whole = "".join([self._chunk((report << PART_BITS) + ordinal) for ordinal in ordinals])
        offset = ordinals.start * CHUNK
        found = whole[start - offset : end - offset]
        if len(found) != end - start:
            raise self._file.damaged()
        return found

    def check(self, report: int, length: int) -> None:
        """Read through the text of the report with that key, which has ``length`` code points."""
        for start in range(0, length, CHUNK):
            self.cut(report, start, min(start + CHUNK, length))

    def _chunk(self, key: int) -> str:
        """Return the text of a chunk."""
        first = key & ~LAST_PART
        if self._first[0] != first:
            self._first = first, self._opened(first)
        if key == first:
            return self._first[1]
        if self._last[0] != key:
            self._last = key, self._opened(key, self._first[1].encode("utf-8"))
        return self._last[1]

    def _opened(self, key: int, first: bytes = b"") -> str:
        """Return what a chunk holds; ``first`` is the first of the same report."""
        query = "SELECT text FROM chunk WHERE key = ?"
        for text in self._file.made(lambda row: str(unpacked(row[0], first), "utf-8"), query, key):
            return text
        raise self._file.damaged()
