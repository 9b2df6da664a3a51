"""The seam between a query tree and an index of passages."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from searcher import plugins
from searcher.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path
    from typing import Protocol

    from searcher.document import Span
    from searcher.index.entry import Entry
    from searcher.query.tree import Query
    from searcher.results.answer import ScorePart
else:
    Protocol = object  # to make protocols of four classes takes a fiftieth of a search

GROUP = "searcher.indexes"
MEMORY_MB = 256
"""The memory of a build where nothing else is said."""


class Ranked(NamedTuple):
    """A passage by key with its score, and what tells it apart from others without the library.

    ``report`` is the key of its report, ``report_id``, ``title`` and ``file`` what that is called;
    ``page`` and ``page_last`` are sheets, ``None`` without them.
    """

    score: float
    passage: int
    report: int
    report_id: str
    title: str
    file: str
    page: int | None
    page_last: int | None
    span: Span


class Matches(Protocol):
    """What matches one query; it is worked out when it is asked for, and no further."""

    def best(self, number: int, per_report: int = 0) -> list[Ranked]:
        """Return the best ``number`` passages, at most ``per_report`` of a report; 0 is no bound.

        They are in order of their scores, equal ones in order of their ids.
        """

    def counts(self) -> Mapping[int, int]:
        """Return how many passages of each report match, by the report's key."""

    def parts(self, hits: Sequence[Ranked]) -> list[tuple[ScorePart, ...]]:
        """Return of each of ``hits``, which match, what every word adds to its score.

        They add up to the score, but for what rounding leaves.
        """


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
        """Return what matches ``query``.

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
    """Part of the fingerprint: changes whenever the same input would be indexed otherwise.

    What another version wrote is neither searched nor built on.
    """

    def writer(self, folder: Path, *, memory_mb: int = MEMORY_MB) -> AbstractContextManager[Writer]:
        """Open ``folder`` for a build, new or as an earlier build left it; commit at the end.

        ``memory_mb`` is about what the build may take in memory.

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
