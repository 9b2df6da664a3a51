"""How fast PDFs are read: ours in full beside what people use, in one run, on one core.

usage: python -m benchmarks.speed.reading FOLDER… [--files N | --all] [--rounds N] [--processes N]

Every reader reads the same bytes; they take turns file by file, so that a machine that slows
down slows all of them. Counted is CPU time, that of ``pdftotext`` with its process. With
``--processes`` the whole folders are read by the pool too, with one worker and with so many.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import os
import random
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import pypdfium2
from pdfminer.high_level import extract_text

from searcher.errors import ExtractionError
from searcher.extract.pdf import PdfExtractor
from searcher.extract.pdf.readers import pdfium, pdfminer
from searcher.extract.pool import Task, read_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    Read = Callable[["Pdf"], object]

MB = 1_000_000
KINDS = {".pdf": "application/pdf", ".html": "text/html", ".htm": "text/html"}
FAILURES: tuple[type[Exception], ...] = (
    ExtractionError,
    subprocess.SubprocessError,
    *pdfminer.FAILURES,
)
STOCK = "pdfminer.six extract_text"
POPPLER = ("pdftotext", "-q")
PATIENCE_SECONDS = 60
"""For one file by ``pdftotext``, which some files keep busy without an end."""
PEAK = """
import resource, sys
from pathlib import Path
from searcher.extract.pdf import PdfExtractor
data = Path(sys.argv[1]).read_bytes()
pages = len(PdfExtractor().extract(data).pages)
print(pages, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
"""
"""Reads one file in full and tells its pages and its own peak (KiB on Linux)."""


@dataclass(frozen=True, slots=True)
class Pdf:
    """A file that all readers can read."""

    path: Path
    data: bytes
    pages: int


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    options.add_argument("folders", type=Path, nargs="+")
    options.add_argument("--files", type=int, default=12, help="as many of the folders' PDFs")
    options.add_argument("--all", action="store_true", help="all of the folders' PDFs")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--seed", type=int, default=1, help="of the choice of files")
    options.add_argument("--processes", type=int, default=0, help="for the pool, beside one")
    given = options.parse_args()
    paths = sorted(path for folder in given.folders for path in folder.rglob("*.pdf"))
    random.Random(given.seed).shuffle(paths)  # noqa: S311 - a sample, no secret
    if given.processes:
        print_pool(given.folders, given.processes, given.rounds)
    stay_on_one_core()
    files = list(readable(paths if given.all else paths[: given.files]))
    print(f"{len(files)} files, {sum(file.pages for file in files)} pages, {given.rounds} rounds")
    print_speeds(measured(files, readers(), rounds=given.rounds))
    print_peak(max(files, key=lambda file: file.pages))


def stay_on_one_core() -> None:
    """Keep this process, and what it starts, on one core where the system lets it."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def readers() -> dict[str, Read]:
    """Return the readers to be compared, by name."""
    found: dict[str, Read] = {
        "searcher, full structure": lambda file: PdfExtractor().extract(file.data),
        "searcher, words alone": lambda file: pdfium.read(file.data),
        STOCK: lambda file: extract_text(io.BytesIO(file.data)),
        "pypdfium2 text": pdfium_text,
    }
    if shutil.which(POPPLER[0]):
        found["pdftotext"] = lambda file: run_pdftotext(file.path)
    else:
        print("pdftotext is not installed: left out", file=sys.stderr)
    return found


def run_pdftotext(path: Path) -> None:
    """Read the file at ``path`` with ``pdftotext``.

    Raises:
        subprocess.SubprocessError: it cannot, or has not come to an end in time.
    """
    command = [*POPPLER, str(path), "-"]
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True, timeout=PATIENCE_SECONDS)


def pdfium_text(file: Pdf) -> list[str]:
    """Return the text of each page, as pypdfium2's own documentation reads it."""
    with pypdfium2.PdfDocument(file.data) as document:
        return [page.get_textpage().get_text_range() for page in document]


def readable(paths: Iterable[Path]) -> Iterator[Pdf]:
    """Yield those of ``paths`` that all readers can read; name the others."""
    for path in paths:
        data = path.read_bytes()
        try:
            pages = len(PdfExtractor().extract(data).pages)
            extract_text(io.BytesIO(data), maxpages=1)
            if shutil.which(POPPLER[0]):
                run_pdftotext(path)
        except FAILURES as error:
            print(f"{path.name} is left out: {error}", file=sys.stderr)
        else:
            yield Pdf(path, data, pages)


def measured(
    files: list[Pdf], compared: Mapping[str, Read], *, rounds: int
) -> dict[str, list[float]]:
    """Return the pages a second of each reader, round by round."""
    pages = sum(file.pages for file in files)
    speeds: dict[str, list[float]] = {name: [] for name in compared}
    for _ in range(rounds):
        seconds = dict.fromkeys(compared, 0.0)
        for file in files:
            for name, read in compared.items():
                before = cpu_seconds()
                read(file)
                seconds[name] += cpu_seconds() - before
        for name, taken in seconds.items():
            speeds[name].append(pages / taken)
    return speeds


def cpu_seconds() -> float:
    """Return the CPU time of this process and of those it has waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def print_speeds(speeds: Mapping[str, list[float]]) -> None:
    """Print the median of each reader, and its ratio to the stock reader, round by round."""
    print(f"{'':28}{'pages/s/core':>14}{'times stock':>14}  (least to most)")
    for name, found in speeds.items():
        ratios = sorted(ours / stock for ours, stock in zip(found, speeds[STOCK], strict=True))
        spread = f"({ratios[0]:.1f} to {ratios[-1]:.1f})"
        print(f"{name:28}{median(found):>14.1f}{median(ratios):>14.1f}  {spread}")


def print_peak(largest: Pdf) -> None:
    """Print what a fresh process takes up that reads ``largest`` in full."""
    command = [sys.executable, "-c", PEAK, str(largest.path)]
    told = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
    pages, peak = map(int, told.split())
    print(f"peak memory on the largest report, {pages} pages: {peak / MB:.0f} MB")


def print_pool(folders: list[Path], most: int, rounds: int) -> None:
    """Print the wall time of the pool on all of ``folders``, with one worker and with ``most``."""
    tasks = sorted(tasks_in(folders), key=lambda task: -task.size_bytes)
    taken: dict[int, list[float]] = {1: [], most: []}
    read = 0
    for _ in range(rounds):
        for workers, seconds in taken.items():
            start = time.perf_counter()
            outcomes = read_all(tasks, workers=workers)
            read = sum(isinstance(outcome.result, bytes) for outcome in outcomes)
            seconds.append(time.perf_counter() - start)
    ratios = [one / many for one, many in zip(taken[1], taken[most], strict=True)]
    print(f"{len(tasks)} files, {read} readable, by the pool: ", end="")
    print(f"{median(taken[1]):.1f} s with one worker, ", end="")
    print(f"{median(taken[most]):.1f} s with {most}: {median(ratios):.2f} times as fast")


def tasks_in(folders: list[Path]) -> Iterator[Task]:
    """Yield a task for each file below ``folders`` that there is a reader for."""
    for path in sorted(path for folder in folders for path in folder.rglob("*")):
        kind = KINDS.get(path.suffix.lower())
        if kind and path.is_file():
            data = path.read_bytes()
            yield Task(path.resolve(), path.name, kind, hashlib.sha256(data).hexdigest(), len(data))


if __name__ == "__main__":
    main()
