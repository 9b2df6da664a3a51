"""The librarian's record of each report: ``catalogue.csv``, written by people.

A row is joined to a report by its file, or by its id where the file has another name by now.
A blank cell says nothing, and what was found in the file stands. Lists are separated by ``|``.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from searcher.corpus.table import Row, Table
from searcher.errors import CatalogueError, StorageError
from searcher.vocabulary import ConceptKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from searcher.results.report import Report
    from searcher.vocabulary import Vocabularies

FILE_NAME = "catalogue.csv"
COLUMNS = (
    "id", "file", "title", "authors", "publisher", "year", "projects", "themes", "outcomes",
    "designs", "url", "notes",
)  # fmt: skip
CONCEPT_COLUMNS = {
    "projects": ConceptKind.PROJECT,
    "themes": ConceptKind.THEME,
    "outcomes": ConceptKind.OUTCOME,
    "designs": ConceptKind.DESIGN,
}
YEARS = range(1800, 2200)
_FORBIDDEN_IN_ID = frozenset(" @#/\\\t|")


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """What a librarian says of one report; blank is ``""``, ``None`` or ()."""

    id: str = ""
    file: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    year: int | None = None
    projects: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    designs: tuple[str, ...] = ()
    url: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The rows in the order of the file; concepts are ids of the vocabularies."""

    rows: tuple[CatalogueRow, ...] = ()
    _by_file: dict[str, CatalogueRow] = field(init=False, repr=False, compare=False)
    _by_id: dict[str, CatalogueRow] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_file", {row.file: row for row in self.rows if row.file})
        object.__setattr__(self, "_by_id", {row.id: row for row in self.rows if row.id})

    def of_file(self, file: str) -> CatalogueRow | None:
        """Return the row for the path ``file`` below the corpus folder."""
        return self._by_file.get(file)

    def of_id(self, report_id: str) -> CatalogueRow | None:
        """Return the row with this id."""
        return self._by_id.get(report_id)


def read_catalogue(path: Path, vocabularies: Vocabularies) -> Catalogue:
    """Return the catalogue at ``path``; a file that is not there is an empty one.

    Raises:
        CatalogueError: wrong encoding, a broken row, an id or file twice, an unknown concept, a
            year that is none; names the line and the column.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Catalogue()
    except OSError as exc:
        raise CatalogueError(path, f"cannot be read: {exc.strerror}") from exc
    rows = Table(path, COLUMNS, CatalogueError).rows(data)
    _check_once(rows, "id")
    _check_once(rows, "file")
    return Catalogue(tuple(_catalogue_row(row, vocabularies) for row in rows))


def extend_catalogue(path: Path, reports: Iterable[Report]) -> int:
    """Add a row for each report that has none, and return how many were added.

    Only id and file are written: what was found stays found until a person says otherwise.

    Raises:
        CatalogueError: the file that is there has a mistake.
        StorageError: it may not be written.
    """
    known = Table(path, COLUMNS, CatalogueError).rows(path.read_bytes()) if path.exists() else ()
    ids, files = ({row.one(column) for row in known} for column in ("id", "file"))
    added = [r for r in reports if r.id not in ids and r.file not in files]
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    if not path.exists():
        writer.writerow(COLUMNS)
    writer.writerows([r.id, r.file, *[""] * (len(COLUMNS) - 2)] for r in added)
    try:
        text = path.read_text(encoding="utf-8-sig") if path.exists() else ""
        end = "\n" if text and not text.endswith("\n") else ""
        with path.open("a", encoding="utf-8", newline="") as file:
            file.write(end + lines.getvalue())
    except OSError as exc:
        msg = f"{path}: {exc.strerror}"
        raise StorageError(msg, hint="nothing was added") from exc
    return len(added)


def _check_once(rows: Sequence[Row], column: str) -> None:
    lines: dict[str, int] = {}
    for row in rows:
        value = row.one(column)
        if value and value in lines:
            row.refuse(column, f"{value!r} stands on line {lines[value]} already")
        lines[value] = row.line


def _catalogue_row(row: Row, vocabularies: Vocabularies) -> CatalogueRow:
    report_id, file = row.one("id"), row.one("file")
    if not report_id and not file:
        row.refuse("id", "the row names no report", hint="give its id or its file")
    if _FORBIDDEN_IN_ID.intersection(report_id):
        row.refuse("id", f"{report_id!r} cannot be an id", hint="letters, digits, - _ and . only")
    return CatalogueRow(
        id=report_id,
        file=file,
        title=row.one("title"),
        authors=row.many("authors"),
        publisher=row.one("publisher"),
        year=_year(row),
        projects=_concepts(row, "projects", vocabularies),
        themes=_concepts(row, "themes", vocabularies),
        outcomes=_concepts(row, "outcomes", vocabularies),
        designs=_concepts(row, "designs", vocabularies),
        url=row.one("url"),
        notes=row.one("notes"),
    )


def _year(row: Row) -> int | None:
    text = row.one("year")
    if not text:
        return None
    if not text.isdecimal() or int(text) not in YEARS:
        row.refuse("year", f"{text!r} is no year", hint="four digits, as 2017")
    return int(text)


def _concepts(row: Row, column: str, vocabularies: Vocabularies) -> tuple[str, ...]:
    """Return the ids of the concepts a cell names by id or label."""
    vocabulary = vocabularies.of(CONCEPT_COLUMNS[column])
    found = []
    for name in row.many(column):
        concept = vocabulary.find(name)
        if concept is None:
            near = " or ".join(vocabulary.near(name))
            hint = f"did you mean {near}?" if near else f"add it to vocabulary/{column}.csv first"
            row.refuse(column, f"{name!r} is not in the vocabulary", hint=hint)
        found.append(concept.id)
    return tuple(dict.fromkeys(found))
