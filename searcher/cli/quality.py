"""``searcher quality``: how well the reports were read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from searcher.cli import values
from searcher.cli.command import command
from searcher.cli.narrow import Narrowing
from searcher.cli.options import narrowing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searcher.cli.face import Face
    from searcher.results.quality import ReportQuality

GRADES = ("A", "B", "C", "D")


@command("quality", formats=("text", "json", "jsonl", "csv"))
@click.argument("reports", nargs=-1, metavar="[ID…]", shell_complete=values.reports)
@click.option("--pages", is_flag=True, help="Every sheet too; so with an ID.")
@click.option(
    "--min", "least", type=click.Choice(GRADES), help="Exit status 1 if one is graded lower."
)
@narrowing
@click.pass_obj
def quality(
    face: Face, *, reports: tuple[str, ...], pages: bool, least: str | None, only: Narrowing
) -> int:
    """Tell how well the reports were read: a grade from A to D, its reasons, the figures.

    $ searcher quality                                   all reports, worst first
    $ searcher quality nwd-northshire-2017               one report, sheet by sheet
    $ searcher quality --min B                           does any need a look?
    $ searcher quality --pages --format csv > sheets.csv

    A: quote it. B: good, with one thing to know. C: parts are missing or doubtful, look at the
    page. D: not to be relied on. docs/reading-quality.md gives the bounds and what to do.
    """
    from searcher.index.snapshot import open_snapshot
    from searcher.search.appraisal import appraise
    from searcher.search.engine import SearchOptions

    options = SearchOptions(filters=only.filters, year=only.year)
    with open_snapshot(face.settings.index) as snapshot:
        found = appraise(snapshot, reports, options)
        quarantined = snapshot.coverage().quarantined
    print_all(found, face, with_pages=pages or bool(reports))
    if quarantined and options == SearchOptions() and not reports:
        tell_unread(quarantined, face)
    return verdict(found, face, least=least)


def print_all(found: Sequence[ReportQuality], face: Face, *, with_pages: bool) -> None:
    """Print every report in the format that was asked for."""
    from itertools import chain

    from searcher.cli.render import quality as render
    from searcher.cli.render import table
    from searcher.results.quality_shape import quality_shape

    if face.format == "json":
        face.json([quality_shape(one, with_pages=with_pages) for one in found])
    elif face.format == "jsonl":
        face.json_lines(quality_shape(one, with_pages=with_pages) for one in found)
    elif face.format == "csv" and with_pages:
        face.csv(render.PAGE_CSV_HEADER, chain.from_iterable(map(render.page_csv_rows, found)))
    elif face.format == "csv":
        face.csv(render.CSV_HEADER, map(render.csv_row, found))
    elif with_pages:
        parts = (("", *render.report_lines(one, face.style)) for one in found)
        face.page(list(chain.from_iterable(parts))[1:])
    else:
        face.page(table.explained(render.HEADER, map(render.row, found), face.style))


def tell_unread(files: int, face: Face) -> None:
    """Say that there are files that have no grade, since nothing could be read of them."""
    from searcher.cli.render.places import counted

    held = "is in quarantine and has" if files == 1 else "are in quarantine and have"
    face.note(f"searcher: {counted(files, 'file')} {held} no grade: searcher quarantine")


def verdict(found: Sequence[ReportQuality], face: Face, *, least: str | None) -> int:
    """Return 1 if there is no report or one is graded below ``least``, saying so."""
    from searcher.cli.render.places import counted
    from searcher.cli.render.terminal import one_line

    below = [one for one in found if least is not None and one.grade > least]
    if below:
        names = ", ".join(f"{one_line(one.report.id)} ({one.grade})" for one in below)
        face.note(f"searcher: {counted(len(below), 'report')} below {least}: {names}")
    if not found:
        face.note("searcher: no report is in the index, or none that the filters let through")
    return 1 if below or not found else 0
