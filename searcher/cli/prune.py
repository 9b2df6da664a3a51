"""``searcher prune``: fewer generations on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from searcher.cli.command import command

if TYPE_CHECKING:
    from searcher.cli.face import Face


@command("prune")
@click.option("--keep", type=click.IntRange(min=1), metavar="N", help="How many to keep.")
@click.pass_obj
def prune(face: Face, *, keep: int | None) -> None:
    """Remove all generations but the newest and the live one.

    $ searcher prune --keep 1
    """
    from searcher.index.generations import prune as remove

    gone = remove(face.settings.index, keep=keep or face.settings.generations)
    if face.format == "json":
        face.json({"removed": list(gone)})
    else:
        face.say("\n".join(f"removed generation {name}" for name in gone) or "nothing to remove")
