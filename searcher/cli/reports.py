"""``searcher reports``: what is in the index."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from searcher.cli.command import command
from searcher.cli.narrow import Narrowing
from searcher.cli.options import narrowing

if TYPE_CHECKING:
    from searcher.cli.face import Face


@command("reports", formats=("text", "json", "jsonl", "csv"))
@narrowing
@click.pass_obj
def reports(
    face: Face,
    *,
    only: Narrowing,
) -> int:
    """List the reports and what is known of each.

    $ searcher reports
    $ searcher reports --theme edge-of-care --year 2017..
    $ searcher reports --format csv > reports.csv

    A report with the bytes of another is listed too, by its own record.
    """
    from searcher.cli.render import record, table
    from searcher.index.snapshot import open_snapshot
    from searcher.results.shape import report_shape
    from searcher.search.engine import SearchOptions
    from searcher.search.listing import list_reports

    with open_snapshot(face.settings.index) as snapshot:
        found = list_reports(snapshot, SearchOptions(filters=only.filters, year=only.year))
    if face.format == "json":
        face.json([report_shape(report) for report in found])
    elif face.format == "jsonl":
        face.json_lines(map(report_shape, found))
    elif face.format == "csv":
        face.csv(record.CSV_HEADER, map(record.csv_row, found))
    else:
        face.page(table.lines(record.HEADER, map(record.row, found), face.style))
    if not found:
        face.note("searcher: no report is in the index, or none that the filters let through")
    return 0 if found else 1
