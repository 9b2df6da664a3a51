"""How the pool and a worker keep from waiting for each other."""

from __future__ import annotations

import hashlib
import signal
from typing import TYPE_CHECKING

import pytest

from searcher.extract import worker_process
from searcher.extract.pool import BATCH, Task, read_all

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import FrameType


def written(path: Path, text: str) -> Task:
    content = text.encode()
    path.write_bytes(content)
    sha256 = hashlib.sha256(content).hexdigest()
    return Task(path, path.name, "text/plain", sha256, len(content))


@pytest.fixture
def alarm() -> Iterator[None]:
    """End a test that waits for ever."""

    def ring(_: int, __: FrameType | None) -> None:
        pytest.fail("the pool and its worker wait for each other")

    former = signal.signal(signal.SIGALRM, ring)
    signal.alarm(60)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, former)


@pytest.mark.usefixtures("alarm")
def test_a_worker_that_waits_to_be_heard_is_never_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_process, "PIPE_BYTES", 4096)  # as narrow as a system may make it
    folder = tmp_path / ("a" * 200) / ("b" * 200)
    folder.mkdir(parents=True)
    long = [written(folder / f"{n}.txt", f"Report {n} has much to say.\n\n" * 9000) for n in "ab"]
    short = [written(folder / f"short-{n}.txt", f"Note {n}.") for n in range(4 * BATCH)]
    outcomes = list(read_all([*long, *short], workers=1))
    assert all(isinstance(outcome.result, bytes) for outcome in outcomes)
    assert {outcome.task.file for outcome in outcomes} == {task.file for task in (*long, *short)}
