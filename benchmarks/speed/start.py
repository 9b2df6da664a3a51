"""How much processor time a fresh process takes to answer, beside a bare Python, in pieces.

usage: python -m benchmarks.speed.start --index DIR [QUERY…]

The commands run in turn, so that a machine that slows down slows all of them; the first turn
warms the disk's cache and is not counted. ``searcher`` is the installed command where there is one
beside this Python, with its bytecode, as pip installs it. What is imported is named piece by piece:
each piece with all before it, so that the difference between two lines is what a piece costs.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from compileall import compile_dir
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import searcher

if TYPE_CHECKING:
    from collections.abc import Sequence

TURNS = 20
PIECES = (
    ("re, enum", "re, enum, functools, collections, contextlib"),
    ("typing", "typing"),
    ("pathlib", "pathlib"),
    ("json, sqlite3", "json, sqlite3, zlib, mmap, struct, array, unicodedata, fcntl"),
    ("Stemmer", "Stemmer"),
    ("command line", "searcher.__main__, searcher.cli.straight, searcher.cli.find"),
    ("words, queries", "searcher.analysis.tokens, searcher.query.parse, searcher.query.format"),
    ("library", "searcher.index.snapshot"),
    ("postings", "searcher.index.whoosh"),
    ("answer", "searcher.search.engine, searcher.cli.render.answer"),
)
"""What a search imports, in groups."""
LEAN = """
import gc
gc.set_threshold(100_000, 50, 100)
from searcher.cli.later import put_off
put_off()
import {}
gc.freeze()
"""


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    options.add_argument("query", nargs="*", default=["edge", "of", "care"])
    options.add_argument("--index", type=Path, required=True)
    given = options.parse_args()
    compile_dir(Path(searcher.__file__).parent, quiet=1)
    commands = {"python -c pass": [sys.executable, "-c", "pass"], **imports(), **ours(given)}
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for turn in range(TURNS + 1):
        for name, command in commands.items():
            figures = timed(command)
            if turn:
                taken[name].append(figures)
    for name, runs in taken.items():
        cpu, wall = (1000 * median(run[n] for run in runs) for n in (0, 1))
        least = 1000 * min(run[0] for run in runs)
        print(f"{name:24}{cpu:6.1f} ms CPU (least {least:.1f}) {wall:6.0f} ms wall")


def imports() -> dict[str, list[str]]:
    """Return a command for each piece that a search imports, with those before it."""
    named = [modules for _, modules in PIECES]
    return {
        f"+ {name}": [sys.executable, "-c", LEAN.format(", ".join(named[: n + 1]))]
        for n, (name, _) in enumerate(PIECES)
    }


def ours(given: argparse.Namespace) -> dict[str, list[str]]:
    """Return our commands by name."""
    script = Path(sys.executable).with_name("searcher")
    command = [str(script)] if script.is_file() else [sys.executable, "-m", "searcher"]
    search = [*command, "search", *given.query, "--index", str(given.index)]
    return {
        "searcher search": search,
        "searcher search --json": [*search, "--json"],
        "searcher --version": [*command, "--version"],
        "searcher --help": [*command, "--help"],
    }


def timed(command: Sequence[str]) -> tuple[float, float]:
    """Return the CPU seconds, user and system, and the wall seconds of one run of ``command``.

    Raises:
        CalledProcessError: it failed; a search that finds nothing has not.
    """
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    wall = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in {0, 1}:
        raise subprocess.CalledProcessError(child.returncode, list(command))
    return used.ru_utime + used.ru_stime, wall


if __name__ == "__main__":
    main()
