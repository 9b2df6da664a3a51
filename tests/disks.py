"""Disks that are small, full or may not be written, mounted for one test."""

from __future__ import annotations

import os
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def small_disk(folder: Path, *, size_bytes: int) -> Iterator[Path]:
    """Mount a disk of ``size_bytes`` on ``folder``; skip where that is not allowed."""
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", f"size={size_bytes}", "tmpfs", str(folder)]
    if os.getuid() != 0 or subprocess.run(words, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a disk; tests/cli limits the size of files instead")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def make_read_only(disk: Path) -> None:
    """Let nobody write on ``disk`` any more, not even root."""
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)


def fill(disk: Path, *, free_bytes: int) -> None:
    """Leave only ``free_bytes`` on ``disk``."""
    (disk / "filler").unlink(missing_ok=True)
    space = os.statvfs(disk)
    size = max(space.f_bavail * space.f_frsize - free_bytes, 0)
    (disk / "filler").write_bytes(bytes(size))
