"""The seam between a query tree and an index of passages."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, cast

from searcher import plugins

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from searcher.index.entry import Entry
    from searcher.query.tree import Query

GROUP = "searcher.indexes"


@dataclass(frozen=True, slots=True)
class Matches:
    """Every passage that matches.

    ``scores`` gives a passage's BM25F by its key (0 where nothing scores), ``reports`` the key
    of its report, ``evidence`` the BM25F of each such report taken as one document.
    """

    scores: Mapping[int, float]
    reports: Mapping[int, int]
    evidence: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys that a library gave a report and its passages, in order."""

    report: int
    passages: tuple[int, ...]


class Writer(Protocol):
    """Adds and removes reports of an index that is being built."""

    def add(self, entry: Entry, keys: Keys) -> None:
        """Index the passages of ``entry`` under ``keys``."""

    def remove(self, report_id: str) -> None:
        """Take out every passage of the report."""


class Index(Protocol):
    """Answers queries over one index.

    Law: values and years restrict and never score; adding then removing a report leaves every
    answer as if it had never been there.
    """

    def search(self, query: Query) -> Matches:
        """Return all passages that match ``query``.

        A ``Word`` is one analysed form; a ``Value`` is compared exactly as it was indexed.
        """

    def words(self, start: str) -> Iterable[str]:
        """Return the exact forms of the index that begin with ``start``, in order."""

    def check(self) -> None:
        """Read all files through.

        Raises:
            DamagedIndexError: one of them is not as it was written.
        """

    def close(self) -> None:
        """Let go of the files."""


class Backend(Protocol):
    """Makes and opens the indexes of one kind."""

    version: str
    """Part of the fingerprint: changes whenever the same input would be indexed otherwise."""

    def writer(self, folder: Path) -> AbstractContextManager[Writer]:
        """Open ``folder`` for a build, new or as an earlier build left it; commit at the end.

        Raises:
            StorageError: the disk is full or may not be written.
        """

    def open(self, folder: Path) -> Index:
        """Open the index in ``folder``.

        Raises:
            DamagedIndexError: it cannot be read.
        """


def backend(name: str) -> Backend:
    """Return the backend registered as ``name``.

    Raises:
        UnknownNameError: there is none.
    """
    return cast("type[Backend]", plugins.load(GROUP, name))()
