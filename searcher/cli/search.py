"""``searcher search``: ranked passages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from searcher.cli.command import command
from searcher.cli.find import FORMATS, LIMIT, PER_REPORT, find
from searcher.cli.options import narrowing, option

if TYPE_CHECKING:
    from searcher.cli.face import Face
    from searcher.cli.narrow import Narrowing


@command("search", formats=FORMATS)
@click.argument("query", nargs=-1, required=True, metavar="QUERY…")
@narrowing
@option("--facet", multiple=True, metavar="FIELD", help="Count the hits by this field too.")
@option(
    "-n",
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    default=LIMIT,
    show_default=True,
    help="At most this many passages.",
)
@option(
    "--offset", type=click.IntRange(min=0), metavar="N", default=0, help="Leave out the first N."
)
@option(
    "--per-report",
    type=click.IntRange(min=0),
    metavar="N",
    default=PER_REPORT,
    show_default=True,
    help="At most this many passages of one report; 0 for all.",
)
@option("--any", "any_word", is_flag=True, help="Any of the words is enough.")
@option("--explain", is_flag=True, help="Show what each word adds to each score.")
@click.pass_obj
def search(
    face: Face, *, query: tuple[str, ...], only: Narrowing, facet: tuple[str, ...],
    limit: int, offset: int, per_report: int, any_word: bool,
    explain: bool,
) -> int:  # fmt: skip
    """Find passages that answer QUERY, best first, grouped by report.

    $ searcher search edge of care costs
    $ searcher search '"no wrong door" placement*' --year 2016..2019
    $ searcher search placement --theme edge-of-care --facet outcome
    $ searcher search care leavers --format jsonl | jq .passage.id

    Words may stand in any inflection; "quotation marks" keep them exact and together.
    `-` reads the query from standard input. Nothing found is exit status 1.
    """
    return find(
        face, query=query, only=only, facet=facet,
        limit=limit, offset=offset, per_report=per_report, any_word=any_word,
        explain=explain,
    )  # fmt: skip
