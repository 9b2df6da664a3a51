"""Where long reports lie while they are read in parts: below the index, and never for long.

Only whoever holds the index's lock has anything here, so what is found at the start was left by
a run that was killed.
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from searcher.index.generations import storage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOLDER = "reading"


def clear_half_read(index: Path) -> None:
    """Take away what a killed run left half read."""
    shutil.rmtree(index / FOLDER, ignore_errors=True)


@contextmanager
def half_read(index: Path) -> Iterator[Path]:
    """Give an empty folder for what is half read; it is gone afterwards.

    Raises:
        StorageError: it cannot be made.
    """
    folder = index / FOLDER
    clear_half_read(index)
    with storage(index):
        folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        clear_half_read(index)
