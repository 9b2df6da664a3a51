"""What the pool and its workers say to each other, and in what bytes.

A frame is two lengths (4 bytes each, the first byte the highest), a header in JSON and a body.
Nothing that crosses the pipe can be made to run.
"""

from __future__ import annotations

import json
import os
import struct
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from searcher.extract.limits import MEGABYTE
from searcher.extract.recogniser import Recogniser

if TYPE_CHECKING:
    from searcher.failure import Failure

MAX_HEADER_BYTES = MEGABYTE
LENGTHS = struct.Struct(">II")

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


@dataclass(frozen=True, slots=True)
class Task:
    """The bytes to read: a whole file, or ``length`` bytes from ``offset`` of it.

    ``file`` is what a failure calls it; ``sha256`` and ``size_bytes`` are those of the bytes.
    With a ``sheet``, from 1, the outcome is how that sheet is read, as ``layout_serial.to_json``
    writes it, ``with_picture`` or without. ``recogniser`` reads the sheets without text, if any
    is to.
    """

    path: Path
    file: str
    media_type: str
    sha256: str
    size_bytes: int
    offset: int = 0
    length: int | None = None
    sheet: int = 0
    with_picture: bool = False
    recogniser: Recogniser | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a task: the document as ``serial.to_json`` writes it, or a failure.

    ``seconds`` is wall time, of all its parts together; ``peak_bytes`` the greatest resident
    size that a worker had reached by then, 0 if unknown. ``note`` says what another reader was
    tried for, and why; else it is empty.
    """

    task: Task
    result: bytes | Failure
    seconds: float
    peak_bytes: int
    note: str = ""


class Step(StrEnum):
    """What a worker is asked to do: read a file or begin a long one, read a part, join all."""

    READ = "read"
    PART = "part"
    JOIN = "join"


@dataclass(frozen=True, slots=True)
class Job:
    """A step of a task, by the usual reader, or by ``reader`` after a ``crash``.

    ``part`` of a long file counts from 1; the parts that were read lie in the folder ``spool``,
    each under its number. The step may take ``wall_seconds`` and ``cpu_seconds``.
    """

    task: Task
    spool: Path
    wall_seconds: float
    cpu_seconds: int
    step: Step = Step.READ
    part: int = 1
    parts: int = 1
    reader: str | None = None
    crash: str = ""


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


def job_to_json(job: Job) -> dict[str, Json]:
    """Return ``job`` for the worker."""
    task = asdict(job.task) | {"path": os.fsencode(job.task.path).hex()}
    return asdict(job) | {"task": task, "spool": os.fsencode(job.spool).hex()}


def job_from_json(fields: dict[str, Json]) -> Job:
    """Return what ``job_to_json`` wrote.

    Raises:
        TypeError: fields are missing, or there are others.
    """
    match fields:
        case {
            "task": dict(task),
            "spool": str(spool),
            "wall_seconds": float() | int() as wall_seconds,
            "cpu_seconds": int(cpu_seconds),
            "step": str(step),
            "part": int(part),
            "parts": int(parts),
            "reader": str() | None as reader,
            "crash": str(crash),
        }:
            return Job(
                _task_from_json(task), _path(spool), wall_seconds, cpu_seconds,
                Step(step), part, parts, reader, crash,
            )  # fmt: skip
    msg = f"no job: {fields!r:.200}"
    raise TypeError(msg)


def _task_from_json(fields: dict[str, Json]) -> Task:
    match fields:
        case {
            "path": str(path),
            "file": str(file),
            "media_type": str(media_type),
            "sha256": str(sha256),
            "size_bytes": int(size_bytes),
            "offset": int(offset),
            "length": int() | None as length,
            "sheet": int(sheet),
            "with_picture": bool(with_picture),
            "recogniser": dict() | None as recogniser,
        }:
            return Task(
                _path(path), file, media_type, sha256, size_bytes, offset, length, sheet,
                with_picture, None if recogniser is None else _recogniser(recogniser),
            )  # fmt: skip
    msg = f"no task: {fields!r:.200}"
    raise TypeError(msg)


def _recogniser(fields: dict[str, Json]) -> Recogniser:
    match fields:
        case {"program": str(program), "languages": str(languages)}:
            return Recogniser(program, languages)
    msg = f"no recogniser: {fields!r:.200}"
    raise TypeError(msg)


def _path(written: str) -> Path:
    return Path(os.fsdecode(bytes.fromhex(written)))
