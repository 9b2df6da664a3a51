"""An index for one measurement, built with the real command in a temporary folder."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DONE = frozenset({0, 4})


@contextmanager
def indexed(sources: Sequence[Path], *, index: Path | None = None) -> Iterator[tuple[Path, float]]:
    """Give an index of ``sources`` and the seconds it took; an ``index`` given is used as it is.

    There is no catalogue and no vocabulary: what is measured is the ranking of words.
    """
    if index is not None:
        yield index, 0.0
        return
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "corpus").mkdir()
        options = ["--corpus", f"{folder}/corpus", "--index", f"{folder}/index", "-q"]
        start = time.perf_counter()
        command = [sys.executable, "-m", "searcher", "ingest", *map(str, sources), *options]
        ended = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
        if ended.returncode not in DONE:
            sys.exit(f"searcher ingest ended with {ended.returncode}")
        yield Path(folder) / "index", time.perf_counter() - start


def table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a Markdown table; numbers have four decimals, what is missing a dash."""
    lines = [header, ["---"] * len(header), *([_cell(cell) for cell in row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _cell(value: object) -> str:
    if value is None:
        return "–"
    return f"{value:.4f}" if isinstance(value, float) else str(value)
