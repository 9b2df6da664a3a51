"""Writing ``library.db`` of a generation that is being built."""

from __future__ import annotations

import json
import os
import sqlite3
import zlib
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from searcher.dictionary import commonest
from searcher.errors import StorageError
from searcher.index.backend import Keys
from searcher.index.library_blocks import packed_blocks
from searcher.index.library_schema import (
    FIGURES,
    PAGE_BYTES,
    PART_BITS,
    REPORT,
    SCHEMA,
    parts_of,
)
from searcher.index.library_text import DICTIONARY, Packer, dictionary_of, unpacked
from searcher.index.manifest import damaged
from searcher.vocabulary import ConceptKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from searcher.document import Page, Section, Span
    from searcher.failure import Failure
    from searcher.index.entry import Entry
    from searcher.results.quality import PageQuality
    from searcher.vocabulary import Vocabularies

PAGE_COLUMNS = 8 + len(FIGURES)
BUILDING = (
    ("page_size", PAGE_BYTES),
    ("journal_mode", "OFF"),  # what breaks off is thrown away, whoever reads has the live one
    ("synchronous", "OFF"),  # publishing writes the whole file through
)
MOST_EMPTY = 8
"""A file of which more than one page in so many is empty is written anew."""
PARTS = ("chunk", "found", "page", "section")
REPORT_FIELDS = tuple(name.strip() for name in REPORT.split(","))
LIST_FIELDS = ("authors", "identifiers", "projects", "themes", "outcomes", "designs")


@contextmanager
def library_writer(path: Path) -> Iterator[LibraryWriter]:
    """Open ``path`` for one build; what is there after an error is to be thrown away.

    Raises:
        StorageError: the disk is full or may not be written.
        DamagedIndexError: what is there already cannot be gone on with.
    """
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            for name, value in BUILDING:
                connection.execute(f"PRAGMA {name} = {value}")
            if not connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone():
                connection.executescript(SCHEMA)
                row = (DICTIONARY, zlib.compress(dictionary_of(commonest())))
                connection.execute("INSERT INTO chunk VALUES (?, ?)", row)
            dictionary = _dictionary(connection, path)
            connection.execute("BEGIN")
            yield LibraryWriter(connection, dictionary)
            connection.execute("COMMIT")
            _close_gaps(connection, path)
    except sqlite3.OperationalError as exc:
        msg = f"{path}: {exc}"
        raise StorageError(msg, hint="make room") from exc
    except sqlite3.DatabaseError as exc:
        if type(exc) is not sqlite3.DatabaseError:  # a broken rule of the tables is our fault
            raise
        raise damaged(path) from exc


def _dictionary(connection: sqlite3.Connection, path: Path) -> bytes:
    query = "SELECT text FROM chunk WHERE key = ?"
    try:
        ((dictionary,),) = connection.execute(query, (DICTIONARY,))
        return unpacked(dictionary)
    except (ValueError, TypeError) as exc:
        raise damaged(path) from exc


def _close_gaps(connection: sqlite3.Connection, path: Path) -> None:
    """Write the file anew beside itself if much of it holds nothing any more."""
    ((pages,),) = connection.execute("PRAGMA page_count")
    ((empty,),) = connection.execute("PRAGMA freelist_count")
    if empty * MOST_EMPTY > pages:
        whole = path.with_suffix(".new")
        connection.execute("VACUUM INTO ?", (str(whole),))
        whole.replace(path)


class LibraryWriter:
    """Adds and removes reports inside one transaction."""

    def __init__(self, connection: sqlite3.Connection, dictionary: bytes) -> None:
        self._connection = connection
        self._packer = Packer(dictionary)
        query = "SELECT seq FROM sqlite_sequence WHERE name = 'passage'"
        (used,) = connection.execute(query).fetchone() or (0,)
        self._next_passage = int(used) + 1

    def remove(self, report_id: str) -> None:
        """Take out a report and all that belongs to it."""
        query = "SELECT key, first_passage, passages FROM report WHERE id = ?"
        for key, first, passages in self._connection.execute(query, (report_id,)).fetchall():
            for table in PARTS:
                self._connection.execute(
                    f"DELETE FROM {table} WHERE {parts_of(table, '?1')}", (key,)
                )
            self._connection.execute(
                "DELETE FROM passage WHERE key >= ? AND key < ?", (first, first + passages)
            )
            self._connection.execute("DELETE FROM report WHERE key = ?", (key,))

    def add(self, entry: Entry) -> Keys:
        """Store ``entry`` and return the keys it was given."""
        key = self._add_report(entry)
        first = key << PART_BITS
        text, pages = entry.document.text, zip(entry.document.pages, entry.qualities, strict=True)
        self._insert("chunk", 2, enumerate(self._packer.packed(text), first))
        self._insert(
            "found",
            7,
            (
                (first + n, a.field, a.value, a.source, *_ends(a.span), a.score)
                for n, a in enumerate(entry.attributions)
            ),
        )
        reader = entry.report.reader
        self._insert(
            "page",
            PAGE_COLUMNS,
            (_page_row(first, page, quality, reader=reader) for page, quality in pages),
        )
        self._insert("section", 9, _section_rows(first, entry.sections))
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
        row = {name: getattr(entry.report, name) for name in REPORT_FIELDS}
        row |= {name: _json(row[name]) for name in LIST_FIELDS}
        row |= {
            "record_hash": entry.record_hash,
            "path": os.fsencode(entry.path),  # a name of a file may be in no encoding
            "sources": _json(entry.report.sources),
            "paged": entry.document.paged,
            "length": len(entry.document.text),
            "first_passage": self._next_passage,
            "passages": len(entry.passages),
        }
        names = ", ".join(row)
        marks = ", ".join(f":{name}" for name in row)
        statement = f"INSERT INTO report ({names}) VALUES ({marks})"
        return int(self._connection.execute(statement, row).lastrowid or 0)

    def _add_passages(self, report: int, entry: Entry) -> tuple[int, ...]:
        ordinals = {section.span.start: n for n, section in enumerate(entry.sections)}
        first = self._next_passage
        self._next_passage += len(entry.passages)
        self._insert(
            "passage",
            7,
            (
                (
                    key, report, ordinals[one.section.span.start], one.page,
                    one.page_last - one.page, one.span.start, one.span.end - one.span.start,
                )
                for key, one in enumerate(entry.passages, first)
            ),
        )  # fmt: skip
        return tuple(range(first, self._next_passage))

    def _insert(self, table: str, columns: int, rows: Iterable[Sequence[object]]) -> None:
        marks = ", ".join("?" * columns)
        self._connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _ends(span: Span | None) -> tuple[int | None, int | None]:
    return (span.start, span.end) if span else (None, None)


def _page_row(first: int, page: Page, quality: PageQuality, *, reader: str) -> tuple[object, ...]:
    blocks = packed_blocks(page.blocks, page.span.start)
    ends = page.span.start, page.span.end, page.body.end
    figures = {name: getattr(quality.figures, name) for name in FIGURES}
    if figures["reader"] == reader:
        figures["reader"] = None
    place = first + page.number, page.label, *ends, page.has_ink, blocks
    return (*place, quality.grade, *figures.values())


def _section_rows(first: int, sections: Iterable[Section]) -> Iterator[tuple[object, ...]]:
    """Yield the rows of sections; one that stands under another keeps its own heading alone."""
    last: dict[tuple[str, ...], int] = {}
    for n, section in enumerate(sections):
        path, span = section.path, section.span
        higher = last.get(path[:-1]) if len(path) > 1 else None
        above, headings = (n - higher, path[-1:]) if higher is not None else (0, path)
        last[path] = n
        place = section.level, section.kind, span.start, span.end, section.page, section.anchor
        yield (first + n, above, _json(headings), *place)
