"""How a worker holds itself to its limits, and what it says of its own cost."""

from __future__ import annotations

import ctypes
import errno
import os
import resource
import signal
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from searcher.extract.limits import MEGABYTE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.extract.limits import Limits
    from searcher.extract.pool_messages import Job

OUT_OF_MEMORY = (
    "bad_alloc",
    "MemoryError",
    "out of memory",
    "Cannot allocate memory",
    "failed to map segment",
)
"""What libraries and the system's loader say when memory has run out."""

FILE_BYTES = MEGABYTE
GRACE_SECONDS = 10
MOST_OPEN_FILES = 64
PARENT_DEATH_SIGNAL = 1  # prctl's PR_SET_PDEATHSIG


def die_with_pool() -> None:
    """Have the system kill us when the thread that started us is gone, whatever ended it.

    Only Linux can; elsewhere an orphan ends with its pipe, or by its own clock.
    """
    if sys.platform == "linux":
        kill = ctypes.c_ulong(signal.SIGKILL)
        ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, kill)


def limit_process(limits: Limits) -> None:
    """Hold this process to what no file may change."""
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_NOFILE, MOST_OPEN_FILES)
    _lower(resource.RLIMIT_FSIZE, FILE_BYTES)
    _lower(resource.RLIMIT_AS, limits.memory_bytes)


@contextmanager
def room_to_write(size_bytes: int) -> Iterator[None]:
    """Let one of our own files grow to ``size_bytes``; libraries may write next to nothing."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    most = size_bytes if hard == resource.RLIM_INFINITY else min(size_bytes, hard)
    resource.setrlimit(resource.RLIMIT_FSIZE, (max(most, soft), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def _lower(kind: int, limit: int) -> None:
    """Lower the soft limit ``kind``; one that is lower already stays."""
    soft, hard = resource.getrlimit(kind)
    known = [value for value in (soft, hard, limit) if value != resource.RLIM_INFINITY]
    try:
        resource.setrlimit(kind, (min(known), hard))
    except (ValueError, OSError):
        if sys.platform != "darwin":  # which has no address-space limit to lower
            raise


def wind_clocks(job: Job) -> None:
    """Give ``job`` its processor time, and die on our own should the pool have died."""
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    until = int(cpu_seconds()) + 1 + job.cpu_seconds
    resource.setrlimit(
        resource.RLIMIT_CPU, (until if hard == resource.RLIM_INFINITY else min(until, hard), hard)
    )
    signal.setitimer(signal.ITIMER_REAL, job.wall_seconds + GRACE_SECONDS)
    os.ftruncate(2, 0)


def stop_clock() -> None:
    """Wait for the next job without end."""
    signal.setitimer(signal.ITIMER_REAL, 0)


def cpu_seconds() -> float:
    """Return the processor time that this process has used."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def is_out_of_memory(error: ImportError | OSError) -> bool:
    """Tell whether ``error`` says, in its number or in words, that there is no memory left."""
    said = str(error)
    return getattr(error, "errno", None) == errno.ENOMEM or any(w in said for w in OUT_OF_MEMORY)


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
