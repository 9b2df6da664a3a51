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

EVERY = os.environ.get("KILL_EVERY", "6")
"""One step in so many is killed; ``KILL_EVERY=1`` has every one of them killed."""
MOMENTS = (
    "open /extracted/unfinished", "os.rename /extracted/unfinished", "os.mkdir /building",
    "sqlite3.connect", "sql  COMMIT", "fsync /building/library.db",
    "fsync /building/whoosh", "fsync /building/manifest.json", "os.rename /building",
    "fsync /generations", "open /LIVE.new", "fsync /LIVE.new", "os.rename /LIVE.new",
)  # fmt: skip
"""Some of the steps that have to be among those counted."""


def killed(bench: Bench, root: Path) -> list[str]:
    """Kill ingests at their steps, all of which must leave what they should; return the steps."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.unit.ingest.killing", str(bench.root), EVERY],
        capture_output=True, encoding="utf-8", cwd=root, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["wrong"] == {}
    steps: list[str] = told["steps"]
    for moment in MOMENTS:
        assert any(step.startswith(moment) for step in steps), moment
    return steps


def test_killed_at_any_step_a_build_costs_only_itself(bench: Bench, root: Path) -> None:
    bench.put("a.txt", f"Carers stayed longer in {OLD}. " * 40)
    bench.ingest()
    bench.put("b.txt", f"Visits in {NEW} were shorter. " * 40)
    steps = killed(bench, root)
    assert any(step.startswith("os.link") for step in steps)
    assert any(step.startswith("os.rmdir /generations") for step in steps)


def test_killed_at_any_step_the_first_build_leaves_nothing_or_all(bench: Bench, root: Path) -> None:
    bench.put("a.txt", f"Carers stayed longer in {OLD}. " * 40)
    bench.put("b.txt", f"Visits in {NEW} were shorter. " * 40)
    killed(bench, root)
