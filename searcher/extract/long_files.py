"""Long files on their way through the pool: parts handed out, come back, and joined.

The parts lie on disk meanwhile, each in a file of its own, which only workers write and read.
A file that fails in one part fails; what other workers still read of it is dropped.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from searcher.errors import ExtractionError
from searcher.extract.limits import laborious, late, starved
from searcher.extract.pool_messages import Outcome, Step
from searcher.failure import Failure

if TYPE_CHECKING:
    from pathlib import Path

    from searcher.extract.limits import Limits
    from searcher.extract.pool_messages import Job


@dataclass(frozen=True, slots=True)
class Cost:
    """What a step took, by a worker's own account; ``spooled_bytes`` it put on disk."""

    seconds: float
    cpu_seconds: float
    peak_bytes: int
    spooled_bytes: int = 0


@dataclass(slots=True)
class LongFile:
    """A file that is read in parts: what is handed out, what is back, what it cost so far."""

    job: Job
    parts: int
    handed_out: int = 1
    back: int = 0
    is_joining: bool = False
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    peak_bytes: int = 0
    spooled_bytes: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Tell whether all parts are in and wait to be joined."""
        return self.back == self.parts and not self.is_joining

    def pay(self, cost: Cost, limits: Limits) -> ExtractionError | None:
        """Add ``cost``; return what is to be said if that is more than one file may cost."""
        self.seconds += cost.seconds
        self.cpu_seconds += cost.cpu_seconds
        self.spooled_bytes += cost.spooled_bytes
        self.peak_bytes = max(self.peak_bytes, cost.peak_bytes)
        if self.seconds > limits.wall_seconds:
            return late(limits)
        if self.cpu_seconds > limits.cpu_seconds + 1:  # the system counts whole seconds
            return laborious(limits)
        # What does not fit into a worker cannot be joined there.
        return starved(limits) if self.spooled_bytes > limits.memory_bytes else None


class LongFiles:
    """The long files under way. Parts go out in order, those of the first file first."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._files: dict[Path, LongFile] = {}

    def begin(self, job: Job, parts: int, cost: Cost) -> Outcome | None:
        """Take on the file of ``job``, whose first part has been read."""
        self._files[job.spool] = LongFile(job, parts)
        return self.take(job, cost)

    def count_ready(self) -> int:
        """Return how many steps could be handed out now."""
        files = self._files.values()
        return sum(file.parts - file.handed_out + file.is_whole for file in files)

    def next_job(self) -> Job | None:
        """Return the next step to hand out: a part, or the joining of a file whose parts are in."""
        for file in self._files.values():
            if file.handed_out < file.parts:
                file.handed_out += 1
                return self._step(file, Step.PART, file.handed_out)
            if file.is_whole:
                file.is_joining = True
                return self._step(file, Step.JOIN, file.parts)
        return None

    def holds(self, job: Job) -> bool:
        """Tell whether ``job`` is still wanted: its file is no long one, or has not failed."""
        return job.step is Step.READ or job.spool in self._files

    def take(self, job: Job, cost: Cost, body: bytes = b"") -> Outcome | None:
        """Hear that ``job`` is done; return the outcome of its file, if that is now known."""
        file = self._files.get(job.spool)
        if file is None:
            return None
        if job.reader:
            file.notes.append(note(job, file.parts))
        excess = file.pay(cost, self._limits)
        if excess is not None:
            return self._end(file, _failure(job, excess, file.seconds))
        if job.step is Step.JOIN:
            return self._end(file, body)
        file.back += 1
        return None

    def count(self, job: Job, seconds: float) -> None:
        """Hear that a try at ``job``, which is done again, took ``seconds``."""
        file = self._files.get(job.spool)
        if file is not None:
            file.seconds += seconds

    def fail(self, job: Job, error: ExtractionError, cost: Cost) -> Outcome | None:
        """Hear that ``job`` failed, and its file with it; return the outcome, if it is news."""
        file = self._files.get(job.spool)
        if file is None:
            return None
        if job.reader:
            file.notes.append(note(job, file.parts))
        file.pay(cost, self._limits)
        return self._end(file, _failure(job, error, file.seconds))

    def _step(self, file: LongFile, step: Step, part: int) -> Job:
        """Return a step of ``file`` that has what time the steps before have left."""
        return replace(
            file.job, step=step, part=part, parts=file.parts, reader=None, crash="",
            wall_seconds=max(self._limits.wall_seconds - file.seconds, 1.0),
            cpu_seconds=max(int(self._limits.cpu_seconds - file.cpu_seconds), 1),
        )  # fmt: skip

    def _end(self, file: LongFile, result: bytes | Failure) -> Outcome:
        del self._files[file.job.spool]
        shutil.rmtree(file.job.spool, ignore_errors=True)
        notes = "; ".join(file.notes)
        return Outcome(file.job.task, result, file.seconds, file.peak_bytes, notes)


def note(job: Job, parts: int = 1) -> str:
    """Return what is to be said of a step that another reader had to take; else nothing."""
    if not job.reader:
        return ""
    which = f"part {job.part} of {parts} " if parts > 1 else ""
    return f"{which}read by {job.reader}, since {job.crash}"


def _failure(job: Job, error: ExtractionError, seconds: float) -> Failure:
    task = job.task
    return Failure(task.file, task.sha256, error.reason, error.detail, error.hint, seconds)
