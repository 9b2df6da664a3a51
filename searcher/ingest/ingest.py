"""The ingest: scan, read what is new, describe, index beside the live generation, publish."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING

from searcher.corpus.catalogue import FILE_NAME as CATALOGUE
from searcher.corpus.catalogue import read_catalogue
from searcher.corpus.scan import Scan, scan
from searcher.corpus.vocabulary import read_vocabularies
from searcher.errors import IndexStoreError, NothingToReadError
from searcher.extract.pool import Limits
from searcher.index.generations import folder_of, live_name, locked
from searcher.index.snapshot import Snapshot, open_snapshot
from searcher.ingest.cache import Cache
from searcher.ingest.ledger import Ledger, Lost, read_ledger, read_stored
from searcher.ingest.run import Run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from searcher.config import Settings
    from searcher.index.entry import Stored
    from searcher.ingest.run import Progress
    from searcher.ingest.summary import Summary

MB = 1_000_000


def ingest(
    paths: Sequence[Path], settings: Settings, *, progress: Progress | None = None
) -> Summary:
    """Read the reports in ``paths`` into a new generation and publish it.

    Reports that came from elsewhere stay; those whose file is gone from ``paths`` leave.
    ``progress`` hears (stage, done, total). Interrupted, the former generation stays live, and
    what was read is not read again.

    Raises:
        NothingToReadError: no report is in ``paths``, or one of them is not there.
        CorpusFileError: the catalogue or a vocabulary has a mistake.
        BusyIndexError, StorageError: the index cannot be built.
    """
    with locked(settings.index), _live(settings.index) as live:
        run = _run(settings, progress or _silent, live)
        found = scan(paths, max_size_bytes=settings.file_mb * MB, on_progress=run.scanned)
        roots = tuple(dict.fromkeys(path.resolve() for path in paths))
        before = _ledger(settings.index)
        kept = before.elsewhere(roots)
        if not found.sources and not found.failures and kept == before:
            msg = f"{', '.join(map(str, paths))}: holds no report"
            raise NothingToReadError(msg, hint="reports are .pdf .html .txt .md .jsonl files")
        lost = tuple(Lost(roots[0], failure) for failure in found.failures)
        return run.make(kept + Ledger(roots, found.sources, lost), found)


def rebuild(settings: Settings, *, progress: Progress | None = None) -> Summary:
    """Build a whole new generation from what was read before; no report is read again.

    Only what is missing from the extraction cache is read.

    Raises:
        NoIndexError: there is no generation to rebuild.
        CorpusFileError, BusyIndexError, StorageError: as ``ingest``.
    """
    with locked(settings.index):
        ledger = read_ledger(folder_of(settings.index, live_name(settings.index)))
        run = _run(settings, progress or _silent, None)
        return run.make(ledger, Scan(ledger.sources, (), ()))


@contextmanager
def _live(index: Path) -> Iterator[Snapshot | None]:
    """Give the live generation, or ``None`` where there is none that this version can go on."""
    with ExitStack() as stack:
        live = None
        with suppress(IndexStoreError):
            snapshot = stack.enter_context(open_snapshot(index))
            live = snapshot.opened()
        yield live


def _ledger(index: Path) -> Ledger:
    with suppress(IndexStoreError):
        return read_ledger(folder_of(index, live_name(index)))
    return Ledger()


def _stored(index: Path) -> tuple[Stored, ...]:
    with suppress(IndexStoreError):
        return read_stored(folder_of(index, live_name(index)))
    return ()


def _silent(stage: str, done: int, total: int) -> None:
    """Hear nothing."""


def _run(settings: Settings, progress: Progress, live: Snapshot | None) -> Run:
    vocabularies = read_vocabularies(settings.corpus / "vocabulary")
    catalogue = read_catalogue(settings.corpus / CATALOGUE, vocabularies)
    limits = Limits(
        wall_seconds=settings.timeout_seconds,
        cpu_seconds=settings.cpu_seconds,
        memory_bytes=settings.memory_mb * MB,
        size_bytes=settings.file_mb * MB,
    )
    cache = Cache(settings.index, limits)
    stored = live.library.stored() if live else _stored(settings.index)
    return Run(settings, progress, limits, cache, vocabularies, catalogue, live, stored)
