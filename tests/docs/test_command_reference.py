"""The command reference is what the commands say of themselves."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from searcher.cli.main import COMMANDS
from tests.cli.conftest import environment


def test_the_command_reference_is_made_from_the_commands(root: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, root / "scripts" / "make_command_reference.py", "--check"],
        capture_output=True,
        encoding="utf-8",
        env=environment(tmp_path),
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_command_has_its_heading(root: Path) -> None:
    page = (root / "docs" / "commands.md").read_text(encoding="utf-8")
    assert all(f"\n### searcher {entry.name}\n" in page for entry in COMMANDS)
