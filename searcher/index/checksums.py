"""Sizes and checksums of a generation's files, kept in its manifest.

A page of SQLite has no checksum, and a list of sources none either: what changed in them since
they were written is seen here. The postings keep their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

from searcher.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

PIECE_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Checksum:
    """A file by its name, with its size in bytes and the CRC-32 of all of it."""

    name: str
    size_bytes: int
    crc32: int


def checksums_of(folder: Path, names: Iterable[str]) -> tuple[Checksum, ...]:
    """Return the checksums of these files of ``folder``.

    Raises:
        OSError: one of them cannot be read.
    """
    return tuple(Checksum(name, *_summed(folder / name)) for name in names)


def is_as_written(folder: Path, checksum: Checksum) -> bool:
    """Tell whether a file of ``folder`` is what it was when ``checksum`` was made."""
    try:
        return _summed(folder / checksum.name) == (checksum.size_bytes, checksum.crc32)
    except OSError:
        return False


def is_as_long(folder: Path, checksum: Checksum) -> bool:
    """Tell whether a file of ``folder`` has its size, without reading it."""
    try:
        return (folder / checksum.name).stat().st_size == checksum.size_bytes
    except OSError:
        return False


def _summed(path: Path) -> tuple[int, int]:
    size = checksum = 0
    with path.open("rb") as file:
        while piece := file.read(PIECE_BYTES):
            size += len(piece)
            checksum = crc32(piece, checksum)
    return size, checksum
