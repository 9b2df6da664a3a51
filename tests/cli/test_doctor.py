"""``searcher doctor`` tells what is wrong in a line each, and its exit status how bad that is."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

from tests.unit.results.schemas import problems

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


def test_the_doctor_has_a_line_for_each_thing_and_a_status_for_the_worst(
    library_index: Path, tmp_path: Path, run: Run
) -> None:
    index = shutil.copytree(library_index, tmp_path / "index")
    done = run("doctor", "--index", str(index))
    assert (done.returncode, done.stderr) == (0, "")
    assert "is whole" in done.stdout
    (index / "building").mkdir()
    done = run("doctor", "--index", str(index))
    assert done.returncode == 1
    left, whole = done.stdout.splitlines()
    assert "building was left" in left
    assert "searcher ingest" in left
    assert "is whole" in whole
    live = index / "generations" / (index / "LIVE").read_text(encoding="utf-8").strip()
    (live / "sources.jsonl").write_text("{", encoding="utf-8")
    done = run("doctor", "--json", "--index", str(index))
    assert (done.returncode, done.stderr) == (3, "")
    told = json.loads(done.stdout)
    assert not problems("doctor", told)
    assert (told["whole"], told["generation"]) == (False, live.name)
    assert [one["damage"] for one in told["findings"]] == [True, False]
    assert run("doctor", "--index", str(tmp_path / "none")).returncode == 3
