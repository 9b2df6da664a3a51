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
    """Build the index again from what was read before, with catalogue and vocabularies as now.

    $ searcher rebuild

    It looks for no new files: searcher ingest does. A report is read again only if it is missing
    from the cache and its file is as it was. The live index answers until the new one is whole.
    """
    from searcher.cli.render.progress import Progress
    from searcher.ingest.ingest import rebuild as build

    with Progress(face) as progress:
        summary = build(face.settings, progress=progress)
    return report(summary, face)
