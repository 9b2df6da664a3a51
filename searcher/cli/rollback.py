"""``searcher rollback``: back to the generation before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from searcher.cli.command import command

if TYPE_CHECKING:
    from searcher.cli.face import Face


@command("rollback")
@click.pass_obj
def rollback(face: Face) -> None:
    """Make the newest generation before the live one that is whole live again.

    $ searcher rollback

    A generation that is damaged or of another version is passed over, and said to be.
    """
    from searcher.index.generations import rollback as go_back
    from searcher.index.snapshot import is_whole

    done = go_back(face.settings.index, whole=is_whole)
    if face.format == "json":
        face.json({"generation": done.generation, "skipped": list(done.skipped)})
    else:
        for name in done.skipped:
            face.say(f"generation {name} is damaged or of another version: passed over")
        face.say(f"generation {done.generation} is live")
