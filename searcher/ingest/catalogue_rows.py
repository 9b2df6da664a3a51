"""Rows of the catalogue and reports of the live generation: which of them belong together."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from searcher.corpus.folder import CorpusFolder, choose
from searcher.corpus.source import RECORD
from searcher.errors import REPLACEABLE
from searcher.index.generations import folder_of, live_name
from searcher.ingest.join import below
from searcher.ingest.ledger import read_ledger

if TYPE_CHECKING:
    from searcher.config import Settings
    from searcher.corpus.catalogue import Catalogue, CatalogueRow
    from searcher.index.library import Library


def corpus_in_force(settings: Settings) -> CorpusFolder:
    """Return the corpus folder that a rebuild would describe the reports with.

    Raises:
        ConfigError: what described the live generation is not there any more.
    """
    former = None
    with suppress(*REPLACEABLE):
        former = read_ledger(folder_of(settings.index, live_name(settings.index))).corpus
    return choose(settings.corpus, (), former)


def files_by_id(library: Library, corpus: Path) -> dict[str, str]:
    """Return what a row of the catalogue calls the file of each report, by its id.

    It is blank where a file holds many reports, and for all but the first of one name.
    """
    records = {report.id for report in library.reports() if report.media_type == RECORD}
    files: dict[str, str] = {}
    seen: set[str] = set()
    for stored in library.stored():
        file = below(corpus, stored.path) or stored.file
        is_own = stored.id not in records and file not in seen
        seen.add(file)
        files[stored.id] = file if is_own else ""
    return files


def unmatched(catalogue: Catalogue, library: Library, corpus: Path) -> tuple[CatalogueRow, ...]:
    """Return the rows that no report and no file in quarantine answers to."""
    files = files_by_id(library, corpus)
    known = {*files.values(), *(failure.file for failure in library.failures())} - {""}
    return tuple(row for row in catalogue.rows if row.id not in files and row.file not in known)
