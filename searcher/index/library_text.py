"""The texts of reports as ``library.db`` keeps them: chunks of equal length, each compressed.

A passage is cut out of one or two chunks, so they are short, and a short text alone compresses
badly: all are compressed with one dictionary of common words, which stands before them and is
opened once. That takes an eighth off long reports and a fifth off short ones; measured. Deflate,
its dictionaries and zlib's wrapping of it: RFC 1950 and RFC 1951.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from searcher.index.library_schema import PART_BITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from searcher.index.library_file import LibraryFile

CHUNK = 12_288
"""How many code points a chunk holds, but for the last of a report."""
MOST_BYTES = 4 * CHUNK
"""What a chunk can be in UTF-8."""
LEVEL = 5
"""How hard zlib tries: one more takes twice the time for a hundredth of the bytes; measured."""
DICTIONARY = 0
"""The key of the dictionary among the chunks; that of no report."""
DICTIONARY_BYTES = 1 << 15
"""As far back as deflate can point."""


def dictionary_of(words: Iterable[str]) -> bytes:
    """Return the dictionary of ``words``, which come commonest first and stand commonest last."""
    held = bytearray()
    for word in words:
        if len(held) > DICTIONARY_BYTES:
            break
        held[:0] = f"{word} ".encode()
    return bytes(held[-DICTIONARY_BYTES:])


class Packer:
    """Compresses texts with one dictionary."""

    def __init__(self, dictionary: bytes) -> None:
        self._fresh = zlib.compressobj(LEVEL, zdict=dictionary)

    def packed(self, text: str) -> Iterator[bytes]:
        """Yield the chunks of ``text``, compressed, in order."""
        for start in range(0, len(text), CHUNK):
            stream = self._fresh.copy()
            yield stream.compress(text[start : start + CHUNK].encode("utf-8")) + stream.flush()


def unpacked(chunk: bytes, dictionary: bytes = b"") -> bytes:
    """Return what is compressed in ``chunk``.

    Raises:
        ValueError: it is broken, made with another dictionary, or longer than any chunk can be.
    """
    stream = zlib.decompressobj(zdict=dictionary) if dictionary else zlib.decompressobj()
    try:
        text = stream.decompress(chunk, MOST_BYTES + 1)
    except zlib.error as exc:
        raise ValueError(str(exc)) from exc
    if not stream.eof or len(text) > MOST_BYTES:
        msg = "a chunk of text is cut off, or longer than any can be"
        raise ValueError(msg)
    return text


class Texts:
    """Cuts spans out of the texts of one library, and remembers the chunk it opened last.

    Every method raises ``DamagedIndexError`` where a chunk is not what it has to be.
    """

    def __init__(self, file: LibraryFile) -> None:
        self._file = file
        self._dictionary = b""
        self._last = (DICTIONARY, "")

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
        if not self._dictionary:
            self._dictionary = self._opened(DICTIONARY)
        if self._last[0] != key:
            with self._file.making():
                self._last = key, str(self._opened(key, self._dictionary), "utf-8")
        return self._last[1]

    def _opened(self, key: int, dictionary: bytes = b"") -> bytes:
        query = "SELECT text FROM chunk WHERE key = ?"
        for held in self._file.made(lambda row: unpacked(row[0], dictionary), query, key):
            return held
        raise self._file.damaged()
