"""One worker as the pool sees it: a child in a process group of its own, and how it died."""

from __future__ import annotations

import contextlib
import fcntl
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import deque
from dataclasses import asdict, dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from searcher.errors import ExtractionError, Reason
from searcher.extract import limits as limits_of
from searcher.extract.builder import clean
from searcher.extract.limits import MEGABYTE
from searcher.extract.pool_messages import frame, job_to_json, unframe
from searcher.extract.worker import NOISE
from searcher.extract.worker_limits import OUT_OF_MEMORY

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import BinaryIO

    from searcher.extract.limits import Limits
    from searcher.extract.pool_messages import Job, Json

COMMAND = (sys.executable, "-P", "-m", "searcher.extract.worker")
KEPT = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TESSDATA_PREFIX")
ONE_PROCESSOR: Mapping[str, str] = MappingProxyType({
    "OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1",
    "OPENBLAS_MAIN_FREE": "1", "GOTOBLAS_MAIN_FREE": "1",
})  # fmt: skip
"""What tesseract and NumPy may take: the pool fills the processors already.

NumPy sets the last two by itself where they are missing, which a reader may not.
"""

NOISE_TAIL = 4096
PIPE_BYTES = 1024 * 1024
NARROW_PIPE_BYTES = 4096
"""What a pipe holds on a system that does not tell."""
DYING_SECONDS = 1.0
START_SECONDS = 120.0
"""What a worker has to start, on whatever machine; no file is read yet."""

HINT = "open it in a viewer and save it again"


@dataclass(frozen=True, slots=True)
class Death:
    """Why a worker ended; ``is_crash`` if another reader may do better."""

    error: ExtractionError
    is_crash: bool
    peak_bytes: int


class WorkerProcess:
    """A child process, the jobs it has in hand (first the one it reads) and since when."""

    def __init__(self, folder: Path, limits: Limits, *, now: float) -> None:
        self.jobs: deque[Job] = deque()
        self.since = now
        self.is_ready = False
        self._limits = limits
        self._inbox = bytearray()
        self._folder = Path(tempfile.mkdtemp(dir=folder))
        self._process = subprocess.Popen(  # noqa: S603 -- our own module, by our own interpreter
            COMMAND,
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=self._folder,
            env=_environment(self._folder),
            start_new_session=True,
        )
        os.set_blocking(self.output.fileno(), False)
        for pipe in (self.output, cast("BinaryIO", self._process.stdin)):
            _widen(pipe)

    @property
    def output(self) -> BinaryIO:
        """Return the pipe that answers come from."""
        return cast("BinaryIO", self._process.stdout)

    @property
    def seconds_allowed(self) -> float:
        """Return how long it may go unheard of from ``since`` on."""
        return self.jobs[0].wall_seconds if self.jobs else START_SECONDS

    def has_room(self, jobs: tuple[Job, ...]) -> bool:
        """Tell whether ``jobs`` can wait in the pipe until the worker is free.

        To write more would be to wait for a worker that may be waiting to be heard.
        """
        pipe = cast("BinaryIO", self._process.stdin)
        return len(_batch(jobs)) <= _capacity(pipe) // 2  # which counts whole pages of memory

    def send(self, jobs: tuple[Job, ...], *, now: float) -> None:
        """Give the worker something to do; what it has in hand leaves that ``has_room``.

        Raises:
            BrokenPipeError: it has died.
        """
        self._write(_batch(jobs))
        if not self.jobs:
            self.since = now
        self.jobs.extend(jobs)

    def receive(self) -> tuple[list[tuple[dict[str, Json], bytes]], bool]:
        """Return the answers that are there, and whether more can come.

        None can when the pipe is closed, or holds what is no answer.
        """
        data = self.output.read(MEGABYTE)
        if data:
            self._inbox += data
        answers = []
        try:
            while found := unframe(self._inbox, max_body_bytes=self._limits.output_bytes):
                answers.append(found)
        except (ValueError, TypeError):
            return answers, False
        return answers, data != b""

    def greet(self) -> None:
        """Take note that the worker has started, and tell it its limits."""
        self.is_ready = True
        self._write(frame(asdict(self._limits)))

    def autopsy(self, *, overdue: bool) -> Death:
        """End the worker and say why it died, or had to."""
        died = not overdue and self._has_died()
        peak_bytes = self.end()
        if overdue:
            return Death(limits_of.late(self._limits), is_crash=False, peak_bytes=peak_bytes)
        if not died:
            detail = "the reader gave no answer that makes sense"
            return _crash(detail, peak_bytes)
        return self._verdict(self._process.returncode, peak_bytes)

    def end(self) -> int:
        """Kill the worker and all it started, wait for it; return its greatest size in bytes."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        _, status, usage = os.wait4(self._process.pid, 0)
        self._process.returncode = os.waitstatus_to_exitcode(status)
        cast("BinaryIO", self._process.stdin).close()
        self.output.close()
        return _peak_bytes(usage)

    def clear(self) -> None:
        """Take away what the worker, which has ended, left in its folder."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def noise(self) -> str:
        """Return the last lines that libraries printed."""
        try:
            data = (self._folder / NOISE).read_bytes()[-NOISE_TAIL:]
        except OSError:
            return ""
        return clean(data.decode("utf-8", "replace"))

    def _write(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            rest = rest[cast("BinaryIO", self._process.stdin).write(rest) :]

    def _has_died(self) -> bool:
        """Tell whether the worker has died of itself; it is given a moment to."""
        options = os.WEXITED | os.WNOHANG | os.WNOWAIT
        until = time.monotonic() + DYING_SECONDS
        while os.waitid(os.P_PID, self._process.pid, options) is None:
            if time.monotonic() > until:
                return False
            time.sleep(0.005)
        return True

    def _verdict(self, returncode: int, peak_bytes: int) -> Death:
        limits = self._limits
        if returncode == -signal.SIGXCPU:
            return Death(limits_of.laborious(limits), is_crash=False, peak_bytes=peak_bytes)
        if returncode == -signal.SIGALRM:
            return Death(limits_of.late(limits), is_crash=False, peak_bytes=peak_bytes)
        noise = self.noise()
        name = signal.Signals(-returncode).name if returncode < 0 else f"status {returncode}"
        starved = any(word in noise for word in OUT_OF_MEMORY)
        if starved or returncode == -signal.SIGKILL or peak_bytes > limits.memory_bytes // 2:
            return Death(limits_of.starved(limits, name), is_crash=False, peak_bytes=peak_bytes)
        last = noise.rpartition("\n")[2][:200]
        detail = f"the reader crashed with {name}"
        detail = f"the reader failed: {last}" if returncode > 0 and last else detail
        return _crash(detail, peak_bytes)


def _batch(jobs: tuple[Job, ...]) -> bytes:
    return frame({"jobs": [job_to_json(job) for job in jobs]})


def _widen(pipe: BinaryIO) -> None:
    """Let what is written wait in the pipe while nobody listens, and its writer go on."""
    if hasattr(fcntl, "F_SETPIPE_SZ"):
        with contextlib.suppress(OSError):  # the system may grant no more
            fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, PIPE_BYTES)


def _capacity(pipe: BinaryIO) -> int:
    """Return how many bytes a pipe holds, at least."""
    if hasattr(fcntl, "F_GETPIPE_SZ"):
        return fcntl.fcntl(pipe.fileno(), fcntl.F_GETPIPE_SZ)
    return NARROW_PIPE_BYTES


def _crash(detail: str, peak_bytes: int) -> Death:
    error = ExtractionError(Reason.DAMAGED, detail, hint=HINT)
    return Death(error, is_crash=True, peak_bytes=peak_bytes)


def _environment(folder: Path) -> dict[str, str]:
    """Return what a worker needs: the modules that we see, and no setting of the user's."""
    path = os.pathsep.join(str(Path(entry).absolute()) for entry in sys.path)
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    home = str(folder)
    return kept | {
        **ONE_PROCESSOR,
        "PYTHONPATH": path,
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "HOME": home,
        "TMPDIR": home,
    }


def _peak_bytes(usage: resource.struct_rusage) -> int:
    """Return the child's greatest resident size, 0 where that cannot be told.

    A child inherits the mark of the process that started it: only what is over it is its own.
    """
    unit = 1 if sys.platform == "darwin" else 1024
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return usage.ru_maxrss * unit if usage.ru_maxrss > own else 0
