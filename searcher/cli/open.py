"""``searcher open``: the file itself, at the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from searcher.cli import values, viewer
from searcher.cli.command import command
from searcher.cli.render.places import page
from searcher.cli.render.terminal import one_line, shell_word
from searcher.errors import NothingToReadError
from searcher.index.target import resolve
from searcher.results.address import parse_address

if TYPE_CHECKING:
    from searcher.cli.face import Face
    from searcher.index.library import Library
    from searcher.results.address import Address


@command("open")
@click.argument("address", metavar="ID[@PAGE]", shell_complete=values.reports)
@click.option("--print", "only_print", is_flag=True, help="Print file and page; start nothing.")
@click.pass_obj
def open_report(face: Face, *, address: str, only_print: bool) -> None:
    """Open report ID at a page in a viewer, or print where it is if there is none.

    $ searcher open nwd-northshire-2017@5
    $ searcher open nwd-northshire-2017@p.iii
    $ SEARCHER_VIEWER='zathura -P {page} {file}' searcher open nwd-northshire-2017@5

    Without SEARCHER_VIEWER the first known viewer on the PATH is taken; where there is no
    screen, the file and the page are printed, the file's path quoted for the shell where it
    has to be.
    """
    from searcher.index.snapshot import open_snapshot

    with open_snapshot(face.settings.index) as snapshot:
        place = place_of(snapshot.library, parse_address(address))
    started = not only_print and viewer.start(place)
    if face.format == "json":
        shape = {"file": str(place.file), "page": place.page, "page_label": place.label}
        face.json({**shape, "anchor": place.anchor, "opened": started})
    elif not started:
        where = page(place.page, place.label) or (f"#{place.anchor}" if place.anchor else "")
        face.say("\t".join(filter(None, (shell_word(str(place.file)), one_line(where)))))


def place_of(library: Library, wanted: Address) -> viewer.Place:
    """Return the file that ``wanted`` is in and where in it.

    Raises:
        NothingToReadError: the file is not there any more.
        UsageError: the index has no such report, page or passage.
    """
    named = resolve(library, wanted)
    file = library.path(wanted.report).resolve()
    if not file.is_file():
        msg = f"file {file}: is not there any more"
        raise NothingToReadError(msg, hint="searcher ingest reads what is there now")
    if named.passage is not None:
        where = named.passage.passage
        return viewer.Place(file, where.page, where.page_label, where.anchor)
    if named.page is None and not named.report.pages:
        return viewer.Place(file)
    shown = named.page or library.page(wanted.report, 1)
    return viewer.Place(file, shown.page, shown.page_label)
