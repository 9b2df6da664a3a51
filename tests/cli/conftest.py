"""Run the real command, as a person or a script does."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Ran = subprocess.CompletedProcess[str]
Run = Callable[..., Ran]

OURS = ("SEARCHER_", "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "PAGER", "LESS", "DISPLAY", "WAYLAND")
ROOT = Path(__file__).resolve().parents[2]


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return this process's variables without any that steer searcher, and a home of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    own = {
        "PYTHONPATH": str(ROOT),
        "XDG_CONFIG_HOME": str(home),
        "PYTHONWARNINGS": "error,ignore::ResourceWarning",
    }
    return {**kept, **own, **more}


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Return a function that runs ``searcher`` in an empty folder and gives back what it did."""

    def searcher(*words: str, stdin: str = "", cwd: Path = tmp_path, **variables: str) -> Ran:
        return subprocess.run(
            [sys.executable, "-m", "searcher", *words],
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            cwd=cwd,
            env=environment(tmp_path, **variables),
            timeout=120,
            check=False,
        )

    return searcher


@pytest.fixture
def ask(run: Run, library_index: Path, root: Path) -> Run:
    """Return ``run`` on the index and the corpus of the sample reports."""

    def searcher(*words: str, **more: str) -> Ran:
        variables = {"SEARCHER_INDEX": str(library_index), "SEARCHER_CORPUS": str(root / "corpus")}
        return run(*words, **variables, **more)

    return searcher
