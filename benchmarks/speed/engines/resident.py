"""What a process that searches holds in memory, and how long it takes to open an index.

usage: python -m benchmarks.speed.engines.resident ENGINE FOLDER QUESTIONS

Linux tells a process's pages by what they are: its own (``anonymous``), which nobody else can
use, and those of mapped files, which the system takes back when it needs them.
"""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.speed.engines.engines import engine
from benchmarks.speed.engines.questions import load_questions

SMAPS = Path("/proc/self/smaps_rollup")


@dataclass(frozen=True, slots=True)
class Resident:
    """Milliseconds and bytes of a process that has answered every question once.

    ``first_open`` includes what is imported to open an index, ``open`` does not; ``resident`` is
    all of the process, ``anonymous`` what of it is its own; ``bare`` is all of it before opening.
    """

    first_open: float
    open: float
    resident: int
    anonymous: int
    bare: int


def resident(name: str, folder: Path, asked: Path) -> Resident:
    """Open the index in ``folder`` twice and answer all that is ``asked`` in this process."""
    made, bare = engine(name), _bytes("Rss")
    start = time.perf_counter()
    made.open(folder).close()
    first = time.perf_counter() - start
    start = time.perf_counter()
    opened = made.open(folder)
    second = time.perf_counter() - start
    for question in load_questions(asked):
        if question.kind in made.kinds:
            opened.ask(question)()
    return Resident(1000 * first, 1000 * second, _bytes("Rss"), _bytes("Anonymous"), bare)


def resident_apart(name: str, folder: Path, asked: Path) -> Resident | None:
    """Measure in a new process; ``None`` where the system does not tell."""
    if not SMAPS.is_file():
        return None
    command = [sys.executable, "-m", "benchmarks.speed.engines.resident", name]
    ended = subprocess.run(
        [*command, str(folder), str(asked)], stdout=subprocess.PIPE, text=True, check=True
    )
    return Resident(**json.loads(ended.stdout.splitlines()[-1]))


def peak_bytes() -> int:
    """Return the most that this process has held in memory.

    Linux's own count for a process begins with what its parent held, its file of the program's
    state does not.
    """
    return _told(_status("self"), "VmHWM") or _most()


def own_bytes(process: int) -> int:
    """Return what a process holds now that is no page of a mapped file; 0 where none is told."""
    return _told(_status(str(process)), "RssAnon")


def _most() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _bytes(what: str) -> int:
    return _told(SMAPS, what)


def _status(process: str) -> Path:
    return Path("/proc", process, "status")


def _told(file: Path, what: str) -> int:
    """Return the bytes of a line that a file of the system has, 0 without it."""
    try:
        text = file.read_text(encoding="utf-8")
    except OSError:
        return 0
    found = re.search(rf"^{what}:\s+(\d+) kB$", text, re.MULTILINE)
    return int(found[1]) * 1024 if found else 0


if __name__ == "__main__":
    print(json.dumps(asdict(resident(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])))))
