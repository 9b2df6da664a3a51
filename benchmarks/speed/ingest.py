"""What an ingest costs: time, memory, disk, and what became of every file.

usage: python -m benchmarks.speed.ingest FOLDER… [--workers N] [--runs N] [--recoll]

Runs the real command into an empty index. Peak memory is the largest resident size of the
process named, by the system's account of it. With ``--recoll`` each run is followed by one of
Recoll's indexer over the same folders, and the ratio of the wall times is printed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.speed.recoll import recoll_seconds

MB = 1_000_000
COMMAND = """
import resource, sys
from searcher.__main__ import main
status = main(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
sys.exit(status)
"""
"""The real command, which tells its own peak at the end (KiB on Linux)."""


@dataclass(frozen=True, slots=True)
class Run:
    """One ingest: what it said of itself, and what the system says of it."""

    summary: dict[str, object]
    wall_seconds: float
    cpu_seconds: float
    peak_bytes: int
    index_bytes: dict[str, int]
    text_bytes: int


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    options.add_argument("folders", type=Path, nargs="+")
    options.add_argument("--workers", type=int, default=0)
    options.add_argument("--runs", type=int, default=1)
    options.add_argument("--recoll", action="store_true")
    given = options.parse_args()
    runs, peers = [], []
    for _ in range(given.runs):
        runs.append(measured(given.folders, given.workers))
        if given.recoll:
            peers.append(recoll_seconds(given.folders))
    for name, value in (figures(runs) | beside(runs, peers)).items():
        print(f"{name:32}{value}")


def measured(folders: list[Path], workers: int) -> Run:
    """Ingest ``folders`` into an empty index and return what it cost."""
    with tempfile.TemporaryDirectory() as at:
        index = Path(at) / "index"
        command = [sys.executable, "-c", COMMAND, "ingest", *map(str, folders), "--json"]
        command += ["--index", str(index), "--workers", str(workers), "-q"]
        before, start = os.times(), time.perf_counter()
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        wall, after = time.perf_counter() - start, os.times()
        if done.returncode not in {0, 4}:
            sys.exit(done.stderr)
        cpu = after.children_user + after.children_system
        cpu -= before.children_user + before.children_system
        peak = int(done.stderr.split()[-1]) * 1024
        return Run(json.loads(done.stdout), wall, cpu, peak, sizes(index), text_bytes(index))


def sizes(index: Path) -> dict[str, int]:
    """Return the bytes of each part of an index."""
    parts: Counter[str] = Counter()
    for path in index.rglob("*"):
        if path.is_file():
            below = path.relative_to(index).parts
            name = below[2] if below[0] == "generations" else below[0]
            parts[name] += path.stat().st_size
    return dict(parts)


def text_bytes(index: Path) -> int:
    """Return the bytes of text that the live generation holds, as UTF-8."""
    command = [sys.executable, "-m", "searcher", "show", "--all", "--format", "jsonl"]
    command += ["--index", str(index)]
    shown = subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8", check=True).stdout
    return sum(len(json.loads(line)["text"].encode()) for line in shown.splitlines())


def figures(runs: list[Run]) -> dict[str, str]:
    """Return the figures to print: medians over ``runs``, the rest of the last one."""
    last = runs[-1]
    summary = last.summary
    pages = int(str(summary["pages"]))
    wall = median(run.wall_seconds for run in runs)
    quarantine = summary["quarantined"]
    reasons = Counter(str(failure["reason"]) for failure in quarantine)  # type: ignore[attr-defined]
    whole = sum(size for name, size in last.index_bytes.items() if name != "extracted")
    return {
        "runs": str(len(runs)),
        "wall, s (median)": f"{wall:.1f}",
        "CPU, s (median)": f"{median(run.cpu_seconds for run in runs):.1f}",
        "reports, pages, passages": f"{summary['reports']}, {pages}, {summary['passages']}",
        "pages without text": str(summary["pages_without_text"]),
        "pages a second, all cores": f"{pages / wall:.0f}",
        "in quarantine": f"{sum(reasons.values())}: {dict(sorted(reasons.items()))}",
        "peak memory of the parent, MB": f"{max(run.peak_bytes for run in runs) / MB:.0f}",
        "peak memory of a worker, MB": f"{int(str(summary['peak_worker_bytes'])) / MB:.0f}",
        "text, MB": f"{last.text_bytes / MB:.1f}",
        "a generation, MB": f"{whole / MB:.1f} ({whole / last.text_bytes:.1f} of the text)",
        "its parts, MB": str({n: round(s / MB, 1) for n, s in sorted(last.index_bytes.items())}),
    }


def beside(runs: list[Run], peers: list[float]) -> dict[str, str]:
    """Return how ``runs`` compare with the seconds a peer took beside each, if it ran."""
    if not peers:
        return {}
    ratios = [run.wall_seconds / peer for run, peer in zip(runs, peers, strict=True)]
    return {
        "recollindex, wall, s (median)": f"{median(peers):.1f}",
        "wall against recollindex": f"{median(ratios):.2f} times",
    }


if __name__ == "__main__":
    main()
