"""The ingest: scan, read what is new, describe, index beside the live generation, publish."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from searcher.corpus.catalogue import FILE_NAME as CATALOGUE
from searcher.corpus.catalogue import read_catalogue
from searcher.corpus.folder import CorpusFolder, choose
from searcher.corpus.scan import Scan, scan
from searcher.corpus.vocabulary import VOCABULARY, read_vocabularies
from searcher.errors import REPLACEABLE, NothingToReadError
from searcher.extract.allowance import limits_of
from searcher.extract.limits import MEGABYTE
from searcher.index.generations import clear_left, folder_of, live_name, locked
from searcher.index.snapshot import Snapshot, open_snapshot
from searcher.ingest.cache import Cache
from searcher.ingest.half_read import clear_half_read
from searcher.ingest.ledger import Ledger, Lost, read_ledger, read_stored
from searcher.ingest.recognise import recognise
from searcher.ingest.run import Run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from searcher.config import Settings
    from searcher.extract.recogniser import Recogniser
    from searcher.index.entry import Stored
    from searcher.ingest.run import Progress
    from searcher.ingest.summary import Summary


def ingest(
    paths: Sequence[Path],
    settings: Settings,
    *,
    progress: Progress | None = None,
    recogniser: Recogniser | None = None,
    again: bool = False,
) -> Summary:
    """Read the reports in ``paths`` into a new generation and publish it.

    Reports that came from elsewhere stay; those whose file, or whole path, is gone leave. A
    ``recogniser`` reads sheets that show something and hold no text; ``again`` those, too, that
    were read in other languages. ``progress`` hears (stage, done, total). Interrupted, the former
    generation stays live, and what was read is not read again.

    Raises:
        NothingToReadError: no report is in ``paths``, or one of them is not there and never was.
        ConfigError: what described the live generation is not there any more.
        CorpusFileError: the catalogue or a vocabulary has a mistake.
        BusyIndexError, StorageError: the index cannot be built.
    """
    with locked(settings.index, make=True), _live(settings.index) as live:
        before = _ledger(settings.index)
        there, gone = _sorted_out(paths, before)
        run = _run(settings, choose(settings.corpus, there, before.corpus), live)
        run.progress = progress or _silent
        found = scan(
            there, max_size_bytes=settings.file_mb * MEGABYTE, on_progress=run.scanned,
            corpus=run.folder.path, index=settings.index,
        )  # fmt: skip
        run.scanned_now = frozenset(found.sources)
        kept = before.elsewhere(_resolved((*there, *gone)))
        if not found.sources and not found.failures and kept == before:
            msg = f"{', '.join(map(str, paths))}: holds no report"
            raise NothingToReadError(msg, hint="reports are .pdf .html .txt .md .jsonl files")
        run.notes += [f"{path} is not there any more: its reports leave" for path in gone]
        lost = tuple(map(Lost, found.lost_at, found.failures))
        new = Ledger(_resolved(there), found.sources, lost, run.folder)
        recognise(run, found.sources, recogniser, again=again)
        return run.make(kept + new, found, former=before.corpus)


def rebuild(settings: Settings, *, progress: Progress | None = None) -> Summary:
    """Build a whole new generation from what was read before.

    Only what is missing from the extraction cache is read, if its file is as it was.

    Raises:
        NoIndexError: there is no generation to rebuild.
        ConfigError, CorpusFileError, BusyIndexError, StorageError: as ``ingest``.
    """
    with locked(settings.index):
        ledger = read_ledger(folder_of(settings.index, live_name(settings.index)))
        run = _run(settings, choose(settings.corpus, (), ledger.corpus), None)
        run.progress = progress or _silent
        found = Scan(ledger.sources, tuple(lost.failure for lost in ledger.lost), ())
        return run.make(replace(ledger, corpus=run.folder), found, former=ledger.corpus)


def _resolved(paths: Sequence[Path]) -> tuple[Path, ...]:
    return tuple(dict.fromkeys(path.resolve() for path in paths))


def _sorted_out(paths: Sequence[Path], before: Ledger) -> tuple[list[Path], list[Path]]:
    """Return the ``paths`` that are there, and those that are gone with reports of ``before``.

    Raises:
        NothingToReadError: nothing is known of a path.
    """
    there = [path for path in paths if path.exists()]
    gone = [path for path in paths if not path.exists()]
    for path in gone:
        if before.elsewhere([path.resolve()]) == before:
            msg = f"{path} is not there"
            raise NothingToReadError(msg, hint="give a file or a folder of reports")
    return there, gone


@contextmanager
def _live(index: Path) -> Iterator[Snapshot | None]:
    """Give the live generation, or ``None`` where there is none that this version can go on."""
    with ExitStack() as stack:
        live = None
        with suppress(*REPLACEABLE):
            snapshot = stack.enter_context(open_snapshot(index))
            live = snapshot.opened()
        yield live


def _ledger(index: Path) -> Ledger:
    with suppress(*REPLACEABLE):
        return read_ledger(folder_of(index, live_name(index)))
    return Ledger()


def _stored(index: Path, *, with_failed: bool = False) -> tuple[Stored, ...]:
    with suppress(*REPLACEABLE):
        return read_stored(folder_of(index, live_name(index)), with_failed=with_failed)
    return ()


def _silent(stage: str, done: int, total: int) -> None:
    """Hear nothing."""


def _run(settings: Settings, folder: CorpusFolder, live: Snapshot | None) -> Run:
    vocabularies = read_vocabularies(folder.path / VOCABULARY)
    catalogue = read_catalogue(folder.path / CATALOGUE, vocabularies)
    limits = limits_of(settings)
    clear_left(settings.index)
    clear_half_read(settings.index)
    cache = Cache(settings.index, limits)
    cache.clear()
    stored = live.library.stored() if live else _stored(settings.index)
    return Run(
        settings=settings,
        progress=_silent,
        limits=limits,
        cache=cache,
        folder=folder,
        vocabularies=vocabularies,
        catalogue=catalogue,
        live=live,
        stored=stored,
        known=_stored(settings.index, with_failed=True) or stored,
    )
