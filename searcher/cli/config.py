"""``searcher config``: each setting and where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from searcher.cli.command import command

if TYPE_CHECKING:
    from searcher.cli.face import Face


@command("config")
@click.pass_obj
def config(face: Face) -> None:
    """Show each setting with its value and where it comes from.

    $ searcher config
    $ SEARCHER_WORKERS=2 searcher config --json

    An option beats a SEARCHER_ variable, that beats the nearest searcher.toml going up, that
    beats the one in your configuration folder, that beats the default.
    """
    from searcher.cli.render import table
    from searcher.results.shape import config_shape

    if face.format == "json":
        face.json(config_shape(face.origins))
    else:
        rows = [(entry.name, str(entry.value), entry.origin) for entry in face.origins]
        face.page(table.lines(("setting", "value", "from"), rows, face.style))
