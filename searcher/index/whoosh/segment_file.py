"""One file of named sections: how an index's arrays lie on disk.

    MAGIC · section · section … · table (JSON) · its offset, length, CRC-32 (u64 u32 u32) · MAGIC

The table gives of each section its offset, its length in bytes, its CRC-32 and the width of its
numbers, and beside that what the writer wants to say of the whole. Numbers are unsigned and
little-endian, 1, 2, 4 or 8 bytes wide. A file is written once and mapped for reading; opening
checks the table and that every section lies within the file, ``check`` reads all.
"""

from __future__ import annotations

import json
import mmap
import struct
import sys
from array import array
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from zlib import crc32

from searcher.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path
    from typing import BinaryIO

MAGIC = b"SRCHSEG1"
CODES = {1: "B", 2: "H", 4: "I", 8: "Q"}
"""The widths of numbers in bytes, with their names in ``struct`` and ``array``."""
READ_AT_ONCE = 1 << 24
"""Bytes that are read through before the system may have their memory back."""
_END = struct.Struct("<QII8s")


class BrokenSegmentError(ValueError):
    """A file does not hold what it says; whoever opened the index tells it as damage."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__(f"{name} {what}")


@dataclass(frozen=True, slots=True)
class Section:
    """Where a section lies in its file, in bytes; ``width`` is that of its numbers."""

    offset: int
    length: int
    checksum: int
    width: int


class SegmentFileWriter:
    """Writes the sections of one file in order, then its table."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._sections: dict[str, tuple[int, int, int, int]] = {}
        file.write(MAGIC)

    def add(self, name: str, chunks: Iterable[bytes], *, width: int = 1) -> None:
        """Write ``chunks`` on end as the section ``name``."""
        offset, checksum = self._file.tell(), 0
        for chunk in chunks:
            checksum = crc32(chunk, checksum)
            self._file.write(chunk)
        self._sections[name] = (offset, self._file.tell() - offset, checksum, width)

    def finish(self, facts: Mapping[str, object]) -> None:
        """Write the table with what is to be said of the whole."""
        table = json.dumps({**facts, "sections": self._sections}).encode()
        offset = self._file.tell()
        self._file.write(table)
        self._file.write(_END.pack(offset, len(table), crc32(table), MAGIC))


class SegmentFile:
    """A file that was written so, mapped.

    Raises:
        BrokenSegmentError: its table is not whole.
        OSError: it cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            try:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            except ValueError as exc:  # an empty file cannot be mapped
                raise BrokenSegmentError(path.name, "is empty") from exc
        self._whole = memoryview(self._map)
        self._views: list[memoryview] = [self._whole]
        self.name = path.name
        try:
            self.facts = self._table()
            self._sections = {
                name: self._section(entry) for name, entry in self.facts["sections"].items()
            }
        except (
            ValueError,
            LookupError,
            TypeError,
            AttributeError,
            OverflowError,
            RecursionError,
            struct.error,
        ) as exc:
            self.close()
            raise BrokenSegmentError(path.name, "has no table") from exc

    def close(self) -> None:
        """Let go of the file; what was taken from it cannot be used any more."""
        with suppress(BufferError):  # somebody still looks at a part: it goes with them
            while self._views:
                self._views.pop().release()
            self._map.close()

    def raw(self, name: str) -> memoryview:
        """Return the bytes of a section.

        Raises:
            BrokenSegmentError: there is no such section.
        """
        if name not in self._sections:
            raise BrokenSegmentError(self.name, f"has no {name}")
        section = self._sections[name]
        view = self._whole[section.offset : section.offset + section.length]
        self._views.append(view)
        return view

    def numbers(self, name: str, count: int) -> Sequence[int]:
        """Return the numbers of a section.

        Raises:
            BrokenSegmentError: there are not ``count`` of them.
        """
        view = self.raw(name)
        found = as_numbers(view, self._sections[name].width)
        if isinstance(found, memoryview):
            self._views.append(found)
        if len(found) != count:
            raise BrokenSegmentError(self.name, f"has {len(found)} {name}, not {count}")
        return found

    def width(self, name: str) -> int:
        """Return the width of the numbers of a section."""
        return self._sections[name].width

    def check(self) -> None:
        """Read every section through.

        Raises:
            BrokenSegmentError: one is not as it was written.
        """
        for name, section in self._sections.items():
            if self._checksum(section) != section.checksum:
                raise BrokenSegmentError(self.name, f"has other {name} than were written")

    def let_go(self) -> None:
        """Let the system take back the memory of what was read; it can be read again."""
        self._map.madvise(mmap.MADV_DONTNEED)

    def _checksum(self, section: Section) -> int:
        checksum, end = 0, section.offset + section.length
        for start in range(section.offset, end, READ_AT_ONCE):
            checksum = crc32(self._whole[start : min(start + READ_AT_ONCE, end)], checksum)
            self.let_go()
        return checksum

    def _table(self) -> dict[str, Any]:
        offset, length, checksum, magic = _END.unpack(self._whole[-_END.size :])
        table = self._whole[offset : offset + length]
        if magic != MAGIC or self._whole[: len(MAGIC)] != MAGIC or crc32(table) != checksum:
            raise BrokenSegmentError(self.name, "has no table")
        return dict(json.loads(bytes(table)))

    def _section(self, entry: Sequence[Any]) -> Section:
        section = Section(*map(int, entry))
        lies_within = 0 <= section.offset <= section.offset + section.length <= len(self._whole)
        if not lies_within or section.width not in CODES or section.length % section.width:
            raise BrokenSegmentError(self.name, "has a section beyond its end")
        return section


def as_numbers(view: memoryview, width: int) -> Sequence[int]:
    """Return the numbers of ``width`` bytes that ``view`` holds."""
    if width == 1:
        return view
    if sys.byteorder == "little":
        return view.cast(CODES[width])  # type: ignore[call-overload, no-any-return]
    numbers = array(CODES[width], bytes(view))
    numbers.byteswap()
    return numbers
