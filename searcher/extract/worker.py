"""The child that reads files: ``python -m searcher.extract.worker``, started by the pool.

It takes batches of jobs on its standard input and answers each with one frame on what was its
standard output; what libraries print there is lost, what they say on standard error goes to a
file of bounded size. It may be killed at any time. An error that nobody foresaw ends it, with
its traceback in that file, and costs only the file being read.
"""

from __future__ import annotations

import gc
import hashlib
import os
import signal
import sys
import time
import traceback
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from searcher import plugins
from searcher.errors import ExtractionError, Reason, UnknownNameError
from searcher.extract import layout_serial
from searcher.extract import limits as limits_of
from searcher.extract.extractor import GROUP, Begun, DrawnExtractor, PartwiseExtractor
from searcher.extract.fence import fence_in
from searcher.extract.limits import Limits
from searcher.extract.pool_messages import (
    LENGTHS,
    Json,
    Step,
    frame,
    job_from_json,
    unframe,
)
from searcher.extract.serial import to_json
from searcher.extract.sniff import media_type_of
from searcher.extract.worker_limits import (
    cpu_seconds,
    die_with_pool,
    is_out_of_memory,
    limit_process,
    memory_bytes,
    room_to_write,
    stop_clock,
    wind_clocks,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from searcher.document import Document
    from searcher.extract.extractor import Extractor
    from searcher.extract.pool_messages import Job, Task
    from searcher.extract.recogniser import Recogniser

    Answer = tuple[dict[str, Json], bytes]

NOISE = "noise"
"""The file in the working folder that takes what libraries print."""

MAX_DETAIL = 300
MAX_TRACE = 8192


def main() -> None:
    """Serve batches until the pool closes the pipe, or until the worker has served enough."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    die_with_pool()
    jobs, results = _take_pipes()
    results.write(frame({"ready": True}))
    results.flush()
    greeting = _receive(jobs)
    limits = Limits(**cast("dict[str, int]", greeting)) if greeting else Limits()
    limit_process(limits)
    admit = fence_in(Path.cwd().parent)  # where the parts of long files lie, too
    served = 0
    leaving = False
    while not leaving and (batch := _receive(jobs)) is not None:
        listed = cast("list[dict[str, Json]]", batch["jobs"])
        for number, job in enumerate(map(job_from_json, listed), start=1):
            admit(job.task.recogniser.program if job.task.recogniser else "")
            header, body = _answer(job, limits=limits)
            served += 1
            peak_bytes, resident_bytes = memory_bytes()
            is_old = served >= limits.tasks_per_worker or resident_bytes > limits.resident_bytes
            leaving = header.get("reason") == Reason.MEMORY or (is_old and number == len(listed))
            results.write(frame(header | {"peak_bytes": peak_bytes, "leaving": leaving}, body))
            results.flush()
            if leaving:
                break


def _take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Keep the two pipes for ourselves and give libraries a file to print to."""
    jobs, results = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    noise = os.open(NOISE, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(nothing, 0)
    os.dup2(noise, 2)
    # What is printed from Python is lost: a full file would be an error to whoever prints.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.stderr = sys.stdout
    sys.excepthook = _leave_trace
    return os.fdopen(jobs, "rb"), os.fdopen(results, "wb")


def _leave_trace(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Write the traceback of the error that ends the worker where the pool looks for it."""
    lines = "".join(traceback.format_exception(kind, error, trace))
    os.ftruncate(2, 0)
    os.write(2, lines[-MAX_TRACE:].encode("utf-8", "replace"))


def _receive(stream: BinaryIO) -> dict[str, Json] | None:
    """Return the header of the next frame, ``None`` when the pool has closed the pipe."""
    lengths = stream.read(LENGTHS.size)
    if len(lengths) < LENGTHS.size:
        return None
    head_bytes, body_bytes = LENGTHS.unpack(lengths)
    data = bytearray(lengths + stream.read(head_bytes + body_bytes))
    found = unframe(data, max_body_bytes=body_bytes)
    return None if found is None else found[0]


def _answer(job: Job, *, limits: Limits) -> Answer:
    """Return the answer to ``job``: what was made, or the reason why there is nothing."""
    started, used = time.monotonic(), cpu_seconds()
    wind_clocks(job)
    body = b""
    try:
        header, body = _done(job, limits)
    except ExtractionError as exc:
        header = _failure(exc)
    except MemoryError:
        header = _failure(limits_of.starved(limits))
    except (ImportError, OSError) as exc:  # a library that finds no room to be loaded
        if not is_out_of_memory(exc):
            raise
        header = _failure(limits_of.starved(limits))
    except RecursionError:
        hint = "download the file again"
        header = _failure(ExtractionError(Reason.DAMAGED, "is nested too deeply", hint=hint))
    stop_clock()
    if job.task.length is None:
        gc.collect()
    cost: dict[str, Json] = {
        "seconds": time.monotonic() - started, "cpu_seconds": cpu_seconds() - used,
    }  # fmt: skip
    return header | cost, body


def _failure(error: ExtractionError) -> dict[str, Json]:
    return {
        "reason": error.reason.value,
        "detail": error.detail[:MAX_DETAIL],
        "hint": error.hint[:MAX_DETAIL],
    }


def _done(job: Job, limits: Limits) -> Answer:
    """Do ``job``; return the head and the body of the answer.

    Raises:
        ExtractionError: with the reason why nothing comes of the file.
    """
    content = _content(job.task, limits)
    task = job.task
    kind = media_type_of(content, task.media_type)
    extractor = _extractor(kind, reader=job.reader, why=job.crash, recogniser=task.recogniser)
    if task.sheet and isinstance(extractor, DrawnExtractor):
        drawn = extractor.draw(content, task.sheet, with_picture=task.with_picture)
        return {}, layout_serial.to_json(drawn)
    if not isinstance(extractor, PartwiseExtractor):
        return {}, _body(extractor.extract(content), limits)
    match job.step:
        case Step.READ:
            begun = extractor.begin(content)
            if not isinstance(begun, Begun):
                return {}, _body(begun, limits)
            if begun.sheets > limits.pages:
                raise limits_of.endless(limits, begun.sheets)
            job.spool.mkdir(exist_ok=True)
            return {"parts": begun.parts} | _spooled(job, begun.first, limits), b""
        case Step.PART:
            return _spooled(job, extractor.read_part(content, job.part), limits), b""
        case Step.JOIN:
            parts = (job.spool / str(part) for part in range(1, job.parts + 1))
            return {}, _body(extractor.join(part.read_bytes() for part in parts), limits)


def _spooled(job: Job, read: bytes, limits: Limits) -> dict[str, Json]:
    """Put a part that was ``read`` where the joiner finds it; say how large it is.

    A disk that takes no more is not the file's fault: the pool hears of it.
    """
    if len(read) > limits.memory_bytes:
        raise limits_of.starved(limits)
    try:
        with room_to_write(len(read)):
            (job.spool / str(job.part)).write_bytes(read)
    except FileNotFoundError:  # the file was given up meanwhile, and nobody waits for the part
        return {"spooled_bytes": 0}
    except OSError as exc:
        return {"disk": exc.strerror or type(exc).__name__}
    return {"spooled_bytes": len(read)}


def _body(document: Document, limits: Limits) -> bytes:
    if len(document.pages) > limits.pages:
        raise limits_of.endless(limits, len(document.pages))
    body = to_json(document)
    if len(body) > limits.output_bytes:
        raise limits_of.wordy(limits)
    return body


def _content(task: Task, limits: Limits) -> bytes:
    """Return the bytes of ``task``, which are those that the scan saw.

    Raises:
        ExtractionError: too large, unreadable, or not what the scan saw.
    """
    if task.size_bytes > limits.size_bytes:
        raise limits_of.heavy(limits, task.size_bytes)
    try:
        with task.path.open("rb") as stream:
            stream.seek(task.offset)
            # One byte more than there should be shows a file that has grown.
            wanted = task.size_bytes + 1 if task.length is None else task.length
            content = stream.read(wanted)
    except OSError as exc:
        detail = exc.strerror or type(exc).__name__
        hint = "check who may read the file"
        raise ExtractionError(Reason.UNREADABLE, detail, hint=hint) from exc
    if hashlib.sha256(content).hexdigest() != task.sha256:
        detail = "changed while being read"
        raise ExtractionError(Reason.UNREADABLE, detail, hint="run it again")
    return content


@cache
def _extractor(
    media_type: str, *, reader: str | None, why: str, recogniser: Recogniser | None
) -> Extractor:
    """Return the extractor; what its modules hold stays for good, and is not looked over again."""
    try:
        make = cast("Callable[..., Extractor]", plugins.load(GROUP, media_type))
    except UnknownNameError as exc:
        raise ExtractionError(Reason.UNSUPPORTED, exc.message, hint=exc.hint) from exc
    ways = {} if reader is None else {"reader": reader, "why": why}
    extractor = make(**ways, recogniser=recogniser) if recogniser else make(**ways)
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)  # a report is words by the hundred thousand, and no cycles
    return extractor


if __name__ == "__main__":
    main()
