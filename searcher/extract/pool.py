"""Files read in child processes that may hang, crash or starve without harm to anyone else.

Each worker reads many files, one after another; small ones are sent in batches. A worker that
dies costs the file it was reading, and the rest of its batch goes to another. Results come as
they are done. POSIX only; on macOS the memory limit is not enforced by the system.
"""

from __future__ import annotations

import selectors
import tempfile
import time
from collections import deque
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from searcher.errors import Reason
from searcher.extract.pool_messages import Limits, Task
from searcher.extract.worker_process import Job, WorkerProcess
from searcher.failure import Failure

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from searcher.extract.pool_messages import Json

__all__ = ["Limits", "Outcome", "Task", "read_all"]

SMALL_BYTES = 16 * 1024
BATCH = 64
SECOND_READERS = MappingProxyType({"application/pdf": "pdfminer"})
"""The reader to try, by media type, when the usual one has crashed."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a task: the document as ``serial.to_json`` writes it, or a failure.

    ``seconds`` is wall time; ``peak_bytes`` the greatest resident size the worker had reached by
    then, 0 if unknown. ``note`` says that another reader was tried, and why; else it is empty.
    """

    task: Task
    result: bytes | Failure
    seconds: float
    peak_bytes: int
    note: str = ""


def read_all(
    tasks: Iterable[Task], *, workers: int, limits: Limits | None = None
) -> Generator[Outcome, None, None]:
    """Read ``tasks`` in up to ``workers`` children; yield the outcome of each, as they finish.

    ``tasks`` is drawn from as workers come free. However the iteration ends (closing it,
    ``KeyboardInterrupt``, an error), no child, zombie or temporary file is left.

    Raises:
        RuntimeError: a worker does not start.
    """
    with tempfile.TemporaryDirectory(prefix="searcher-") as folder:
        pool = _Pool(tasks, workers, limits or Limits(), folder=Path(folder))
        try:
            yield from pool.outcomes()
        finally:
            pool.close()


class _Pool:
    """The workers, and what waits for them."""

    def __init__(
        self, tasks: Iterable[Task], workers: int, limits: Limits, *, folder: Path
    ) -> None:
        self._tasks = iter(tasks)
        self._size = workers
        self._limits = limits
        self._folder = folder
        self._waiting: deque[tuple[Job, ...]] = deque()
        self._workers: list[WorkerProcess] = []
        self._selector = selectors.DefaultSelector()
        self._absent = 0.0

    def outcomes(self) -> Iterator[Outcome]:
        while self._employ():
            for outcome in self._listen():
                left = time.monotonic()
                yield outcome
                # Nobody listened meanwhile: a worker waiting to be heard is not to blame.
                self._absent += time.monotonic() - left

    def close(self) -> None:
        for worker in list(self._workers):
            self._dismiss(worker)
        self._selector.close()

    def _now(self) -> float:
        """Return the time spent listening, in seconds from some moment."""
        return time.monotonic() - self._absent

    def _employ(self) -> bool:
        """Hand out what waits and hire who is missing; tell whether anything is left to do."""
        while len(self._waiting) < self._size and (batch := self._next_batch()):
            self._waiting.append(batch)
        for worker in list(self._workers):
            if self._waiting and worker.is_ready and not worker.jobs:
                self._assign(worker)
        starting = sum(not worker.is_ready for worker in self._workers)
        missing = min(self._size - len(self._workers), len(self._waiting) - starting)
        for _ in range(missing):
            worker = WorkerProcess(self._folder, self._limits, now=self._now())
            self._workers.append(worker)
            self._selector.register(worker.output, selectors.EVENT_READ, worker)
        return bool(self._waiting) or any(worker.jobs for worker in self._workers)

    def _next_batch(self) -> tuple[Job, ...]:
        """Draw one large task, or as many small ones as make a batch."""
        batch: list[Job] = []
        for task in islice(self._tasks, BATCH):
            batch.append(Job(task))
            if task.size_bytes > SMALL_BYTES:
                break
        return tuple(batch)

    def _assign(self, worker: WorkerProcess) -> None:
        try:
            worker.send(self._waiting[0], now=self._now())
        except BrokenPipeError:
            self._dismiss(worker)
        else:
            self._waiting.popleft()

    def _listen(self) -> list[Outcome]:
        """Wait for an answer or a deadline; return what has become known."""
        due = min((worker.since for worker in self._workers if _is_busy(worker)), default=0.0)
        timeout = max(due + self._limits.wall_seconds - self._now(), 0.0)
        outcomes: list[Outcome] = []
        heard = [cast("WorkerProcess", key.data) for key, _ in self._selector.select(timeout)]
        for worker in heard:
            outcomes += self._hear(worker)
        for worker in filter(_is_busy, tuple(self._workers)):
            if self._now() - worker.since >= self._limits.wall_seconds:
                outcomes += self._bury(worker, overdue=True)
        return outcomes

    def _hear(self, worker: WorkerProcess) -> list[Outcome]:
        """Take the answers of ``worker``, and its death if it has died."""
        outcomes: list[Outcome] = []
        try:
            answers, is_open = worker.receive()
            for header, body in answers:
                if not worker.is_ready:
                    worker.greet()
                elif worker in self._workers:
                    outcomes.append(self._outcome(worker, header, body))
        except (ValueError, TypeError, KeyError, IndexError, BrokenPipeError):
            is_open = False
        if not is_open and worker in self._workers:
            outcomes += self._bury(worker)
        return outcomes

    def _outcome(self, worker: WorkerProcess, header: dict[str, Json], body: bytes) -> Outcome:
        """Return the answer to the first job of ``worker``, which has now done it."""
        seconds, peak_bytes = header["seconds"], header["peak_bytes"]
        if not isinstance(seconds, float) or not isinstance(peak_bytes, int):
            msg = f"an answer without its cost: {header!r:.200}"
            raise TypeError(msg)
        result = body if "reason" not in header else _failure(worker.jobs[0], header, seconds)
        job = worker.jobs.popleft()
        worker.since = self._now()
        if header["leaving"]:
            self._dismiss(worker)
        return Outcome(job.task, result, seconds, peak_bytes, _note(job))

    def _bury(self, worker: WorkerProcess, *, overdue: bool = False) -> list[Outcome]:
        """Take leave of a worker that has died or must; its first job pays, or is tried again."""
        seconds = self._now() - worker.since
        job = worker.jobs.popleft() if worker.jobs else None
        self._release(worker)
        death = worker.autopsy(overdue=overdue)
        if not worker.is_ready:
            msg = f"a worker did not start: {death.detail}\n{worker.noise()}"
            raise RuntimeError(msg)
        if job is None:
            return []
        second = SECOND_READERS.get(job.task.media_type)
        if death.is_crash and job.reader is None and second is not None:
            self._waiting.appendleft((replace(job, reader=second, crash=death.detail),))
            return []
        failure = Failure(
            job.task.file, job.task.sha256, death.reason, death.detail, death.hint, seconds
        )
        return [Outcome(job.task, failure, seconds, death.peak_bytes, _note(job))]

    def _dismiss(self, worker: WorkerProcess) -> None:
        """End a worker that is no longer wanted."""
        self._release(worker)
        worker.end()

    def _release(self, worker: WorkerProcess) -> None:
        """Strike ``worker`` off; what it has not begun waits again."""
        self._selector.unregister(worker.output)
        self._workers.remove(worker)
        if worker.jobs:
            self._waiting.appendleft(tuple(worker.jobs))


def _is_busy(worker: WorkerProcess) -> bool:
    return bool(worker.jobs) or not worker.is_ready


def _note(job: Job) -> str:
    return f"read by {job.reader}, since {job.crash}" if job.reader else ""


def _failure(job: Job, header: dict[str, Json], seconds: float) -> Failure:
    """Return the failure that a worker reports.

    Raises:
        ValueError: it has no reason that we know.
    """
    reason = Reason(str(header["reason"]))
    detail, hint = str(header["detail"]), str(header["hint"])
    return Failure(job.task.file, job.task.sha256, reason, detail, hint, seconds)
