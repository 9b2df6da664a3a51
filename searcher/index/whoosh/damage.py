"""What a broken index raises while it is opened or read, told as damage."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from searcher.index.manifest import damaged
from searcher.index.whoosh.segment_file import BrokenSegmentError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def reading(folder: Path) -> Iterator[None]:
    """Tell what breaks while the files of ``folder`` are read as damage of it.

    Whoever reads checks what a file says before it is used, so anything else is our own fault.

    Raises:
        DamagedIndexError: something broke.
    """
    try:
        yield
    except (BrokenSegmentError, OSError) as exc:
        raise damaged(folder) from exc
