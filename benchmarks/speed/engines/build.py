"""One build in a process of its own, and what it took.

usage: python -m benchmarks.speed.engines.build ENGINE COLLECTION FOLDER

Reading the collection, and bringing a report into the engine's own types, is not counted.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.speed.engines.collection import load_reports
from benchmarks.speed.engines.engines import engine
from benchmarks.speed.engines.resident import own_bytes, peak_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.speed.engines.engine import Engine

LOOK_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Built:
    """What a build took: seconds, the bytes of texts, of all files and of each folder's files.

    ``spent`` is CPU seconds, among the others, on parts that peers do not have; ``peak_bytes`` is
    the largest resident memory of the process, and ``peak_own_bytes`` what of it was no page of a
    mapped file, looked at again and again.
    """

    passages: int
    cpu_seconds: float
    wall_seconds: float
    text_bytes: int
    bytes: int
    folders: dict[str, int]
    peak_bytes: int
    peak_own_bytes: int = 0
    spent: dict[str, float] = field(default_factory=dict)


class Metered:
    """Reports as an engine wants them; counts them and the CPU seconds it took to make them."""

    def __init__(self, made: Engine[Any], collection: Path) -> None:
        self._engine = made
        self._collection = collection
        self.seconds = 0.0
        self.passages = 0
        self.text_bytes = 0

    def __iter__(self) -> Iterator[Any]:
        """Yield the reports."""
        start = time.thread_time()
        for report in load_reports(self._collection):
            ready = self._engine.ready(report)
            self.passages += len(report.passages)
            self.text_bytes += sum(len(text.encode()) for text in report.passages)
            self.seconds += time.thread_time() - start
            yield ready
            start = time.thread_time()


def build(name: str, collection: Path, folder: Path) -> Built:
    """Build with the engine ``name`` in this process."""
    made = engine(name)
    folder.mkdir(parents=True)
    reports = Metered(made, collection)
    start, wall = _cpu_seconds(), time.perf_counter()
    made.build(iter(reports), folder)
    cpu, wall = _cpu_seconds() - start, time.perf_counter() - wall
    files = [path for path in folder.rglob("*") if path.is_file()]
    folders: dict[str, int] = {}
    for path in files:
        folders[path.parent.name] = folders.get(path.parent.name, 0) + path.stat().st_size
    return Built(
        reports.passages, cpu - reports.seconds, wall - reports.seconds, reports.text_bytes,
        sum(folders.values()), folders, peak_bytes(), spent=getattr(made, "spent", {}),
    )  # fmt: skip


def _cpu_seconds() -> float:
    """Return what this process has used, its threads and the processes it started among it."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def build_apart(name: str, collection: Path, folder: Path) -> Built:
    """Build in a new process; return what it took."""
    command = [sys.executable, "-m", "benchmarks.speed.engines.build", name]
    child = subprocess.Popen(
        [*command, str(collection), str(folder)], stdout=subprocess.PIPE, text=True
    )
    own = 0
    while child.poll() is None:
        own = max(own, own_bytes(child.pid))
        time.sleep(LOOK_SECONDS)
    told, _ = child.communicate()
    if child.returncode:
        sys.exit(f"building with {name} ended with {child.returncode}")
    return replace(Built(**json.loads(told.splitlines()[-1])), peak_own_bytes=own)


if __name__ == "__main__":
    print(json.dumps(asdict(build(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])))))
