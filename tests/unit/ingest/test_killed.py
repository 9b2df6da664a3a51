"""Killed at any moment, a build leaves the former generation, and the next run cleans up."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.unit.ingest.killing import NEW, OLD

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.ingest.bench import Bench

MOMENTS = (
    "open /extracted/unfinished", "os.rename /extracted/unfinished", "os.mkdir /building",
    "os.link", "sqlite3.connect", "sql  COMMIT", "fsync /building/library.db",
    "fsync /building/whoosh", "fsync /building/manifest.json", "os.rename /building",
    "fsync /generations", "open /LIVE.new", "fsync /LIVE.new", "os.rename /LIVE.new", "os.rmdir",
)  # fmt: skip
"""Some of the steps that have to be among those counted.

One step in four is killed; ``KILL_EVERY=1`` in the environment has every one of them killed.
"""


def test_killed_at_any_step_a_build_costs_only_itself(bench: Bench, root: Path) -> None:
    bench.put("a.txt", f"Carers stayed longer in {OLD}. " * 40)
    bench.ingest()
    bench.put("b.txt", f"Visits in {NEW} were shorter. " * 40)
    every = os.environ.get("KILL_EVERY", "4")
    done = subprocess.run(
        [sys.executable, "-m", "tests.unit.ingest.killing", str(bench.root), every],
        capture_output=True, encoding="utf-8", cwd=root, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    for moment in MOMENTS:
        assert any(step.startswith(moment) for step in told["steps"]), moment
    assert told["wrong"] == {}
