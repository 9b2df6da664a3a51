"""What a thousand spoilt files do to the pool: fates, hangs, memory and files left behind.

usage: python -m benchmarks.robustness.fuzz FOLDER… [--files N] [--seed N] [--workers N]

Good files of FOLDER are cut off, flipped and swapped (``tests/robustness/spoil.py``) until there
are N, and read by one pool in one process. Memory is the resident size of the parent, and of the
workers as they tell it; both should be flat.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
import time
from collections import Counter
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING

from searcher.extract.limits import Limits
from searcher.extract.pool import Outcome, Task, read_all
from searcher.extract.worker_limits import memory_bytes
from searcher.failure import Failure
from tests.robustness.spoil import spoil

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MB = 1_000_000
MEDIA_TYPES = {".pdf": "application/pdf", ".html": "text/html", ".htm": "text/html"}
LARGEST_BYTES = 2 * MB
REPORTS = 10  # times that memory is told


def main() -> None:
    """Read and print."""
    options = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    options.add_argument("folders", type=Path, nargs="+")
    options.add_argument("--files", type=int, default=1000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--workers", type=int, default=2)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as at:
        files, temporary = Path(at) / "files", Path(at) / "temporary"
        files.mkdir()
        temporary.mkdir()
        tempfile.tempdir = str(temporary)
        tasks = islice(spoilt(good_files(given.folders), files, seed=given.seed), given.files)
        started = time.monotonic()
        outcomes = read_all(tasks, workers=given.workers, limits=Limits())
        fates = followed(outcomes, total=given.files)
        print(f"{'wall, s':32}{time.monotonic() - started:.0f}")
        print(f"{'temporary files left':32}{len(list(temporary.rglob('*')))}")
        for fate, number in fates.most_common():
            print(f"{fate:32}{number}")


def good_files(folders: Sequence[Path]) -> list[Path]:
    """Return the reports below ``folders`` that are not huge, in a fixed order."""
    found = sorted(path for folder in folders for path in folder.rglob("*"))
    good = [path for path in found if path.suffix in MEDIA_TYPES]
    good = [path for path in good if path.stat().st_size <= LARGEST_BYTES]
    if not good:
        sys.exit("no reports there")
    return good


def spoilt(good: Sequence[Path], folder: Path, *, seed: int) -> Iterator[Task]:
    """Yield tasks without end, each of a file that is written when it is asked for."""
    for turn in count(seed):
        for path in good:
            for name, content in spoil(path.name, path.read_bytes(), seed=turn):
                target = folder / f"{turn}-{name}"
                target.write_bytes(content)
                digest = hashlib.sha256(content).hexdigest()
                media_type = MEDIA_TYPES[path.suffix]
                yield Task(target, target.name, media_type, digest, len(content))


def followed(outcomes: Iterator[Outcome], *, total: int) -> Counter[str]:
    """Count the fates of files, and tell memory now and then."""
    fates: Counter[str] = Counter()
    slowest, peak_bytes = 0.0, 0
    for number, outcome in enumerate(outcomes, start=1):
        result = outcome.result
        fates[str(result.reason) if isinstance(result, Failure) else "read"] += 1
        fates["read by the second reader"] += bool(outcome.note)
        if isinstance(result, Failure) and "the reader" in result.detail:
            print(f"  {outcome.task.file}: {result.reason}: {result.detail}")
        slowest = max(slowest, outcome.seconds)
        peak_bytes = max(peak_bytes, outcome.peak_bytes)
        outcome.task.path.unlink()
        if number % max(total // REPORTS, 1) == 0:
            parent, worker = memory_bytes()[1] / MB, peak_bytes / MB
            print(
                f"{number:6} files: parent {parent:.1f} MB, worker {worker:.0f} MB at most", end=""
            )
            print(f", slowest so far {slowest:.1f} s", flush=True)
            peak_bytes = 0
    return fates


if __name__ == "__main__":
    main()
