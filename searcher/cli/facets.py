"""``searcher facets``: how many projects, reports and passages have which value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from searcher.cli.command import command
from searcher.cli.options import Years, chosen, filters
from searcher.cli.search import spelled

if TYPE_CHECKING:
    from searcher.cli.face import Face


@command("facets", formats=("text", "json", "jsonl", "csv"))
@click.argument("field", metavar="FIELD")
@click.argument("query", nargs=-1, metavar="[QUERY…]")
@filters
@click.pass_obj
def facets(
    face: Face,
    *,
    field: str,
    query: tuple[str, ...],
    project: tuple[str, ...],
    theme: tuple[str, ...],
    outcome: tuple[str, ...],
    design: tuple[str, ...],
    publisher: tuple[str, ...],
    year: Years | None,
) -> int:
    """Count projects, reports and passages for each value of FIELD.

    FIELD is project, theme, outcome, design, publisher, year or report; with QUERY only what
    answers it is counted.

    $ searcher facets theme
    $ searcher facets outcome edge of care
    $ searcher facets year --project no-wrong-door --format csv
    """
    from searcher.cli.render import answer
    from searcher.index.snapshot import open_snapshot
    from searcher.results.shape import facet_shape, facets_shape
    from searcher.search.engine import SearchOptions
    from searcher.search.listing import facets as count

    wanted = chosen(
        project=project, theme=theme, outcome=outcome, design=design, publisher=publisher
    )
    text = spelled(query) if query else None
    with open_snapshot(face.settings.index) as snapshot:
        found = count(snapshot, field, text, options=SearchOptions(filters=wanted, year=year))
    if face.format == "json":
        face.json(facets_shape(field, found, text))
    elif face.format == "jsonl":
        face.json_lines(map(facet_shape, found))
    elif face.format == "csv":
        face.csv(answer.FACET_HEADER, map(answer.facet_row, found))
    else:
        face.page(answer.facet_lines(found, face.style))
    return 0 if found else 1
