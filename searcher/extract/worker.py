"""The child that reads files: ``python -m searcher.extract.worker``, started by the pool.

It takes batches of tasks on its standard input and answers each with one frame on what was its
standard output; what libraries print there is lost, what they say on standard error goes to a
file of bounded size. It may be killed at any time. An error that nobody foresaw ends it, with
its traceback in that file, and costs only the file being read.
"""

from __future__ import annotations

import ctypes
import errno
import gc
import hashlib
import os
import resource
import signal
import sys
import time
import traceback
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from searcher import plugins
from searcher.errors import ExtractionError, Reason, UnknownNameError
from searcher.extract.extractor import GROUP
from searcher.extract.pool_messages import (
    LENGTHS,
    MEGABYTE,
    Json,
    Limits,
    frame,
    task_from_json,
    unframe,
)
from searcher.extract.serial import to_json
from searcher.extract.sniff import media_type_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from searcher.extract.extractor import Extractor
    from searcher.extract.pool_messages import Task

NOISE = "noise"
"""The file in the working folder that takes what libraries print."""

OUT_OF_MEMORY = (
    "bad_alloc",
    "MemoryError",
    "out of memory",
    "Cannot allocate memory",
    "failed to map segment",
)
"""What libraries and the system's loader say when memory has run out."""

NOISE_BYTES = MEGABYTE
GRACE_SECONDS = 10
MAX_DETAIL = 300
MAX_TRACE = 8192
PARENT_DEATH_SIGNAL = 1  # prctl's PR_SET_PDEATHSIG


def main() -> None:
    """Serve batches until the pool closes the pipe, or until the worker has served enough."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _die_with_pool()
    tasks, results = _take_pipes()
    results.write(frame({"ready": True}))
    results.flush()
    greeting = _receive(tasks)
    limits = Limits(**cast("dict[str, int]", greeting)) if greeting else Limits()
    _limit_process(limits)
    served = 0
    leaving = False
    while not leaving and (batch := _receive(tasks)) is not None:
        jobs = cast("list[dict[str, Json]]", batch["tasks"])
        for number, job in enumerate(jobs, start=1):
            header, body = _answer(*task_from_json(job), limits=limits)
            served += 1
            peak_bytes, resident_bytes = memory_bytes()
            is_old = served >= limits.tasks_per_worker or resident_bytes > limits.resident_bytes
            leaving = header.get("reason") == Reason.MEMORY or (is_old and number == len(jobs))
            results.write(frame(header | {"peak_bytes": peak_bytes, "leaving": leaving}, body))
            results.flush()
            if leaving:
                break


def _die_with_pool() -> None:
    """Have the system kill us when the thread that started us is gone, whatever ended it.

    Only Linux can; elsewhere an orphan ends with its pipe, or by its own clock.
    """
    if sys.platform == "linux":
        kill = ctypes.c_ulong(signal.SIGKILL)
        ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, kill)


def _take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Keep the two pipes for ourselves and give libraries a file to print to."""
    tasks, results = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    noise = os.open(NOISE, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(nothing, 0)
    os.dup2(noise, 2)
    # What is printed from Python is lost: a full file would be an error to whoever prints.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.stderr = sys.stdout
    sys.excepthook = _leave_trace
    return os.fdopen(tasks, "rb"), os.fdopen(results, "wb")


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


def _limit_process(limits: Limits) -> None:
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, NOISE_BYTES)
    _lower(resource.RLIMIT_AS, limits.memory_bytes)


def _lower(kind: int, limit: int) -> None:
    """Lower the soft limit ``kind``; one that is lower already stays."""
    soft, hard = resource.getrlimit(kind)
    known = [value for value in (soft, hard, limit) if value != resource.RLIM_INFINITY]
    try:
        resource.setrlimit(kind, (min(known), hard))
    except (ValueError, OSError):
        if sys.platform != "darwin":  # which has no address-space limit to lower
            raise


def _wind_clocks(limits: Limits) -> None:
    """Give the next file its processor time, and die on our own should the pool have died."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = usage.ru_utime + usage.ru_stime
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    until = int(used) + 1 + limits.cpu_seconds
    resource.setrlimit(
        resource.RLIMIT_CPU, (until if hard == resource.RLIM_INFINITY else min(until, hard), hard)
    )
    signal.setitimer(signal.ITIMER_REAL, limits.wall_seconds + GRACE_SECONDS)
    os.ftruncate(2, 0)


def _answer(task: Task, reader: str | None, *, limits: Limits) -> tuple[dict[str, Json], bytes]:
    """Return the answer to ``task``: its document, or the reason why there is none."""
    started = time.monotonic()
    _wind_clocks(limits)
    body = b""
    header: dict[str, Json] = {}
    try:
        body = _document(task, reader, limits=limits)
    except ExtractionError as exc:
        header = _failure(exc.reason, exc.detail, exc.hint)
    except MemoryError:
        header = _starved(limits)
    except (ImportError, OSError) as exc:  # a library that finds no room to be loaded
        if not is_out_of_memory(exc):
            raise
        header = _starved(limits)
    except RecursionError:
        header = _failure(Reason.DAMAGED, "is nested too deeply", "download the file again")
    signal.setitimer(signal.ITIMER_REAL, 0)
    if task.length is None:
        gc.collect()
    return header | {"seconds": time.monotonic() - started}, body


def is_out_of_memory(error: ImportError | OSError) -> bool:
    """Tell whether ``error`` says, in its number or in words, that there is no memory left."""
    said = str(error)
    return getattr(error, "errno", None) == errno.ENOMEM or any(w in said for w in OUT_OF_MEMORY)


def _starved(limits: Limits) -> dict[str, Json]:
    detail = f"needs more than {limits.memory_bytes // MEGABYTE:,} MB of memory"
    return _failure(Reason.MEMORY, detail, "raise the memory limit, or split the file")


def _failure(reason: Reason, detail: str, hint: str) -> dict[str, Json]:
    return {"reason": reason.value, "detail": detail[:MAX_DETAIL], "hint": hint[:MAX_DETAIL]}


def _document(task: Task, reader: str | None, *, limits: Limits) -> bytes:
    content = _content(task, limits)
    extractor = _extractor(media_type_of(content, task.media_type), reader)
    document = to_json(extractor.extract(content))
    if len(document) > limits.output_bytes:
        most = limits.output_bytes // MEGABYTE
        detail = f"its text takes up more than {most:,} MB, the most that one report may"
        raise ExtractionError(Reason.TOO_LARGE, detail, hint="split it into several files")
    return document


def _content(task: Task, limits: Limits) -> bytes:
    """Return the bytes of ``task``, which are those that the scan saw.

    Raises:
        ExtractionError: too large, unreadable, or not what the scan saw.
    """
    if task.size_bytes > limits.size_bytes:
        detail = f"holds {task.size_bytes:,} bytes, the limit is {limits.size_bytes:,}"
        raise ExtractionError(Reason.TOO_LARGE, detail, hint="split it, or raise the limit")
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
def _extractor(media_type: str, reader: str | None) -> Extractor:
    try:
        make = cast("Callable[..., Extractor]", plugins.load(GROUP, media_type))
    except UnknownNameError as exc:
        raise ExtractionError(Reason.UNSUPPORTED, exc.message, hint=exc.hint) from exc
    return make() if reader is None else make(reader=reader)


def memory_bytes() -> tuple[int, int]:
    """Return the greatest and the present resident size of this process."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # macOS counts bytes
        return peak, peak
    sizes = dict(line.split(":", 1) for line in status.splitlines() if line.startswith("Vm"))
    return _kibibytes(sizes["VmHWM"]), _kibibytes(sizes["VmRSS"])


def _kibibytes(size: str) -> int:
    return int(size.split(maxsplit=1)[0]) * 1024


if __name__ == "__main__":
    main()
