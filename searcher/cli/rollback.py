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
    """Make the generation before the live one live again.

    $ searcher rollback
    """
    from searcher.index.generations import rollback as go_back

    name = go_back(face.settings.index)
    if face.format == "json":
        face.json({"generation": name})
    else:
        face.say(f"generation {name} is live")
