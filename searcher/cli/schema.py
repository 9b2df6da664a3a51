"""``searcher schema``: what scripts may rely on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from searcher.cli.command import command

if TYPE_CHECKING:
    from searcher.cli.face import Face


@command("schema")
@click.argument("name", required=False)
@click.pass_obj
def schema(face: Face, *, name: str | None) -> None:
    """Print the JSON Schema of the answer NAME, or list the names.

    $ searcher schema
    $ searcher schema results
    """
    from searcher.results.schema import names
    from searcher.results.schema import schema as text

    if name:
        face.say(text(name).rstrip("\n"))
    elif face.format == "json":
        face.json(list(names()))
    else:
        face.page(names())
