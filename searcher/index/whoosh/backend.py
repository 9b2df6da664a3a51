"""Whoosh indexes: how they are written, opened and found damaged."""

from __future__ import annotations

import json
import pickle
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from whoosh import index as whoosh_index
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import ReaderClosed

from searcher.errors import StorageError
from searcher.index.manifest import damaged
from searcher.index.whoosh.retrieve import WhooshIndex
from searcher.index.whoosh.safety import guard
from searcher.index.whoosh.schema import TEXT_FIELDS, publisher_value, schema

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from searcher.index.entry import Entry

AVERAGES = "averages.json"
MOST_SEGMENTS = 8
MEMORY_MB = 256

DAMAGE = (
    whoosh_index.IndexError, ReaderClosed, pickle.UnpicklingError, zlib.error, EOFError, OSError,
    KeyError, ValueError, TypeError, AttributeError, IndexError,
)  # fmt: skip
"""What opening or reading a broken file raises; whoosh defines no root of its own."""


class WhooshBackend:
    """A genuine Whoosh index with this project's analysis and scoring."""

    version = "whoosh-1"

    @contextmanager
    def writer(self, folder: Path) -> Iterator[WhooshWriter]:
        """Open ``folder`` for a build; see ``Backend.writer``."""
        guard()
        folder.mkdir(exist_ok=True)
        storage = FileStorage(str(folder))
        is_new = not whoosh_index.exists(storage)
        index = storage.create_index(schema()) if is_new else storage.open_index(schema=schema())
        writer = index.writer(limitmb=MEMORY_MB)
        try:
            yield WhooshWriter(writer)
            writer.commit(merge=False, optimize=len(index._segments()) >= MOST_SEGMENTS)  # noqa: SLF001
        except OSError as exc:
            msg = f"{folder.name}: {exc.strerror}"
            raise StorageError(msg, hint="the former index is still live; make room") from exc
        finally:
            if not writer.is_closed:
                writer.cancel()
        _write_averages(folder, storage.open_index(schema=schema()))

    def open(self, folder: Path) -> WhooshIndex:
        """Open the index in ``folder``; see ``Backend.open``."""
        guard()
        try:
            averages = json.loads((folder / AVERAGES).read_text(encoding="utf-8"))
            index = FileStorage(str(folder)).open_index(schema=schema())
            return WhooshIndex(index.searcher(), {f: float(averages[f]) for f in TEXT_FIELDS})
        except DAMAGE as exc:
            raise damaged(folder) from exc


class WhooshWriter:
    """Adds passages to one Whoosh index."""

    def __init__(self, writer: Any) -> None:  # noqa: ANN401 whoosh ships no types
        self._writer = writer

    def add(self, entry: Entry, keys: tuple[int, ...]) -> None:
        """Index the passages of ``entry`` under ``keys``."""
        report = entry.report
        record: dict[str, str | int] = {
            "report": report.id, "title": report.title, "about": entry.about,
            "project": ",".join(report.projects), "theme": ",".join(report.themes),
            "outcome": ",".join(report.outcomes), "design": ",".join(report.designs),
            "publisher": publisher_value(report.publisher or ""),
        }  # fmt: skip
        if report.year is not None:
            record["year"] = report.year
        for key, passage in zip(keys, entry.passages, strict=True):
            self._writer.add_document(
                key=key,
                heading=" ".join(passage.section.path),
                body=passage.span.of(entry.document.text),
                page=passage.page,
                **record,
            )

    def remove(self, report_id: str) -> None:
        """Take out every passage of the report."""
        self._writer.delete_by_term("report", report_id)


def _write_averages(folder: Path, index: Any) -> None:  # noqa: ANN401
    """Keep the mean length of each text field over the passages that are not deleted."""
    with index.reader() as reader:
        passages = list(reader.all_doc_ids())
        totals = {
            name: sum(reader.doc_field_length(n, name) or 0 for n in passages)
            for name in TEXT_FIELDS
        }
    averages = {name: total / max(len(passages), 1) for name, total in totals.items()}
    (folder / AVERAGES).write_text(json.dumps(averages) + "\n", encoding="utf-8")
