"""Kills an ingest at each thing it does to its index, and looks at what it leaves: a program.

    python -m tests.unit.ingest.killing FOLDER EVERY

``FOLDER`` holds a bench whose corpus has grown since its index was made, if it was. Each run is a
fork of this process on a copy of the index; it is counted by Python's own audit events (files
opened to be written, renamed, linked, removed, folders made, databases opened), by the statements
that SQLite is given and by what is written through to the disk. One in ``EVERY`` is killed.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import sys
import traceback
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from searcher.errors import SearcherError
from searcher.index.generations import LIVE
from searcher.ingest.doctor import examine
from tests.unit.ingest.bench import Bench

if TYPE_CHECKING:
    from collections.abc import Callable

CHANGING = frozenset({
    "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.truncate", "os.chmod",
    "sqlite3.connect", "shutil.rmtree", "shutil.copyfile",
})  # fmt: skip
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
NO_FOLDER = -1
OLD, NEW = "millbridge", "westmere"


class Steps:
    """Counts what this process does to the files below a folder, and ends it at one of them."""

    def __init__(self, index: Path, *, last: int | None, report: Path) -> None:
        self._index = str(index)
        self._last = last
        self._report = report
        self._done: list[str] = []

    def watch(self) -> None:
        """Begin to count."""
        sys.addaudithook(self._hear)
        write_through, connect = os.fsync, sqlite3.connect

        def fsync(descriptor: int) -> None:
            self._count("fsync", str(behind(descriptor)))
            write_through(descriptor)

        def traced(*values: Any, **named: Any) -> sqlite3.Connection:  # noqa: ANN401 as it is
            connection: sqlite3.Connection = connect(*values, **named)
            connection.set_trace_callback(self._statement)
            return connection

        vars(os)["fsync"] = fsync  # of this and of statements Python tells nobody
        vars(sqlite3)["connect"] = traced

    def _hear(self, event: str, values: tuple[Any, ...]) -> None:
        if event in CHANGING or (event == "open" and values[2] & WRITING):
            path, folder = values[0], values[-1]
            if event in {"os.remove", "os.rmdir"} and folder != NO_FOLDER:
                path = behind(folder) / os.fsdecode(path)
            self._count(event, "" if isinstance(path, int) else os.fsdecode(path))

    def _statement(self, text: str) -> None:
        """Count a statement that changes something where it is the first of its kind."""
        kind = " ".join(text.split()[:3])
        if (
            not kind.startswith(("SELECT", "PRAGMA"))
            and f"sql {self._index} {kind}" not in self._done
        ):
            self._count("sql", f"{self._index} {kind}")

    def _count(self, what: str, where: str) -> None:
        if self._index not in where:
            return
        self._done.append(f"{what} {where}")
        if len(self._done) == self._last:
            os.kill(os.getpid(), signal.SIGKILL)

    def tell(self) -> None:
        """Write down what was counted."""
        lines = [line.replace(self._index, "") for line in self._done]
        self._report.write_text(json.dumps(lines), encoding="utf-8")


def behind(descriptor: int) -> Path:
    """Return the path of an open file."""
    return Path(f"/proc/self/fd/{descriptor}").readlink()


def forked(work: Callable[[], None]) -> int:
    """Return how a fork of this process ended that did ``work``: its status, or minus a signal."""
    child = os.fork()
    if not child:
        status = 1
        try:
            work()
            status = 0
        finally:
            if status:
                traceback.print_exc()
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def run(bench: Bench, place: Path, last: int | None) -> int:
    """Return how an ingest ended that is killed at its step ``last``, on a copy at ``place``."""
    shutil.rmtree(place, ignore_errors=True)
    if bench.index.exists():
        shutil.copytree(bench.index, place)
    copy = Bench(bench.root, replace(bench.settings, index=place, generations=1))
    steps = Steps(place, last=last, report=bench.root / "steps.json")

    def work() -> None:
        steps.watch()
        copy.ingest()
        steps.tell()

    return forked(work)


def is_made(bench: Bench) -> bool:
    """Tell whether there is an index."""
    return (bench.index / LIVE).exists()


def left(bench: Bench, place: Path) -> str:
    """Return what is wrong with what a killed run left at ``place``, or with the run after it."""
    copy = Bench(bench.root, replace(bench.settings, index=place, generations=1))
    try:
        found, wanted, damage = [], [], []
        if is_made(copy):
            is_former = is_made(bench) and copy.live() == bench.live()
            found = [copy.found(word) for word in (OLD, NEW)]
            wanted = [["a.txt"], [] if is_former else ["b.txt"]]
            damage = [one.problem for one in examine(place, keep=9).findings if one.is_damage]
        elif is_made(bench):
            return "the former generation is gone"
        copy.ingest()
        after = [copy.found(word) for word in (OLD, NEW)]
        still = [one.problem for one in examine(place, keep=1).findings]
    except SearcherError as error:
        return f"{type(error).__name__}: {error}"
    wrong = found != wanted or damage or after != [["a.txt"], ["b.txt"]] or still
    return f"{found} {damage} then {after} {still}" if wrong else ""


def main(folder: Path, every: int) -> None:
    """Print the steps of a whole run, and what went wrong with whom of those that were killed."""
    bench = Bench(folder, Bench.settings_at(folder))
    place = folder / "killed"
    assert run(bench, place, None) == 0
    steps = json.loads((folder / "steps.json").read_text(encoding="utf-8"))
    wrong = {}
    for last in range(1, len(steps) + 1, every):
        ended = run(bench, place, last)
        said = left(bench, place) if ended == -signal.SIGKILL else f"ended with {ended}"
        if said:
            wrong[steps[last - 1]] = said
    sys.stdout.write(json.dumps({"steps": steps, "wrong": wrong}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
