"""How a file is given to the pool, and what it must leave behind: nothing."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from searcher.extract.limits import Limits
from searcher.extract.pool import Outcome, Task, read_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    Read = Callable[[Mapping[str, bytes]], dict[str, Outcome]]

MEDIA_TYPES = {"pdf": "application/pdf", "html": "text/html", "htm": "text/html"}
LIMITS = Limits(wall_seconds=60, cpu_seconds=4, memory_bytes=300_000_000)


def tasks_of(files: Mapping[str, bytes], folder: Path) -> Iterable[Task]:
    for name, content in files.items():
        path = folder / name
        path.write_bytes(content)
        media_type = MEDIA_TYPES[name.rpartition(".")[2]]
        digest = hashlib.sha256(content).hexdigest()
        yield Task(path, name, media_type, digest, len(content))


def children() -> set[int]:
    """Return the children of this process, as far as the system lists them."""
    listed = Path("/proc/self/task").glob("*/children")
    return {int(pid) for of_thread in listed for pid in of_thread.read_text("ascii").split()}


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Read:
    """Return how to read files by name: each has one outcome, and nothing else is left."""
    places = [tmp_path / "files", tmp_path / "temporary"]
    for place in places:
        place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(places[1]))

    def read(files: Mapping[str, bytes]) -> dict[str, Outcome]:
        before = children()
        tasks = tasks_of(files, places[0])
        outcomes = list(read_all(tasks, workers=2, limits=LIMITS))
        assert sorted(outcome.task.file for outcome in outcomes) == sorted(files)
        assert list(places[1].iterdir()) == []
        assert children() <= before
        return {outcome.task.file: outcome for outcome in outcomes}

    return read
