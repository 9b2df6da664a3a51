"""SQLite's full-text index over a table of passages, its words stemmed by Porter.

The table holds the texts (external content), so that they are stored once and ``snippet`` works.
Beginnings of four and five letters have an index of their own. Project and year are words of a
column that no weight is given to.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from benchmarks.speed.engines.engine import ALL_KINDS, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from benchmarks.speed.engines.collection import MadeReport
    from benchmarks.speed.engines.engine import Ask, Found, Question

FILE = "passages.db"
SCHEMA = """
CREATE TABLE passage (key INTEGER PRIMARY KEY, id TEXT, title TEXT, body TEXT, labels TEXT);
CREATE VIRTUAL TABLE words USING fts5(
    title, body, labels, content='passage', content_rowid='key',
    tokenize='porter unicode61', prefix='4 5'
);
"""
FILL = "INSERT INTO words (rowid, title, body, labels) SELECT key, title, body, labels FROM passage"
SEARCH = """SELECT id, passage.title FROM words JOIN passage ON passage.key = words.rowid
    WHERE words MATCH ? AND rank MATCH 'bm25(2.0, 1.0, 0.0)' ORDER BY rank LIMIT 10"""


class Fts5:
    """SQLite FTS5."""

    name = "FTS5"
    version = sqlite3.sqlite_version
    kinds = ALL_KINDS

    def ready(self, report: MadeReport) -> MadeReport:
        """Return ``report`` as it is."""
        return report

    def build(self, reports: Iterator[MadeReport], folder: Path) -> None:
        """Fill the table, then the index, in one transaction; merge the index at the end."""
        connection = sqlite3.connect(folder / FILE)
        connection.executescript(SCHEMA)
        for report in reports:
            connection.executemany(
                "INSERT INTO passage VALUES (?, ?, ?, ?, ?)",
                (
                    (n, str(n), report.title, body, f"{report.project} y{report.year}")
                    for n, body in enumerate(report.passages, start=report.first)
                ),
            )
        connection.execute(FILL)
        connection.execute("INSERT INTO words (words) VALUES ('optimize')")
        connection.commit()
        connection.close()

    def open(self, folder: Path) -> OpenFts5:
        """Open the database."""
        return OpenFts5(sqlite3.connect(f"{(folder / FILE).as_uri()}?mode=ro", uri=True))


class OpenFts5:
    """One connection, whose pages are mapped."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.execute("PRAGMA mmap_size = 4000000000")

    def ask(self, question: Question) -> Ask:
        """Return what answers ``question``."""
        asked = query(question)

        def answer() -> Found:
            return self._connection.execute(SEARCH, (asked,)).fetchall()

        return answer

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


def query(question: Question) -> str:
    """Return ``question`` in the language of FTS5."""
    words = [f'"{word}"' for word in question.words]
    match question.kind:
        case Kind.PHRASE:
            said = f'"{" ".join(question.words)}"'
        case Kind.PREFIX:
            said = f"{words[0]}*"
        case Kind.AND:
            said = " AND ".join(words)
        case _:
            said = " OR ".join(words)
    texts = f"{{title body}} : ({said})"
    if question.only is None:
        return texts
    only = f"y{question.only}" if isinstance(question.only, int) else question.only
    return f'labels : "{only}" AND ({texts})'
