"""Whoosh indexes: how they are written, opened and found damaged."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from whoosh.filedb.filestore import FileStorage

from searcher.errors import DamagedIndexError, StorageError
from searcher.index.generations import STORAGE_ERRORS
from searcher.index.whoosh.damage import reading
from searcher.index.whoosh.lengths import read_lengths, write_lengths
from searcher.index.whoosh.retrieve import WhooshIndex
from searcher.index.whoosh.safety import guard
from searcher.index.whoosh.schema import publisher_value, schema

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from searcher.index.backend import Keys
    from searcher.index.entry import Entry

MOST_SEGMENTS = 8
MEMORY_MB = 256


class WhooshBackend:
    """A genuine Whoosh index with this project's analysis and scoring."""

    version = "whoosh-3"

    @contextmanager
    def writer(self, folder: Path) -> Iterator[WhooshWriter]:
        """Open ``folder`` for a build; see ``Backend.writer``."""
        guard()
        folder.mkdir(exist_ok=True)
        storage = FileStorage(str(folder))
        with _storing(folder):
            if any(folder.iterdir()):
                read_lengths(folder)
                index = storage.open_index(schema=schema())
            else:
                index = storage.create_index(schema())
            writer = index.writer(limitmb=MEMORY_MB)
            optimize = len(index._segments()) >= MOST_SEGMENTS  # noqa: SLF001
        try:
            yield WhooshWriter(writer, folder)
            with _storing(folder):
                writer.commit(merge=False, optimize=optimize)
                write_lengths(folder, storage.open_index(schema=schema()))
        finally:
            if not writer.is_closed:
                writer.cancel()

    def open(self, folder: Path) -> WhooshIndex:
        """Open the index in ``folder``; see ``Backend.open``."""
        guard()
        with reading(folder):
            lengths = read_lengths(folder)
            searcher = FileStorage(str(folder)).open_index(schema=schema()).searcher()
        return WhooshIndex(folder, searcher, lengths)


class WhooshWriter:
    """Adds passages to one Whoosh index."""

    def __init__(self, writer: Any, folder: Path) -> None:  # noqa: ANN401 whoosh ships no types
        self._writer = writer
        self._folder = folder

    def add(self, entry: Entry, keys: Keys) -> None:
        """Index the passages of ``entry`` under ``keys``."""
        report = entry.report
        record: dict[str, str | int] = {
            "group": keys.report,
            "report": report.id, "title": report.title, "about": entry.about,
            "project": ",".join(report.projects), "theme": ",".join(report.themes),
            "outcome": ",".join(report.outcomes), "design": ",".join(report.designs),
            "publisher": publisher_value(report.publisher or ""),
        }  # fmt: skip
        if report.year is not None:
            record["year"] = report.year
        for key, passage in zip(keys.passages, entry.passages, strict=True):
            text = passage.span.of(entry.document.text)
            heading = " ".join(passage.section.path)
            with _storing(self._folder):
                self._writer.add_document(
                    key=key, heading=heading, body=text, page=passage.page, **record
                )

    def remove(self, report_id: str) -> None:
        """Take out every passage of the report."""
        with _storing(self._folder):
            self._writer.delete_by_term("report", report_id)


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
