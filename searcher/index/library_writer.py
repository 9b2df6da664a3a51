"""Writing ``library.db`` of a generation that is being built."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING

from searcher.errors import StorageError
from searcher.index.backend import Keys
from searcher.index.library_schema import FIGURES, SCHEMA
from searcher.index.manifest import damaged
from searcher.vocabulary import ConceptKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from searcher.document import Page, Section, Span
    from searcher.failure import Failure
    from searcher.index.entry import Entry
    from searcher.results.quality import PageQuality
    from searcher.vocabulary import Vocabularies

FILE_NAME = "library.db"
PAGE_COLUMNS = 9 + len(FIGURES)
LIST_FIELDS = ("authors", "identifiers", "projects", "themes", "outcomes", "designs")


@contextmanager
def library_writer(path: Path) -> Iterator[LibraryWriter]:
    """Open ``path`` for one build; everything is committed at the end, or nothing.

    Raises:
        StorageError: the disk is full or may not be written.
        DamagedIndexError: what is there already cannot be gone on with.
    """
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA journal_mode = MEMORY")
            # Publishing writes the whole file through.
            connection.execute("PRAGMA synchronous = OFF")
            if not connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
                connection.executescript(SCHEMA)
            connection.execute("BEGIN")
            yield LibraryWriter(connection)
            connection.execute("COMMIT")
    except sqlite3.OperationalError as exc:
        msg = f"{path}: {exc}"
        raise StorageError(msg, hint="make room") from exc
    except sqlite3.DatabaseError as exc:
        if type(exc) is not sqlite3.DatabaseError:  # a broken rule of the tables is our fault
            raise
        raise damaged(path) from exc


class LibraryWriter:
    """Adds and removes reports inside one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def remove(self, report_id: str) -> None:
        """Take out a report and all that belongs to it."""
        self._connection.execute("DELETE FROM report WHERE id = ?", (report_id,))

    def add(self, entry: Entry) -> Keys:
        """Store ``entry`` and return the keys it was given."""
        key = self._add_report(entry)
        self._connection.executemany(
            "INSERT INTO found VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (key, a.field, a.value, a.source, *(_ends(a.span)), a.score)
                for a in entry.attributions
            ),
        )
        self._connection.executemany(
            f"INSERT INTO page VALUES ({', '.join('?' * PAGE_COLUMNS)})",
            (
                _page_row(key, page, quality)
                for page, quality in zip(entry.document.pages, entry.qualities, strict=True)
            ),
        )
        self._connection.executemany(
            "INSERT INTO section VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (_section_row(key, n, section) for n, section in enumerate(entry.sections)),
        )
        return Keys(key, self._add_passages(key, entry))

    def replace_failures(self, failures: Sequence[Failure]) -> None:
        """Make ``failures`` the whole quarantine."""
        self._connection.execute("DELETE FROM failure")
        self._connection.executemany(
            "INSERT INTO failure VALUES (?, ?, ?, ?, ?, ?)",
            ((f.file, f.sha256, f.reason, f.detail, f.hint, f.seconds) for f in failures),
        )

    def replace_vocabularies(self, vocabularies: Vocabularies) -> None:
        """Make ``vocabularies`` those that answers show labels from."""
        self._connection.execute("DELETE FROM concept")
        for kind in ConceptKind:
            self._connection.executemany(
                "INSERT INTO concept VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    (
                        kind, n, concept.id, concept.label, _json(concept.alternatives),
                        _json(concept.broader), concept.definition, concept.polarity,
                        concept.status, _json(concept.sources), _json(concept.facts),
                    )
                    for n, concept in enumerate(vocabularies.of(kind).concepts)
                ),
            )  # fmt: skip

    def counts(self) -> dict[str, int]:
        """Return the number of reports, pages, pages without text, passages, words, failures."""
        reports, pages, unread, words = self._connection.execute(
            "SELECT count(*), total(pages), total(pages_without_text), total(words) FROM report"
        ).fetchone()
        (passages,) = self._connection.execute("SELECT count(*) FROM passage").fetchone()
        (failures,) = self._connection.execute("SELECT count(*) FROM failure").fetchone()
        counts = {
            "reports": reports, "pages": pages, "pages_without_text": unread,
            "passages": passages, "words": words, "quarantined": failures,
        }  # fmt: skip
        return {name: int(count) for name, count in counts.items()}

    def _add_report(self, entry: Entry) -> int:
        report = asdict(entry.report)
        row = {name: _json(v) if name in LIST_FIELDS else v for name, v in report.items()}
        row |= {
            "record_hash": entry.record_hash,
            "path": os.fsencode(entry.path),  # a name of a file may be in no encoding
            "sources": _json(entry.report.sources),
            "paged": entry.document.paged,
            "text": entry.document.text,
        }
        names = ", ".join(row)
        marks = ", ".join(f":{name}" for name in row)
        statement = f"INSERT INTO report ({names}) VALUES ({marks})"
        return int(self._connection.execute(statement, row).lastrowid or 0)

    def _add_passages(self, key: int, entry: Entry) -> tuple[int, ...]:
        ordinals = {section.span.start: n for n, section in enumerate(entry.sections)}
        keys = []
        for passage in entry.passages:
            cursor = self._connection.execute(
                "INSERT INTO passage (report, section, page, page_last, start, end)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (
                    key, ordinals[passage.section.span.start], passage.page, passage.page_last,
                    passage.span.start, passage.span.end,
                ),
            )  # fmt: skip
            keys.append(int(cursor.lastrowid or 0))
        return tuple(keys)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _ends(span: Span | None) -> tuple[int | None, int | None]:
    return (span.start, span.end) if span else (None, None)


def _page_row(report: int, page: Page, quality: PageQuality) -> tuple[object, ...]:
    blocks = [(b.kind, b.span.start, b.span.end, b.level, b.anchor) for b in page.blocks]
    start, end, body_end = page.span.start, page.span.end, page.body.end
    place = report, page.number, page.label, start, end, body_end, page.has_ink, _json(blocks)
    return (*place, quality.grade, *(getattr(quality.figures, name) for name in FIGURES))


def _section_row(report: int, ordinal: int, section: Section) -> tuple[object, ...]:
    place = (section.span.start, section.span.end, section.page, section.anchor)
    return report, ordinal, _json(section.path), section.level, section.kind, *place
