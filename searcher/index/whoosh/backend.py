"""Whoosh indexes: how they are written, opened and found damaged.

What builds and what checks with Whoosh is imported where it is done: a search needs neither
numpy nor Whoosh.
"""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from searcher.errors import DamagedIndexError, StorageError
from searcher.index.backend import MEMORY_MB
from searcher.index.generations import STORAGE_ERRORS
from searcher.index.whoosh.bm25f import WEIGHTS
from searcher.index.whoosh.contents import NOTHING, read_contents
from searcher.index.whoosh.damage import reading
from searcher.index.whoosh.fields import PASSAGE_TEXTS
from searcher.index.whoosh.retrieve import WhooshIndex
from searcher.index.whoosh.segment import Segment, Source
from searcher.index.whoosh.segment_file import BrokenSegmentError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from searcher.index.backend import Keys
    from searcher.index.entry import Entry
    from searcher.index.whoosh.bm25f import FieldWeight
    from searcher.index.whoosh.writer import SegmentsWriter


LAYOUT = "whoosh-7"


def version_with(weights: Mapping[str, FieldWeight]) -> str:
    """Return the version of an index written with ``weights``: its bounds hold for no others."""
    bounded = (f"{name} {weights[name].weight} {weights[name].b}" for name in PASSAGE_TEXTS)
    return f"{LAYOUT} ({', '.join(bounded)})"


class WhooshBackend:
    """A genuine Whoosh index with this project's codec, analysis and scoring."""

    version = version_with(WEIGHTS)

    @contextmanager
    def writer(self, folder: Path, *, memory_mb: int = MEMORY_MB) -> Iterator[WhooshWriter]:
        """Open ``folder`` for a build; see ``Backend.writer``."""
        from searcher.index.whoosh.writer import SegmentsWriter

        with ExitStack() as stack:
            with _storing(folder):
                folder.mkdir(exist_ok=True)
                former = read_contents(folder) if any(folder.iterdir()) else NOTHING
                segments = SegmentsWriter(folder, former, memory_mb=memory_mb)
            stack.callback(segments.close)
            yield WhooshWriter(segments, folder)
            with _storing(folder):
                segments.commit()

    def open(self, folder: Path) -> WhooshIndex:
        """Open the index in ``folder``; see ``Backend.open``."""
        with reading(folder), ExitStack() as stack:
            contents = read_contents(folder)
            sources = []
            for part in contents.parts:
                segment = Segment(folder / part.name)
                stack.callback(segment.close)
                sources.append(Source(segment, part.removed))
            _check_removed(sources)
            stack.pop_all()
        return WhooshIndex(folder, tuple(sources), contents.means)


def _check_removed(sources: Iterable[Source]) -> None:
    """Check that what is removed is there.

    Raises:
        BrokenSegmentError: it is not.
    """
    for source in sources:
        if not source.removed <= set(range(source.segment.reports)):
            name = source.segment.file.name
            raise BrokenSegmentError(name, "has no such reports to remove")


class WhooshWriter:
    """Adds passages to one Whoosh index."""

    def __init__(self, segments: SegmentsWriter, folder: Path) -> None:
        self._segments = segments
        self._folder = folder

    def add(self, entry: Entry, keys: Keys) -> None:
        """Index the passages of ``entry`` under ``keys``."""
        self._segments.gather(entry, keys)
        if self._segments.is_full():
            with _storing(self._folder):
                self._segments.spill()

    def remove(self, report_id: str) -> None:
        """Take out every passage of the report."""
        with _storing(self._folder):
            self._segments.remove(report_id)


@contextmanager
def _storing(folder: Path) -> Iterator[None]:
    """Tell a full disk from a broken index that a build goes on with.

    Raises:
        StorageError: the disk is full or may not be written.
        DamagedIndexError: what is there cannot be read.
    """
    try:
        with reading(folder):
            yield
    except DamagedIndexError as exc:
        cause = exc.__cause__
        if isinstance(cause, OSError) and cause.errno in STORAGE_ERRORS:
            msg = f"{folder}: {os.strerror(cause.errno)}"
            raise StorageError(msg, hint="make room") from cause
        raise
