"""What a person should know of the words that describe the reports: notes of the summary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searcher.corpus.catalogue import FILE_NAME as CATALOGUE
from searcher.corpus.vocabulary import VOCABULARY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from searcher.corpus.catalogue import Catalogue, CatalogueRow
    from searcher.corpus.folder import CorpusFolder
    from searcher.ingest.ledger import Ledger
    from searcher.ingest.plan import Planned

NAMED = 5


def remarks(folder: CorpusFolder, former: CorpusFolder | None, configured: Path) -> list[str]:
    """Return what is to be said of the corpus folder in force and the one before."""
    said = []
    if former and former.parts and former.path != folder.path:
        said.append(f"described by {folder.path} now, before by {former.path}")
    elif folder.parts and folder.path != configured.resolve():
        said.append(f"described by {' and '.join(folder.parts)} of {folder.path}")
    if VOCABULARY not in folder.parts:
        place = (folder.path if folder.parts else configured) / VOCABULARY
        said.append(
            f"no vocabulary at {place}: projects, themes and outcomes are not recognised;"
            " --corpus DIR names the folder that has one"
        )
    return said


def unmatched_rows(catalogue: Catalogue, reports: Iterable[Planned], ledger: Ledger) -> list[str]:
    """Return a note that names the rows of ``catalogue`` which no file was found for, if any."""
    matched = {report.row for report in reports}
    lost = {lost.failure.file for lost in ledger.lost}
    return told([row for row in catalogue.rows if row not in matched and row.file not in lost])


def told(rows: Sequence[CatalogueRow]) -> list[str]:
    """Return a note that names the first of ``rows``, which have no report; none for no rows."""
    if not rows:
        return []
    names = ", ".join(row.id or row.file for row in rows[:NAMED])
    more = f" and {len(rows) - NAMED} more" if len(rows) > NAMED else ""
    which = "1 row has" if len(rows) == 1 else f"{len(rows):,} rows have"
    return [f"{CATALOGUE}: {which} no report in the index: {names}{more}"]
