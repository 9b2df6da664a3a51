"""``searcher rebuild``: the index made anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from searcher.cli.command import command
from searcher.cli.ingest import report
from searcher.cli.options import limits

if TYPE_CHECKING:
    from searcher.cli.face import Face


@command("rebuild")
@limits
@click.pass_obj
def rebuild(face: Face) -> int:
    """Build the index again from the folders it was made from.

    $ searcher rebuild

    What was read once is not read again. The live index answers until the new one is whole.
    """
    from searcher.cli.render.progress import Progress
    from searcher.ingest.ingest import rebuild as build

    with Progress(face) as progress:
        summary = build(face.settings, progress=progress)
    return report(summary, face)
