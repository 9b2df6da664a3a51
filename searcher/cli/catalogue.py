"""``searcher catalogue``: the librarian's record of each report."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import click

from searcher.cli.command import Group, check, command, refuse_nothing
from searcher.cli.options import common
from searcher.cli.render.places import counted
from searcher.cli.render.terminal import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searcher.cli.face import Face
    from searcher.corpus.catalogue import Catalogue, CatalogueRow

HEADER = ("id", "year", "file", "title", "projects")


@click.group("catalogue", cls=Group)
def catalogue() -> None:
    """Check, extend and show the catalogue in the corpus.

    $ searcher catalogue check
    $ searcher catalogue extend
    $ searcher catalogue show --format csv
    """


@command("check")
@click.pass_obj
def check_catalogue(face: Face) -> None:
    """Check every row of the catalogue.

    $ searcher catalogue check

    A mistake is shown with its line and column, and is exit status 1; so is no catalogue. Rows
    that no report of the index answers to are named.
    """
    from searcher.corpus.catalogue import FILE_NAME

    refuse_nothing(face.settings.corpus / FILE_NAME, hint="searcher catalogue extend makes one")
    with check():
        found = read(face)
    warn_of_unmatched(found, face)
    if face.format == "json":
        face.json({"rows": len(found.rows)})
    else:
        face.say(f"catalogue.csv: {counted(len(found.rows), 'row')}, no mistake")


@command("extend")
@click.pass_obj
def extend(face: Face) -> None:
    """Add a row for each report of the index that the catalogue lacks.

    $ searcher catalogue extend

    Only id and file are written, under the columns that the file has, so that what was found in
    the report stands until you say otherwise in the row. A line of a JSONL file is known by its
    id alone.
    """
    from searcher.corpus.catalogue import FILE_NAME, extend_catalogue
    from searcher.index.snapshot import open_snapshot
    from searcher.ingest.catalogue_rows import corpus_in_force, files_by_id

    folder = corpus_in_force(face.settings)
    path = (folder.path if folder.parts else face.settings.corpus) / FILE_NAME
    with open_snapshot(face.settings.index) as snapshot:
        added = extend_catalogue(path, files_by_id(snapshot.library, folder.path).items())
    if face.format == "json":
        face.json({"added": added})
    else:
        face.say(f"{counted(added, 'row')} added to {path}")


@command("show", formats=("text", "json", "jsonl", "csv"))
@click.pass_obj
def show_catalogue(face: Face) -> None:
    """Print the catalogue as it is read.

    $ searcher catalogue show --json
    """
    from searcher.cli.render import table
    from searcher.corpus.catalogue import COLUMNS

    rows = read(face).rows
    if face.format == "json":
        face.json([shape(row, COLUMNS) for row in rows])
    elif face.format == "jsonl":
        face.json_lines(shape(row, COLUMNS) for row in rows)
    elif face.format == "csv":
        face.csv(COLUMNS, (cells(row, COLUMNS) for row in rows))
    else:
        face.page(table.lines(HEADER, [cells(row, HEADER) for row in rows], face.style))


def read(face: Face) -> Catalogue:
    """Return the catalogue of the corpus, checked against its vocabularies."""
    from searcher.corpus.catalogue import FILE_NAME, read_catalogue
    from searcher.corpus.vocabulary import read_vocabularies

    corpus = face.settings.corpus
    return read_catalogue(corpus / FILE_NAME, read_vocabularies(corpus / "vocabulary"))


def warn_of_unmatched(found: Catalogue, face: Face) -> None:
    """Name the rows that no report answers to, where there is an index."""
    from searcher.errors import NoIndexError
    from searcher.index.snapshot import open_snapshot
    from searcher.ingest.catalogue_rows import unmatched
    from searcher.ingest.remarks import told

    with suppress(NoIndexError), open_snapshot(face.settings.index) as snapshot:
        for line in told(unmatched(found, snapshot.library, face.settings.corpus.resolve())):
            face.note(f"searcher: {one_line(line)}")


def cells(row: CatalogueRow, columns: Sequence[str]) -> list[object]:
    """Return the values of ``columns``."""
    return [getattr(row, column) for column in columns]


def shape(row: CatalogueRow, columns: Sequence[str]) -> dict[str, object]:
    """Return a row as JSON; a blank cell is null."""
    values = dict(zip(columns, cells(row, columns), strict=True))
    return {
        name: list(value) if isinstance(value, tuple) else value or None
        for name, value in values.items()
    }


for made in (check_catalogue, extend, show_catalogue):
    catalogue.add_command(made)
catalogue.params.extend(common())
