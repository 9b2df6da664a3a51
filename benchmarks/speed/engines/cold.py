"""What one question costs in a fresh process: the real command beside a bare script over FTS5.

Both print ten hits with their titles and snippets for the same words, all of which are wanted, or
any of them. They run in turn; the first turn warms the disk's cache and is not counted.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from compileall import compile_dir
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import searcher
from benchmarks.speed.engines import fts5
from benchmarks.speed.engines.engine import Kind
from benchmarks.speed.engines.ours import query

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.speed.engines.engine import Question

TURNS = 25
KINDS = (Kind.AND, Kind.OR)
PASS, PEER, OURS = "python -c pass", "FTS5 script", "searcher search"
SCRIPT = """
import sqlite3, sys
opened = sqlite3.connect("file:" + sys.argv[1] + "?mode=ro", uri=True)
asked = '''SELECT id, passage.title, snippet(words, 1, '[', ']', '…', 40)
    FROM words JOIN passage ON passage.key = words.rowid
    WHERE words MATCH ? AND rank MATCH 'bm25(2.0, 1.0, 0.0)' ORDER BY rank LIMIT 10'''
for number, (key, title, said) in enumerate(opened.execute(asked, sys.argv[2:]), start=1):
    print(number, key, title, said)
"""


@dataclass(frozen=True, slots=True)
class Cold:
    """Medians, in milliseconds, of a process from its start to its end: user and system CPU."""

    cpu: float
    wall: float


def cold_times(ours: Path, peer: Path, asked: Sequence[Question]) -> dict[str, Cold]:
    """Return what the processes took for ``TURNS`` questions of three words.

    The command has its bytecode, as it has where pip installed it.
    """
    compile_dir(Path(searcher.__file__).parent, quiet=1)
    commands: dict[str, Callable[[Question], list[str]]] = {
        PASS: lambda _: [sys.executable, "-c", "pass"],
        PEER: lambda one: [sys.executable, "-c", SCRIPT, str(peer / fts5.FILE), fts5.query(one)],
        OURS: lambda one: [*command(), "search", query(one), "--index", str(ours)],
    }
    taken: dict[str, list[tuple[float, float]]] = {}
    for kind in KINDS:
        turns = [one for one in asked if one.kind is kind][: TURNS + 1]
        for number, question in enumerate(turns):
            for name, of in commands.items():
                run = timed(of(question))
                if number:
                    taken.setdefault(f"{name}, {kind.value}", []).append(run)
    return {name: _medians(runs) for name, runs in taken.items()}


def command() -> list[str]:
    """Return the installed command, or the module where there is none beside this Python."""
    script = Path(sys.executable).with_name("searcher")
    return [str(script)] if script.is_file() else [sys.executable, "-m", "searcher"]


def timed(command: Sequence[str]) -> tuple[float, float]:
    """Return the CPU and the wall seconds of one run.

    Raises:
        CalledProcessError: it failed.
    """
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    wall = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, list(command))
    return used.ru_utime + used.ru_stime, wall


def _medians(runs: Sequence[tuple[float, float]]) -> Cold:
    cpu, wall = (1000 * median(run[n] for run in runs) for n in (0, 1))
    return Cold(cpu, wall)
