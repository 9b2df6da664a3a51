"""``library.db`` opened to be read: what it may hold is checked before anything of it is used.

A file of SQLite may hold triggers, views and columns that compute something when they are read.
Ours hold tables alone, and exactly those of the schema; a file that says otherwise is refused.
https://www.sqlite.org/security.html names the other precautions.
"""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from searcher.errors import UsageError
from searcher.index.library_schema import SCHEMA
from searcher.index.manifest import damaged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from searcher.errors import IndexStoreError

Made = TypeVar("Made")

MOST_BYTES = 1 << 28
"""What one row can take; a file that claims a longer one is not given the memory for it."""
PRECAUTIONS = ("trusted_schema = OFF", "query_only = ON", "cell_size_check = ON")
STATEMENTS = frozenset(text.strip() for text in SCHEMA.split(";") if text.strip())
OWN_TABLES = frozenset({("sqlite_sequence", "CREATE TABLE sqlite_sequence(name,seq)")})
"""What SQLite itself adds to a schema with keys that are never used twice."""


class LibraryFile:
    """The rows of one library.

    Every method raises ``DamagedIndexError`` on a broken file, and ``UsageError`` for a name that
    is no text, as a broken byte of a command line is none.

    Raises:
        DamagedIndexError: it is not there, or no library of ours.
        StorageError: it may not be read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            uri = path.resolve().as_uri() + "?mode=ro&immutable=1"
            self._connection = sqlite3.connect(uri, uri=True)
        except sqlite3.Error as exc:
            raise damaged(path) from exc
        with ExitStack() as stack:
            stack.callback(self.close)
            self._connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MOST_BYTES)
            for precaution in PRECAUTIONS:
                self.rows(f"PRAGMA {precaution}")
            self._check_schema()
            stack.pop_all()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def check(self) -> None:
        """Read every page of the file, and every entry of its lists of keys."""
        if self.rows("PRAGMA integrity_check(1)") != [("ok",)]:
            raise self.damaged()

    def damaged(self) -> IndexStoreError:
        """Return the error for a file that does not hold what it says."""
        return damaged(self._path)

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Return the rows that ``query`` finds."""
        try:
            return self._connection.execute(query, values).fetchall()
        except UnicodeEncodeError as exc:
            msg = f"{exc.object!r} is no name: it is not text"
            raise UsageError(msg, hint="searcher reports lists the ids") from exc
        except (sqlite3.DatabaseError, OverflowError) as exc:
            raise self.damaged() from exc

    def made(
        self, make: Callable[[tuple[Any, ...]], Made], query: str, *values: object
    ) -> list[Made]:
        """Return what ``make`` makes of each row."""
        rows = self.rows(query, *values)
        with self.making():
            return [make(row) for row in rows]

    @contextmanager
    def making(self) -> Iterator[None]:
        """Tell a row of which nothing can be made as damage."""
        try:
            yield
        except (ValueError, TypeError, LookupError, RecursionError) as exc:
            raise self.damaged() from exc

    def _check_schema(self) -> None:
        """Refuse a file that holds anything but our tables, or not all of them."""
        held = self.rows("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
        statements = {sql for name, sql in held if (name, sql) not in OWN_TABLES}
        if statements != STATEMENTS:
            raise self.damaged()
