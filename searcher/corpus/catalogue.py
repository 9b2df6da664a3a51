"""The librarian's record of each report: ``catalogue.csv``, written by people.

A row is joined to a report by its file, below the corpus folder, or by its id where the file has
another name by now; a line of a file of records is joined by its id alone.
A blank cell says nothing, and what was found in the file stands. Lists are separated by ``|``.
"""

from __future__ import annotations

import csv
import io
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from searcher.corpus.table import Row, Table
from searcher.errors import CatalogueError, StorageError
from searcher.results.address import is_report_id
from searcher.vocabulary import ConceptKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

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
ID_HINT = "an id holds no @, # or control character and does not begin with a hyphen"


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
    data = _bytes(path)
    if data is None:
        return Catalogue()
    return Catalogue(tuple(_catalogue_row(row, vocabularies) for row in _rows(path, data)))


def extend_catalogue(path: Path, reports: Iterable[tuple[str, str]]) -> int:
    """Add a row for each of ``reports``, (id, file), that has none; return how many were added.

    Only id and file are written, under the columns that the file has: what was found stays
    found until a person says otherwise. A blank ``file`` is of a report that has no file to
    itself. A report whose id no row can hold is passed over.

    Raises:
        CatalogueError: the file that is there has a mistake.
        StorageError: it may not be written.
    """
    former = _bytes(path)
    data = former if former is not None else _line(COLUMNS)
    header = Table(path, COLUMNS, CatalogueError).header(data)
    known = _rows(path, data)
    ids, files = ({row.one(column) for row in known} - {""} for column in ("id", "file"))
    end = b"\r\n" if b"\r\n" in data else b"\n"
    lines = []
    for report_id, file in reports:
        if report_id in ids or file in files or not _is_id(report_id):
            continue
        ids.add(report_id)
        files |= {file} - {""}
        cells = {"id": report_id, "file": file}
        lines.append(_line([cells.get(column, "") for column in header], end=end))
    if lines:
        whole = data + (b"" if data.endswith((b"\n", b"\r")) else end) + b"".join(lines)
        _rows(path, whole)
        _replace(path, whole)
    return len(lines)


def _is_id(text: str) -> bool:
    return is_report_id(text) and not text.startswith("-")


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as exc:
        raise CatalogueError(path, f"cannot be read: {exc.strerror}") from exc


def _rows(path: Path, data: bytes) -> tuple[Row, ...]:
    """Return the rows of ``data``, each naming a report of its own."""
    rows = Table(path, COLUMNS, CatalogueError).rows(data)
    _check_once(rows, "id")
    _check_once(rows, "file")
    return rows


def _line(cells: Sequence[str], *, end: bytes = b"\n") -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator=end.decode()).writerow(cells)
    return text.getvalue().encode()


def _replace(path: Path, data: bytes) -> None:
    """Put ``data`` in the place of the file at ``path``, or of what it links to, whole."""
    place = path.resolve()
    part = place.with_name(place.name + ".new")
    try:
        try:
            part.write_bytes(data)
            if place.exists():
                shutil.copymode(place, part)
            part.replace(place)
        finally:
            part.unlink(missing_ok=True)
    except OSError as exc:
        msg = f"{path}: {exc.strerror}"
        raise StorageError(msg, hint="nothing was added") from exc


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
    if report_id and not _is_id(report_id):
        row.refuse("id", f"{report_id!r} cannot be an id", hint=ID_HINT)
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
