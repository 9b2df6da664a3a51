"""How a command ends before its time: a reader that goes away, Ctrl-C, a poor terminal."""

from __future__ import annotations

import json
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Run, environment

NAMES = [["search", "families", "--per-report", "0", "-n", "500"], ["show", "--all"], ["reports"]]


@pytest.mark.parametrize("form", ["text", "jsonl"])
@pytest.mark.parametrize("words", NAMES, ids=lambda words: words[0])
def test_a_reader_that_goes_away_is_no_failure(
    words: list[str], form: str, library_index: Path, tmp_path: Path
) -> None:
    command = shlex.join([sys.executable, "-m", "searcher", *words, "--format", form])
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command} | head -c 10"],
        capture_output=True,
        env=environment(tmp_path, SEARCHER_INDEX=str(library_index)),
        check=False,
    )
    assert len(done.stdout) == 10
    assert (done.stderr, done.returncode) == (b"", 0)


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (signal.SIGINT, "interrupted"),
        (signal.SIGTERM, "ended by a signal"),
        (signal.SIGHUP, "ended by a signal"),
    ],
)
def test_an_interrupted_ingest_leaves_the_live_index_and_no_process(
    number: signal.Signals, says: str, run: Run, tmp_path: Path
) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.txt").write_text("Foster carers stayed longer.\n", encoding="utf-8")
    assert run("ingest").returncode == 0
    with (corpus / "many.jsonl").open("w", encoding="utf-8") as file:
        for count in range(30_000):
            text = f"Report {count} on carers. " * 20
            file.write(json.dumps({"id": f"r{count}", "text": text}) + "\n")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "searcher", "ingest"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        cwd=tmp_path,
        env=environment(tmp_path, TMPDIR=str(scratch)),
        start_new_session=True,
    )
    half_read = tmp_path / "index" / "reading"
    deadline = time.monotonic() + 60
    while not list(half_read.glob("searcher-*/*/*")) and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(number)
    stdout, stderr = process.communicate(timeout=60)
    assert (stdout, stderr, process.returncode) == ("", f"searcher: {says}\n", 128 + number)
    assert list(scratch.iterdir()) == []
    assert not half_read.exists()
    assert run("search", "foster").returncode == 0
    assert not (tmp_path / "index" / "building").exists()


def test_a_terminal_of_few_characters_gets_what_it_can_show(run: Run, library_index: Path) -> None:
    words = ["search", "cost", "--index", str(library_index)]
    assert run(*words, PYTHONIOENCODING="ascii").returncode == 0
    plain = json.loads(run(*words, "--json").stdout)
    assert json.loads(run(*words, "--json", PYTHONIOENCODING="ascii").stdout) == plain
