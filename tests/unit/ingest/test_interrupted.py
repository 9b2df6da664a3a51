"""An ingest that is killed or interrupted costs nothing but itself."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from searcher.extract.pdf.parts import SHEETS
from searcher.index.generations import BUILDING, LOCK
from searcher.ingest.half_read import FOLDER
from tests.unit.extract.pdf.drawing import pdf, prose
from tests.unit.ingest.bench import Bench

if TYPE_CHECKING:
    from collections.abc import Callable

MANY = 500


def start(bench: Bench) -> subprocess.Popen[str]:
    """Start the real command on the corpus of ``bench``."""
    environment = os.environ | {
        "SEARCHER_INDEX": str(bench.index), "SEARCHER_WORKERS": "1",
        "XDG_CONFIG_HOME": str(bench.root),
    }  # fmt: skip
    return subprocess.Popen(
        [sys.executable, "-m", "searcher", "ingest", "--corpus", str(bench.corpus)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment,
    )  # fmt: skip


def wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def cached(bench: Bench) -> int:
    return sum(1 for _ in (bench.index / "extracted").rglob("*.json.gz"))


@pytest.fixture
def grown(bench: Bench) -> Bench:
    """Return an index of one report, with a corpus that has grown by many since."""
    bench.put("a.txt", "Carers stayed longer in Millbridge.")
    bench.ingest()
    texts = (f"Report {n} is about carers. " * 30 for n in range(MANY))
    bench.put_records("many.jsonl", *({"id": f"m{n}", "text": t} for n, t in enumerate(texts)))
    return bench


def is_building(bench: Bench) -> bool:
    return (bench.index / BUILDING).exists()


def is_committing(bench: Bench) -> bool:
    """Tell whether the index of passages is written and the generation not yet published."""
    segments = [path.name for path in bench.index.rglob("*.seg")]
    return len(set(segments)) == 2


MOMENTS: dict[str, Callable[[Bench], bool]] = {
    "while it begins to build": is_building,
    "while it reads": lambda bench: cached(bench) > MANY // 3,
    "while it writes the index": is_committing,
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_ingest_leaves_a_whole_index_and_the_next_goes_on(
    grown: Bench, moment: str
) -> None:
    live = grown.live()
    with start(grown) as process:
        wait_until(lambda: MOMENTS[moment](grown) or process.poll() is not None)
        process.kill()
    if moment != "while it writes the index":
        assert process.returncode == -signal.SIGKILL
        assert (grown.live(), grown.generations()) == (live, (live,))
    is_old = grown.live() == live
    assert grown.search("carers").totals.reports == (1 if is_old else MANY + 1)
    assert grown.found("millbridge") == ["a.txt"]
    known = cached(grown) - 1
    done = grown.ingest()
    assert (done.read, done.reports) == (MANY - known, MANY + 1)
    assert known or moment == "while it begins to build"
    assert not is_building(grown)
    assert grown.search("carers").totals.reports == MANY + 1


def is_half_read(bench: Bench) -> bool:
    return any((bench.index / FOLDER).glob("*/parts-*/1"))


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_what_is_half_read_is_cleared_by_who_is_ended_or_by_the_next(
    bench: Bench, number: signal.Signals
) -> None:
    bench.put("long.pdf", pdf(*[prose] * 5 * SHEETS))
    with start(bench) as process:
        wait_until(lambda: is_half_read(bench) or process.poll() is not None)
        process.send_signal(number)
        process.communicate(timeout=30)
    assert (bench.index / FOLDER).exists() == (number == signal.SIGKILL)
    bench.put("short.txt", "Carers stayed longer in Millbridge.")
    bench.ingest()
    assert bench.reports().keys() == {"long.pdf", "short.txt"}
    assert not (bench.index / FOLDER).exists()


def test_an_interrupted_ingest_ends_quickly_and_leaves_nothing_behind(grown: Bench) -> None:
    live = grown.live()
    with start(grown) as process:
        wait_until(lambda: cached(grown) > 50)
        begin = time.monotonic()
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=30)
    assert process.returncode == 130
    assert time.monotonic() - begin < 10
    assert "Traceback" not in stderr
    assert len(stderr.strip().splitlines()) <= 2
    left = sorted(path.name for path in grown.index.iterdir())
    assert left == sorted([LOCK, "LIVE", "extracted", "generations"])
    files = [path for path in (grown.index / "extracted").rglob("*") if path.is_file()]
    assert {path.suffix for path in files} == {".gz"}
    assert grown.live() == live
    assert grown.ingest().reports == MANY + 1
