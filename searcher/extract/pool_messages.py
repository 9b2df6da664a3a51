"""What the pool and its workers say to each other, and in what bytes.

A frame is two lengths (4 bytes each, the first byte the highest), a header in JSON and a body.
Nothing that crosses the pipe can be made to run.
"""

from __future__ import annotations

import json
import os
import struct
from dataclasses import asdict, dataclass
from pathlib import Path

from searcher.errors import UsageError

MEGABYTE = 1_000_000
"""What MB means in settings, limits and messages."""

LEAST_MEMORY_BYTES = 100 * MEGABYTE
"""What a worker takes up with all readers loaded (69 MB, Linux x86-64), and room to read."""

MAX_HEADER_BYTES = MEGABYTE
LENGTHS = struct.Struct(">II")

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost, and when a worker has served long enough.

    Where the system does not enforce an address-space limit (macOS), ``memory_bytes`` is not
    held; the limits on time are held everywhere. ``output_bytes`` is the most that the text of
    a report may take up, which nobody sets: far over any that people wrote.

    Raises:
        UsageError: the memory is less than a worker needs to start.
    """

    wall_seconds: float = 120.0
    cpu_seconds: int = 90
    memory_bytes: int = 1500 * MEGABYTE
    size_bytes: int = 500 * MEGABYTE
    output_bytes: int = 250 * MEGABYTE
    tasks_per_worker: int = 1000
    resident_bytes: int = 400 * MEGABYTE

    def __post_init__(self) -> None:
        if self.memory_bytes < LEAST_MEMORY_BYTES:
            least = LEAST_MEMORY_BYTES // MEGABYTE
            msg = f"--memory {self.memory_bytes // MEGABYTE}: a reader needs at least {least} MB"
            raise UsageError(msg, hint=f"give it {least} or more; large reports need more")


@dataclass(frozen=True, slots=True)
class Task:
    """The bytes to read: a whole file, or ``length`` bytes from ``offset`` of it.

    ``file`` is what a failure calls it; ``sha256`` and ``size_bytes`` are those of the bytes.
    """

    path: Path
    file: str
    media_type: str
    sha256: str
    size_bytes: int
    offset: int = 0
    length: int | None = None


def frame(header: dict[str, Json], body: bytes = b"") -> bytes:
    """Return ``header`` and ``body`` as one frame."""
    head = json.dumps(header, separators=(",", ":")).encode()
    return LENGTHS.pack(len(head), len(body)) + head + body


def unframe(data: bytearray, *, max_body_bytes: int) -> tuple[dict[str, Json], bytes] | None:
    """Take the first frame off ``data``; return ``None`` while it is not all there.

    Raises:
        ValueError: what stands there is no frame, or one over the limit.
    """
    if len(data) < LENGTHS.size:
        return None
    head_bytes, body_bytes = LENGTHS.unpack_from(data)
    if head_bytes > MAX_HEADER_BYTES or body_bytes > max_body_bytes:
        msg = f"a frame of {head_bytes} and {body_bytes} bytes"
        raise ValueError(msg)
    start, end = LENGTHS.size + head_bytes, LENGTHS.size + head_bytes + body_bytes
    if len(data) < end:
        return None
    header = json.loads(data[LENGTHS.size : start])
    if not isinstance(header, dict):
        msg = "a frame without a header"
        raise TypeError(msg)
    body = bytes(memoryview(data)[start:end])
    del data[:end]
    return header, body


def task_to_json(task: Task, reader: str | None) -> dict[str, Json]:
    """Return ``task`` for the worker, to be read by ``reader`` if that is not the usual one."""
    return asdict(task) | {"path": os.fsencode(task.path).hex(), "reader": reader}


def task_from_json(fields: dict[str, Json]) -> tuple[Task, str | None]:
    """Return what ``task_to_json`` wrote.

    Raises:
        TypeError: fields are missing, or there are others.
    """
    match fields:
        case {
            "path": str(path),
            "file": str(file),
            "media_type": str(media_type),
            "sha256": str(sha256),
            "size_bytes": int(size_bytes),
            "offset": int(offset),
            "length": int() | None as length,
            "reader": str() | None as reader,
        }:
            place = Path(os.fsdecode(bytes.fromhex(path)))
            return Task(place, file, media_type, sha256, size_bytes, offset, length), reader
    msg = f"no task: {fields!r:.200}"
    raise TypeError(msg)
