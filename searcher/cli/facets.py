"""``searcher facets``: how many projects, reports and passages have which value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from searcher.cli.command import command
from searcher.cli.find import spelled
from searcher.cli.narrow import Narrowing
from searcher.cli.options import narrowing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searcher.cli.face import Face
    from searcher.results.answer import Facet


@command("facets", formats=("text", "json", "jsonl", "csv"))
@click.argument("field", metavar="FIELD")
@click.argument("query", nargs=-1, metavar="[QUERY…]")
@narrowing
@click.pass_obj
def facets(face: Face, *, field: str, query: tuple[str, ...], only: Narrowing) -> int:
    """Count projects, reports and passages for each value of FIELD.

    FIELD is project, theme, outcome, design, publisher, year or report. Every report is counted,
    one with the bytes of another too; with QUERY only those whose passages answer it, and the
    same bytes have their passages once.

    $ searcher facets theme
    $ searcher facets outcome edge of care
    $ searcher facets year --project no-wrong-door --format csv
    """
    from searcher.index.snapshot import open_snapshot
    from searcher.search.engine import SearchOptions
    from searcher.search.listing import facets as count

    text = spelled(query) if query else None
    options = SearchOptions(filters=only.filters, year=only.year)
    with open_snapshot(face.settings.index, searching=text is not None) as snapshot:
        found = count(snapshot, field, text, options=options)
    show(found, face, field=field, text=text)
    return 0 if found else 1


def show(found: Sequence[Facet], face: Face, *, field: str, text: str | None) -> None:
    """Print the counts in the format that was asked for."""
    from searcher.cli.render import answer
    from searcher.results.shape import facet_shape, facets_shape

    if face.format == "json":
        face.json(facets_shape(field, found, text))
    elif face.format == "jsonl":
        face.json_lines(map(facet_shape, found))
    elif face.format == "csv":
        face.csv(answer.FACET_HEADER, map(answer.facet_row, found))
    else:
        face.page(answer.facet_lines(found, face.style))
