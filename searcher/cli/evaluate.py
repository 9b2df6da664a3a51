"""``searcher evaluate``: how well the index answers queries whose answers are known."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from searcher.cli.command import command

if TYPE_CHECKING:
    from searcher.cli.face import Face
    from searcher.evaluate.evaluation import Evaluation

FILE = click.Path(path_type=Path, dir_okay=False)


@command("evaluate")
@click.option("--queries", type=FILE, required=True, help="JSONL, a query or a known item a line.")
@click.option("--qrels", type=FILE, help="Query, document, relevance, separated by tabs.")
@click.option("--run", type=FILE, help="Where to write the ranking as a TREC run.")
@click.option(
    "--depth",
    type=click.IntRange(min=1),
    metavar="N",
    default=1000,
    show_default=True,
    help="How many to rank for each query.",
)
@click.pass_obj
def evaluate(
    face: Face, *, queries: Path, qrels: Path | None, run: Path | None, depth: int
) -> None:
    """Measure the ranking on queries with known answers.

    $ searcher evaluate --queries queries.jsonl --qrels qrels.tsv --run ours.run
    $ searcher evaluate --queries known-items.jsonl --json

    With --qrels the lines are {"id", "text"}, without it known items {"query", "kind",
    "relevant": [{"file", "page"}]}. {"id", "text"} queries are plain words: nothing in them is an
    operator. A known item's text is plain words, but for one that stands in quotation marks. Known
    items are ranked as `searcher search` does; for judged queries any of the words is enough.
    """
    from searcher.cli.render.progress import Progress
    from searcher.evaluate.evaluate import evaluate as measure
    from searcher.evaluate.evaluation import evaluation_shape
    from searcher.index.snapshot import open_snapshot

    with open_snapshot(face.settings.index, searching=True) as snapshot, Progress(face) as progress:
        found = measure(
            snapshot,
            queries,
            qrels,
            run=run,
            depth=depth,
            progress=lambda done, total: progress("ranking", done, total),
        )
    if face.format == "json":
        face.json(evaluation_shape(found))
    else:
        show(found, face)


def show(found: Evaluation, face: Face) -> None:
    """Print the means, those of each kind of known item too, and what to know about them."""
    from searcher.cli.render import table
    from searcher.cli.render.places import counted
    from searcher.cli.render.terminal import one_line

    names = [name for name, _ in found.measures]
    rows = [(kind.kind, kind.queries, *figures(kind.measures)) for kind in found.kinds]
    rows.append(("all", found.scored, *figures(found.measures)))
    face.page(table.lines(("queries of kind", "number", *names), rows, face.style))
    face.say(f"{counted(found.queries, 'query', 'queries')} to depth {found.depth}")
    if found.run:
        face.say(f"run written to {one_line(found.run)}")
    for note in found.notes:
        face.note(f"searcher: {one_line(note)}")


def figures(measures: tuple[tuple[str, float], ...]) -> list[str]:
    """Return the values of ``measures`` to four places."""
    return [f"{value:.4f}" for _, value in measures]
