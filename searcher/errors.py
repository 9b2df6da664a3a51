"""What can go wrong in the world, each with one line, a hint and an exit status.

SearcherError                       status
├── UsageError                        2     the command was asked something it cannot do
│   ├── QueryError                          the query does not parse; knows the column
│   ├── UnknownNameError                    no such field, concept, report, page, format …
│   ├── ConfigError                         a setting is wrong
│   ├── InputError                          a file of queries, judgements or a run is wrong
│   └── CorpusFileError                     a file that people wrote has a mistake; line, column
│       ├── CatalogueError
│       └── VocabularyError
├── NothingToReadError                1     there is no report where we were sent
├── IndexStoreError                   3     the index cannot be used
│   ├── NoIndexError
│   ├── IndexVersionError
│   ├── DamagedIndexError
│   ├── BusyIndexError
│   └── StorageError                        the disk is full or may not be written
└── ExtractionError                   4     a file could not become a document; has a reason

A ``SearcherError`` is the world's fault: one line and a hint. Anything else is ours and
keeps its traceback.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class SearcherError(Exception):
    """The root: a message that names the thing first, a hint, an exit status."""

    exit_status = 2

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(SearcherError):
    """The command was asked something it cannot do."""


class QueryError(UsageError):
    """A query does not parse; ``column`` counts its code points from 0."""

    def __init__(self, query: str, column: int, problem: str, *, hint: str = "") -> None:
        super().__init__(f"query: {problem}", hint=hint)
        self.query = query
        self.column = column


class UnknownNameError(UsageError):
    """A name of ``kind`` is not known; ``near`` are the nearest known ones, best first."""

    def __init__(self, kind: str, name: str, *, near: Sequence[str] = (), hint: str = "") -> None:
        if near:
            hint = "did you mean " + " or ".join(near) + "?"
        super().__init__(f"{kind} {name!r} is not known", hint=hint)
        self.near = tuple(near)


class ConfigError(UsageError):
    """A setting is unknown or has a value of the wrong kind."""


class InputError(UsageError):
    """A file of queries, judgements or known items cannot be used, or a run not be written."""


class CorpusFileError(UsageError):
    """A file under ``corpus/`` has a mistake; line and column count from 1, 0 is unknown."""

    def __init__(
        self, path: Path, problem: str, *, line: int = 0, column: str = "", hint: str = ""
    ) -> None:
        place = path.name + (f", line {line}" if line else "")
        place += f", column {column}" if column else ""
        super().__init__(f"{place}: {problem}", hint=hint)
        self.path = path
        self.line = line
        self.column = column


class CatalogueError(CorpusFileError):
    """The catalogue has a mistake."""


class VocabularyError(CorpusFileError):
    """A vocabulary has a mistake."""


class NothingToReadError(SearcherError):
    """There is no report where we were sent to look."""

    exit_status = 1


class IndexStoreError(SearcherError):
    """The index cannot be used."""

    exit_status = 3


class NoIndexError(IndexStoreError):
    """There is no live generation."""


class IndexVersionError(IndexStoreError):
    """The index was made by another version of the format."""


class DamagedIndexError(IndexStoreError):
    """A part of the index is missing or cannot be read."""


REPLACEABLE = (NoIndexError, IndexVersionError, DamagedIndexError)
"""What a build may start anew from; an index that may not be read is not among them."""


class BusyIndexError(IndexStoreError):
    """Another process is building the index."""


class StorageError(IndexStoreError):
    """The disk is full, or may not be written."""


class Reason(StrEnum):
    """Why a file is in quarantine."""

    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    NO_TEXT = "no-text"
    UNSUPPORTED = "unsupported"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    TOO_LARGE = "too-large"
    UNREADABLE = "unreadable"


class ExtractionError(SearcherError):
    """A source could not be turned into a document."""

    exit_status = 4

    def __init__(self, reason: Reason, detail: str, *, hint: str = "") -> None:
        super().__init__(f"{reason}: {detail}", hint=hint)
        self.reason = reason
        self.detail = detail
