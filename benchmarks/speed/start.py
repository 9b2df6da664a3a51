"""How long a fresh process takes to answer: medians of ten, beside a bare Python.

usage: python -m benchmarks.speed.start --index DIR [QUERY…]

The commands run in turn, so that a machine that slows down slows all of them; the first turn
warms the disk's cache and is not counted.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

TURNS = 10


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    options.add_argument("query", nargs="*", default=["edge", "of", "care"])
    options.add_argument("--index", type=Path, required=True)
    given = options.parse_args()
    ours = [sys.executable, "-m", "searcher"]
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "searcher --version": [*ours, "--version"],
        "searcher --help": [*ours, "--help"],
        "searcher search": [*ours, "search", *given.query, "--index", str(given.index)],
    }
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for turn in range(TURNS + 1):
        for name, command in commands.items():
            figures = timed(command)
            if turn:
                taken[name].append(figures)
    for name, runs in taken.items():
        cpu, wall = (1000 * median(run[n] for run in runs) for n in (0, 1))
        print(f"{name:24}{cpu:6.0f} ms CPU {wall:6.0f} ms wall")


def timed(command: list[str]) -> tuple[float, float]:
    """Return the CPU seconds and the wall seconds of one run of ``command``."""
    before, start = os.times(), time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    wall, after = time.perf_counter() - start, os.times()
    cpu = after.children_user + after.children_system
    return cpu - before.children_user - before.children_system, wall


if __name__ == "__main__":
    main()
