"""What is broken, or may not be read, is told as what it is, and never as a fact."""

from __future__ import annotations

import ctypes
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, Ran, Run, environment

DROP, OVERRIDE, SEARCH = 24, 1, 2
"""Linux: ``PR_CAPBSET_DROP`` and what lets root read a file whatever its mode says."""


@pytest.fixture
def index(library_index: Path, tmp_path: Path) -> Path:
    """Return a copy of the index of the bundled corpus, to be spoilt."""
    return Path(shutil.copytree(library_index, tmp_path / "index"))


def live(index: Path) -> Path:
    return index / "generations" / (index / "LIVE").read_text(encoding="utf-8").strip()


def lines_of(done: Ran, status: int) -> tuple[str, str]:
    """Return message and hint of a command that failed with ``status``."""
    assert (done.returncode, done.stdout) == (status, ""), done.stderr
    message, hint = done.stderr.splitlines()
    return message, hint


def overwrite(path: Path) -> None:
    """Spoil a page in the middle of a file, which keeps its size."""
    held = bytearray(path.read_bytes())
    held[8192:12288] = b"\xff" * 4096
    path.chmod(0o644)
    path.write_bytes(held)


def test_a_library_damaged_in_the_middle_is_not_said_to_be_whole(index: Path, run: Run) -> None:
    assert "whole" in run("status", "--index", str(index)).stdout
    overwrite(live(index) / "library.db")
    message, hint = lines_of(run("status", "--index", str(index)), 3)
    assert "library.db" in message
    assert "searcher rebuild" in hint


@pytest.mark.parametrize("how", ["gone", "garbage"])
def test_a_list_of_sources_that_is_lost_is_told_before_a_rebuild_needs_it(
    how: str, index: Path, run: Run
) -> None:
    sources = live(index) / "sources.jsonl"
    sources.unlink()
    if how == "garbage":
        sources.write_text("{", encoding="utf-8")
    message, hint = lines_of(run("status", "--index", str(index)), 3)
    assert "sources.jsonl" in message
    assert "searcher ingest" in hint
    error = json.loads(run("status", "--json", "--index", str(index)).stderr)
    assert error["error"]["exit_status"] == 3


def test_a_rollback_passes_over_a_broken_generation_and_says_so(index: Path, run: Run) -> None:
    whole = live(index)
    for name in ("30000101T000000Z", "30000102T000000Z"):
        shutil.copytree(whole, whole.with_name(name))
        manifest = whole.with_name(name) / "manifest.json"
        text = manifest.read_text(encoding="utf-8").replace(whole.name, name)
        manifest.write_text(text, encoding="utf-8")
    (index / "LIVE").write_text("30000102T000000Z\n", encoding="utf-8")
    overwrite(whole.with_name("30000101T000000Z") / "library.db")
    done = run("rollback", "--index", str(index))
    assert done.returncode == 0
    assert "30000101T000000Z is damaged" in done.stdout
    assert f"generation {whole.name} is live" in done.stdout
    assert live(index) == whole


def denied(*words: str, home: Path) -> Ran:
    """Run ``searcher`` bound by the modes of files, even where root runs the tests."""

    def bind() -> None:
        libc = ctypes.CDLL(None)
        for capability in (OVERRIDE, SEARCH):
            libc.prctl(DROP, capability)

    return subprocess.run(
        [sys.executable, "-m", "searcher", *words],
        capture_output=True,
        encoding="utf-8",
        cwd=home,
        env=environment(home) | {"PYTHONPATH": str(ROOT)},
        preexec_fn=bind,
        timeout=120,
        check=False,
    )


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere root cannot be bound so")
@pytest.mark.parametrize("part", ["LIVE", "manifest.json", "library.db", "whoosh", "sources.jsonl"])
def test_what_may_not_be_read_is_not_said_to_be_damaged(
    part: str, index: Path, tmp_path: Path
) -> None:
    path = index / part if part == "LIVE" else live(index) / part
    mode = path.stat().st_mode
    path.chmod(0)
    try:
        command = ["status"] if part == "sources.jsonl" else ["search", "care"]
        done = denied(*command, "--index", str(index), home=tmp_path)
    finally:
        path.chmod(mode)
    message, hint = lines_of(done, 3)
    assert part in message
    assert "permission denied" in message
    assert "damaged" not in message
    assert "rebuild" not in hint


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere root cannot be bound so")
@pytest.mark.parametrize("part", ["LIVE", "library.db", "sources.jsonl"])
def test_an_ingest_does_not_start_anew_over_what_it_may_not_read(
    part: str, index: Path, tmp_path: Path
) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "new.txt").write_text("a report", encoding="utf-8")
    path = index / part if part == "LIVE" else live(index) / part
    mode = path.stat().st_mode
    before = sorted(path.parent.iterdir())
    path.chmod(0)
    try:
        done = denied("ingest", "more", "--index", str(index), home=tmp_path)
    finally:
        path.chmod(mode)
    assert done.returncode == 3, done.stderr
    assert "permission denied" in done.stderr
    assert sorted(path.parent.iterdir()) == before
