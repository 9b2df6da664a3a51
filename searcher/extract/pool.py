"""Files read in child processes that may hang, crash or starve without harm to anyone else.

Each worker reads many files, one after another; small ones are sent in batches, long ones are
read in parts by whoever is free. A worker that dies costs the step it was doing, and the rest of
its batch goes to another. Results come as they are done. POSIX only; on macOS the memory limit
is not enforced by the system.
"""

from __future__ import annotations

import selectors
import tempfile
import time
from collections import deque
from dataclasses import replace
from itertools import count, islice
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from searcher.errors import ExtractionError, Reason, StorageError
from searcher.extract.limits import Limits
from searcher.extract.long_files import Cost, LongFiles, note
from searcher.extract.pool_messages import Job, Outcome, Step, Task
from searcher.extract.worker_process import WorkerProcess
from searcher.failure import Failure

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from searcher.extract.pool_messages import Json

__all__ = ["Limits", "Outcome", "Task", "read_all"]

SMALL_BYTES = 16 * 1024
BATCH = 64
SECOND_READERS = MappingProxyType({"application/pdf": "pdfminer"})
"""The reader to try, by media type, when the usual one has crashed."""


def read_all(
    tasks: Iterable[Task], *, workers: int, limits: Limits | None = None, at: Path | None = None
) -> Generator[Outcome, None, None]:
    """Read ``tasks`` in up to ``workers`` children; yield the outcome of each, as they finish.

    ``tasks`` is drawn from as workers come free; the longest first make the best use of them.
    What is half read lies in a folder of its own in ``at``, where temporary files go by default.
    However the iteration ends (closing it, ``KeyboardInterrupt``, an error), no child, zombie or
    temporary file is left.

    Raises:
        RuntimeError: a worker does not start.
        StorageError: the disk takes no more of what is half read.
    """
    place = None if at is None else at.absolute()  # workers work elsewhere
    with tempfile.TemporaryDirectory(prefix="searcher-", dir=place) as folder:
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
        self._numbers = count(1)
        self._waiting: deque[tuple[Job, ...]] = deque()
        self._again: deque[tuple[Job, ...]] = deque()
        self._long = LongFiles(limits)
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
        for worker in self._workers:  # an interrupt may have come before one was listened to
            worker.end()
            worker.clear()
        self._workers.clear()
        self._selector.close()

    def _now(self) -> float:
        """Return the time spent listening, in seconds from some moment."""
        return time.monotonic() - self._absent

    def _employ(self) -> bool:
        """Hand out what waits and hire who is missing; tell whether anything is left to do."""
        while len(self._waiting) < 2 * self._size and (batch := self._draw()):
            self._waiting.append(batch)
        for worker in list(self._workers):
            if worker.is_ready and not worker.jobs and (batch := self._next_batch()):
                self._assign(worker, batch)
        for worker in list(self._workers):
            # Where plenty waits, nobody stops reading because we are not there to listen.
            is_last = len(worker.jobs) == 1 and worker.is_ready
            if is_last and len(self._waiting) > self._size and worker.has_room(self._waiting[0]):
                self._assign(worker, self._waiting.popleft())
        left = len(self._again) + self._long.count_ready() + len(self._waiting)
        starting = sum(not worker.is_ready for worker in self._workers)
        for _ in range(min(self._size - len(self._workers), left - starting)):
            worker = WorkerProcess(self._folder, self._limits, now=self._now())
            self._workers.append(worker)
            self._selector.register(worker.output, selectors.EVENT_READ, worker)
        return left > 0 or any(worker.jobs for worker in self._workers)

    def _draw(self) -> tuple[Job, ...]:
        """Draw one large task, or as many small ones as make a batch."""
        batch: list[Job] = []
        for task in islice(self._tasks, BATCH):
            spool = self._folder / f"parts-{next(self._numbers)}"
            batch.append(Job(task, spool, self._limits.wall_seconds, self._limits.cpu_seconds))
            if task.size_bytes > SMALL_BYTES:
                break
        return tuple(batch)

    def _next_batch(self) -> tuple[Job, ...]:
        """Return what is to be done next: what is half done goes before what is not begun."""
        while self._again:
            if batch := tuple(filter(self._long.holds, self._again.popleft())):
                return batch
        if job := self._long.next_job():
            return (job,)
        return self._waiting.popleft() if self._waiting else ()

    def _assign(self, worker: WorkerProcess, batch: tuple[Job, ...]) -> None:
        try:
            worker.send(batch, now=self._now())
        except BrokenPipeError:
            self._again.appendleft(batch)
            self._dismiss(worker)

    def _listen(self) -> list[Outcome]:
        """Wait for an answer or a deadline; return what has become known."""
        due = min((_due(worker) for worker in self._workers if _is_busy(worker)), default=0.0)
        timeout = max(due - self._now(), 0.0)
        outcomes: list[Outcome] = []
        heard = [cast("WorkerProcess", key.data) for key, _ in self._selector.select(timeout)]
        for worker in heard:
            outcomes += self._hear(worker)
        for worker in filter(_is_busy, tuple(self._workers)):
            if self._now() >= _due(worker):
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
                    outcomes += self._answered(worker, header, body)
        except (ValueError, TypeError, KeyError, IndexError, BrokenPipeError):
            is_open = False
        if not is_open and worker in self._workers:
            outcomes += self._bury(worker)
        return outcomes

    def _answered(
        self, worker: WorkerProcess, header: dict[str, Json], body: bytes
    ) -> list[Outcome]:
        """Take the answer to the first job of ``worker``; return the outcome, if there is one.

        Raises:
            StorageError: the worker could not put down what it read.
        """
        cost, job = _cost(header), worker.jobs[0]
        if "disk" in header:
            msg = f"{self._folder}: {header['disk']}"
            raise StorageError(msg, hint="make room: long reports wait there to be put together")
        error = _error(header) if "reason" in header else None
        worker.jobs.popleft()
        worker.since = self._now()
        if header["leaving"]:
            self._dismiss(worker)
        if error is not None:
            return self._failed(job, error, cost)
        if job.step is Step.READ and "parts" not in header:
            return [Outcome(job.task, body, cost.seconds, cost.peak_bytes, note(job))]
        if job.step is Step.READ:
            outcome = self._long.begin(job, cast("int", header["parts"]), cost)
        else:
            outcome = self._long.take(job, cost, body)
        return [outcome] if outcome else []

    def _failed(self, job: Job, error: ExtractionError, cost: Cost) -> list[Outcome]:
        """Return what becomes of a file of which ``job`` came to nothing."""
        if job.step is not Step.READ:
            outcome = self._long.fail(job, error, cost)
            return [outcome] if outcome else []
        task, seconds = job.task, cost.seconds
        failure = Failure(task.file, task.sha256, error.reason, error.detail, error.hint, seconds)
        return [Outcome(task, failure, seconds, cost.peak_bytes, note(job))]

    def _bury(self, worker: WorkerProcess, *, overdue: bool = False) -> list[Outcome]:
        """Take leave of a worker that has died or must; its first job pays, or is tried again."""
        seconds = self._now() - worker.since
        job = worker.jobs.popleft() if worker.jobs else None
        self._release(worker)
        death = worker.autopsy(overdue=overdue)
        if not worker.is_ready:
            msg = f"a worker did not start: {death.error.detail}\n{worker.noise()}"
            raise RuntimeError(msg)
        worker.clear()
        if job is None:
            return []
        second = SECOND_READERS.get(job.task.media_type)
        if death.is_crash and job.reader is None and second and job.step is not Step.JOIN:
            left = max(job.wall_seconds - seconds, 1.0)
            again = replace(job, reader=second, crash=death.error.detail, wall_seconds=left)
            self._again.appendleft((again,))
            self._long.count(again, seconds)
            return []
        return self._failed(job, death.error, Cost(seconds, 0.0, death.peak_bytes))

    def _dismiss(self, worker: WorkerProcess) -> None:
        """End a worker that is no longer wanted."""
        self._release(worker)
        worker.end()
        worker.clear()

    def _release(self, worker: WorkerProcess) -> None:
        """Strike ``worker`` off; what it has not begun waits again."""
        self._selector.unregister(worker.output)
        self._workers.remove(worker)
        if worker.jobs:
            self._again.appendleft(tuple(worker.jobs))


def _is_busy(worker: WorkerProcess) -> bool:
    return bool(worker.jobs) or not worker.is_ready


def _due(worker: WorkerProcess) -> float:
    return worker.since + worker.seconds_allowed


def _cost(header: dict[str, Json]) -> Cost:
    """Return what a worker says that a step took.

    Raises:
        TypeError: it does not say.
    """
    match header:
        case {"seconds": float(seconds), "cpu_seconds": float(cpu), "peak_bytes": int(peak)}:
            spooled = header.get("spooled_bytes", 0)
            return Cost(seconds, cpu, peak, spooled if isinstance(spooled, int) else 0)
    msg = f"an answer without its cost: {header!r:.200}"
    raise TypeError(msg)


def _error(header: dict[str, Json]) -> ExtractionError:
    """Return the error that a worker reports.

    Raises:
        ValueError: it has no reason that we know.
    """
    reason = Reason(str(header["reason"]))
    return ExtractionError(reason, str(header["detail"]), hint=str(header["hint"]))
