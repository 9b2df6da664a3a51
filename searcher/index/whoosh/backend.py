"""Whoosh indexes: how they are written, opened and found damaged."""

from __future__ import annotations

import json
import pickle
import zlib
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from whoosh import index as whoosh_index
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import ReaderClosed

from searcher.errors import StorageError
from searcher.index.manifest import damaged
from searcher.index.whoosh.retrieve import Lengths, WhooshIndex
from searcher.index.whoosh.safety import guard
from searcher.index.whoosh.schema import TEXT_FIELDS, publisher_value, schema

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from searcher.index.backend import Keys
    from searcher.index.entry import Entry

LENGTHS = "lengths.json"
MOST_SEGMENTS = 8
MEMORY_MB = 256

DAMAGE = (
    whoosh_index.IndexError, ReaderClosed, pickle.UnpicklingError, zlib.error, EOFError, OSError,
    KeyError, ValueError, TypeError, AttributeError, IndexError,
)  # fmt: skip
"""What opening or reading a broken file raises; whoosh defines no root of its own."""


class WhooshBackend:
    """A genuine Whoosh index with this project's analysis and scoring."""

    version = "whoosh-2"

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
        _write_lengths(folder, storage.open_index(schema=schema()))

    def open(self, folder: Path) -> WhooshIndex:
        """Open the index in ``folder``; see ``Backend.open``."""
        guard()
        try:
            index = FileStorage(str(folder)).open_index(schema=schema())
            return WhooshIndex(index.searcher(), _read_lengths(folder))
        except DAMAGE as exc:
            raise damaged(folder) from exc


class WhooshWriter:
    """Adds passages to one Whoosh index."""

    def __init__(self, writer: Any) -> None:  # noqa: ANN401 whoosh ships no types
        self._writer = writer

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


def _write_lengths(folder: Path, index: Any) -> None:  # noqa: ANN401
    """Keep the lengths that scores are normalised with, over the passages not deleted."""
    with index.reader() as reader:
        passages = list(reader.all_doc_ids())
        groups = reader.column_reader("group") if passages else ()
        totals = dict.fromkeys(TEXT_FIELDS, 0)
        reports: Counter[int] = Counter()
        for passage in passages:
            for name in TEXT_FIELDS:
                totals[name] += reader.doc_field_length(passage, name) or 0
            reports[int(groups[passage])] += reader.doc_field_length(passage, "body") or 0
    averages = {name: total / max(len(passages), 1) for name, total in totals.items()}
    table = {"averages": averages, "reports": reports}
    path = folder / LENGTHS
    path.unlink(missing_ok=True)  # it may be a link to the file of a published generation
    path.write_text(json.dumps(table) + "\n", encoding="utf-8")


def _read_lengths(folder: Path) -> Lengths:
    table = json.loads((folder / LENGTHS).read_text(encoding="utf-8"))
    averages = {name: float(table["averages"][name]) for name in TEXT_FIELDS}
    reports = {int(key): int(length) for key, length in table["reports"].items()}
    return Lengths(averages, reports, sum(reports.values()) / max(len(reports), 1) or 1.0)
