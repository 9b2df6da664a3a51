"""Records: one JSON object a line, each a report of its own with ``id`` and ``text``.

The file is read line by line, so its size does not matter; lines count from 1.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from searcher.corpus.source import RECORD, Source
from searcher.errors import Reason
from searcher.failure import Failure
from searcher.results.address import is_report_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from typing import BinaryIO

MAX_RECORD_BYTES = 16 * 1024 * 1024
"""The longest line taken, since a line is parsed whole, and not in a worker."""

BOM = b"\xef\xbb\xbf"
NO_ID = "an address needs @, # and white space at an end for itself"
HINT = 'write one {"id": "…", "text": "…"} a line'


@dataclass(frozen=True, slots=True)
class _Line:
    """One line: where it starts, its bytes without the line's end, whether it is all of it."""

    number: int
    offset: int
    content: bytes
    is_whole: bool


def records(
    file: str, path: Path, *, max_size_bytes: int = MAX_RECORD_BYTES
) -> Iterator[Source | Failure]:
    """Yield a source for each line of ``path`` that is a record, a failure for each that is not.

    Blank lines are passed over. A failure of a line is named ``file:line``; one over
    ``max_size_bytes`` is not looked into. A file of which every line was looked into and none is
    a record is one failure, named ``file``.

    Raises:
        OSError: the file cannot be read.
    """
    found = _by_line(file, path, max_size_bytes)
    refused: list[Failure] = []
    for one in found:
        if isinstance(one, Source):
            yield from refused
            yield one
            yield from found
            return
        refused.append(one)
    if any(failure.reason is Reason.TOO_LARGE for failure in refused):
        yield from refused
    else:
        yield _no_record(file, path, refused)


def _no_record(file: str, path: Path, refused: Sequence[Failure]) -> Failure:
    """Return the failure of a file that holds not one record."""
    with path.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    if not refused:
        return Failure(file, sha256, Reason.DAMAGED, "holds no line", HINT)
    line = refused[0].file.rpartition(":")[2]
    detail = f"holds no record {{id, title, text}}: line {line} {refused[0].detail}"
    return Failure(file, sha256, Reason.UNSUPPORTED, detail, HINT)


def _by_line(file: str, path: Path, max_size_bytes: int) -> Iterator[Source | Failure]:
    """Yield a source or a failure for each line."""
    lines_by_id: dict[str, int] = {}
    with path.open("rb") as stream:
        for line in _lines(stream, max_size_bytes):
            sha256 = hashlib.sha256(line.content).hexdigest() if line.is_whole else None
            found = _id_of(line, max_size_bytes)
            first = lines_by_id.setdefault(found, line.number) if isinstance(found, str) else 0
            if isinstance(found, str) and first == line.number:
                size = len(line.content)
                yield Source(path, file, RECORD, sha256 or "", size, line.offset, size, found)
                continue
            if isinstance(found, str):
                found = (Reason.DAMAGED, f"has the id {found!r} of line {first}")
            reason, detail = found
            yield Failure(f"{file}:{line.number}", sha256, reason, detail, HINT)


def _lines(stream: BinaryIO, max_size_bytes: int) -> Iterator[_Line]:
    """Yield the lines that are not blank; of a line over the limit, its beginning."""
    offset = len(BOM) if stream.read(len(BOM)) == BOM else 0
    stream.seek(offset)
    number = 0
    while raw := stream.readline(max_size_bytes + 2):
        number += 1
        content = raw.rstrip(b"\r\n")
        length = len(raw)
        rest = raw
        while rest and not rest.endswith(b"\n"):
            rest = stream.readline(1 << 20)
            length += len(rest)
        if content.strip():
            is_whole = length == len(raw) and len(content) <= max_size_bytes
            yield _Line(number, offset, content, is_whole)
        offset += length


def _id_of(line: _Line, max_size_bytes: int) -> str | tuple[Reason, str]:
    """Return the id of the record on ``line``, or why it is none."""
    if not line.is_whole:
        return Reason.TOO_LARGE, f"is longer than the limit of {max_size_bytes:,} bytes"
    try:
        record = json.loads(line.content)
    except (ValueError, RecursionError) as exc:
        return Reason.DAMAGED, f"is no JSON: {exc}"
    if not isinstance(record, dict):
        return Reason.DAMAGED, "is no JSON object"
    for name in ("id", "text"):
        if not isinstance(record.get(name), str):
            return Reason.DAMAGED, f"has no string {name!r}"
    identifier: str = record["id"]
    if not identifier.strip() or not identifier.isprintable():
        return Reason.DAMAGED, f"has the id {identifier!r}, which cannot be shown"
    if not is_report_id(identifier):
        return Reason.UNSUPPORTED, f"has the id {identifier!r}; {NO_ID}"
    return identifier
