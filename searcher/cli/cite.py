"""``searcher cite``: citations in the formats that reference managers read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from searcher.cli import stdin, values
from searcher.cli.command import command
from searcher.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searcher.cite.citation import Citation
    from searcher.cli.face import Face


def exporters() -> tuple[str, ...]:
    """Return the formats that are installed."""
    from searcher.cite.exporter import GROUP
    from searcher.plugins import names

    return names(GROUP)


@command("cite", formats=("plain", "json"), more=exporters)
@click.argument(
    "addresses", nargs=-1, required=True, metavar="ID[@PAGE]…", shell_complete=values.reports
)
@click.pass_obj
def cite(face: Face, *, addresses: tuple[str, ...]) -> None:
    """Print citations of reports, pages and passages.

    $ searcher cite nwd-northshire-2017
    $ searcher cite nwd-northshire-2017@5 --format bibtex >> references.bib
    $ searcher cite nwd-northshire-2017@p.iii --format ris
    $ searcher search respite --format jsonl | jq -r .passage.id | searcher cite -

    ID@5 is the fifth sheet, ID@p.iii the page that prints iii, a passage's id cites it word for
    word. `-` reads addresses from standard input, one a line.
    """
    from searcher.cite.citation import cite as make
    from searcher.index.snapshot import open_snapshot
    from searcher.results.address import parse_address

    with open_snapshot(face.settings.index) as snapshot:
        library = snapshot.library
        citations = [make(library, parse_address(given)) for given in spelled(addresses)]
    show(citations, face)


def spelled(addresses: Sequence[str]) -> tuple[str, ...]:
    """Return the addresses, those of standard input for ``-``.

    Raises:
        UsageError: standard input holds none.
    """
    if tuple(addresses) != (stdin.NAME,):
        return tuple(addresses)
    lines = tuple(line.strip() for line in stdin.read().splitlines() if line.strip())
    if not lines:
        msg = "standard input holds no address"
        raise UsageError(msg, hint="- reads addresses from standard input, one a line")
    return lines


def show(citations: Sequence[Citation], face: Face) -> None:
    """Print ``citations`` in the format that was asked for."""
    from searcher.cite.citation import citation_shape
    from searcher.cite.exporter import exporter_for
    from searcher.cli.render.terminal import clean

    if face.format == "json":
        face.json([citation_shape(citation) for citation in citations])
    else:
        face.say(clean(exporter_for(face.format)(citations)).rstrip("\n"))
