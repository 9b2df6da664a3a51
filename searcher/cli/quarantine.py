"""``searcher quarantine``: what could not be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from searcher.cli.command import command

if TYPE_CHECKING:
    from searcher.cli.face import Face

COLUMNS = ("file", "reason", "detail", "hint", "seconds", "sha256")


@command("quarantine", formats=("text", "json", "jsonl", "csv"))
@click.pass_obj
def quarantine(face: Face) -> None:
    """List the files that could not be read, and why.

    $ searcher quarantine
    $ searcher quarantine --format csv > unread.csv
    """
    from searcher.cli.render import summary
    from searcher.index.snapshot import open_snapshot
    from searcher.results.shape import failure_shape

    with open_snapshot(face.settings.index) as snapshot:
        found = snapshot.library.failures()
    if face.format == "json":
        face.json([failure_shape(failure) for failure in found])
    elif face.format == "jsonl":
        face.json_lines(map(failure_shape, found))
    elif face.format == "csv":
        face.csv(COLUMNS, [[failure_shape(failure)[name] for name in COLUMNS] for failure in found])
    else:
        face.page(summary.failures(found, face.style) if found else ["nothing is in quarantine"])
