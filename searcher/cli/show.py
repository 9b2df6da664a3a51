"""``searcher show``: a report's outline, a page, a passage; or every page there is."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from searcher.cli import values
from searcher.cli.command import command
from searcher.cli.options import limits_of_a_file
from searcher.cli.show_layout import layout_alone, print_layout
from searcher.errors import UsageError
from searcher.index.target import resolve
from searcher.results.address import Address, parse_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from searcher.cli.face import Face
    from searcher.index.library import Library
    from searcher.results.report import PageText


@command("show", formats=("text", "json", "jsonl"))
@click.argument("address", required=False, metavar="ID[@PAGE]", shell_complete=values.reports)
@click.option("--page", type=click.IntRange(min=1), metavar="N", help="The Nth sheet.")
@click.option("--label", metavar="LABEL", help="The page that prints this label: iii.")
@click.option("--passage", metavar="A-B", help="The text from code point A to B.")
@click.option("--why", is_flag=True, help="Where each value of the record comes from.")
@click.option("--layout", is_flag=True, help="How the page was read, block by block.")
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Draw the layout over the page into FILE.svg or FILE.png.",
)
@click.option("--all", "everything", is_flag=True, help="Every page of every report.")
@limits_of_a_file
@click.pass_obj
def show(
    face: Face, *, address: str | None, page: int | None, label: str | None, passage: str | None,
    why: bool, layout: bool, output: Path | None, everything: bool,
) -> None:  # fmt: skip
    """Print the outline of report ID, a page of it, or a passage.

    $ searcher show nwd-northshire-2017                   outline
    $ searcher show nwd-northshire-2017 --why             why it is said to be so
    $ searcher show nwd-northshire-2017@5                 sheet 5
    $ searcher show nwd-northshire-2017 --label iii       the page that prints iii
    $ searcher show 'nwd-northshire-2017@5#100-250'       a passage, by its id
    $ searcher show nwd-northshire-2017@5 --layout        how it was read
    $ searcher show nwd-northshire-2017 --format jsonl    its pages, one a line
    $ searcher show --all --format jsonl                  the pages of all reports

    --layout reads the report's file once more, under the limits of an ingest.
    """
    from searcher.index.snapshot import open_snapshot

    if everything == bool(address):
        msg = "show takes the id of a report, or --all"
        raise UsageError(msg, hint="searcher reports lists the ids")
    wanted = place_of(address or "", page=page, label=label, passage=passage)
    if why:
        check_whole(wanted, face.format)
    if (layout and (wanted is None or why)) or (output and not layout):
        raise layout_alone()
    with open_snapshot(face.settings.index) as snapshot:
        if wanted is not None and layout:
            print_layout(snapshot.library, resolve(snapshot.library, wanted), face, output=output)
        elif wanted is None:
            stream(every_page(snapshot.library), face)
        else:
            print_place(snapshot.library, wanted, face, why=why)


def check_whole(wanted: Address | None, format_name: str) -> None:
    """Refuse to tell why a part of a report, or many reports, are said to be so.

    Raises:
        UsageError: so it is.
    """
    if wanted is None or wanted != Address(wanted.report) or format_name == "jsonl":
        msg = "show --why is about one whole report, as text or --json"
        raise UsageError(msg, hint="searcher show ID --why")


def place_of(
    address: str, *, page: int | None, label: str | None, passage: str | None
) -> Address | None:
    """Return the address with what the options add, or ``None`` for everything.

    Raises:
        UsageError: the address or the span is wrong, or a page or a passage is given twice.
    """
    if not address:
        return None
    named = parse_address(address)
    spans = (named.span, parse_address(f"{named.report}#{passage}").span if passage else None)
    places = (named.page, named.label, page, label)
    for given, what in ((places, "page"), (spans, "passage")):
        if sum(one is not None for one in given) > 1:
            msg = f"address {address!r}: the {what} is given twice"
            raise UsageError(msg, hint="give it in the address or as an option")
    return replace(
        named, page=page or named.page, label=label or named.label, span=spans[1] or spans[0]
    )


def print_place(library: Library, wanted: Address, face: Face, *, why: bool) -> None:
    """Print the passage, the page or the outline that ``wanted`` names."""
    from searcher.cli.render import evidence, record
    from searcher.results.shape import outline_shape, page_shape, passage_shape

    named = resolve(library, wanted)
    if named.passage is not None:
        lines = record.passage_text(named.passage, face.style)
        answer(face, passage_shape(named.passage), lines)
    elif named.page is not None:
        answer(face, page_shape(named.page), record.page_text(named.page, face.style))
    elif face.format == "jsonl":
        stream(library.pages(wanted.report), face)
    else:
        outline = library.outline(wanted.report)
        render = evidence.lines if why else record.outline
        lines = render(outline, face.style, library.vocabularies())
        answer(face, outline_shape(outline), lines)


def answer(face: Face, shape: object, lines: Iterable[str]) -> None:
    """Print one thing in the format that was asked for."""
    if face.format == "json":
        face.json(shape)
    elif face.format == "jsonl":
        face.json_lines([shape])
    else:
        face.page(lines)


def stream(pages: Iterable[PageText], face: Face) -> None:
    """Print pages as they come.

    Raises:
        UsageError: as one JSON document, which would hold them all at once.
    """
    from searcher.cli.render import record
    from searcher.results.shape import page_shape

    if face.format == "json":
        msg = "show --all is not one JSON document"
        raise UsageError(msg, hint="--format jsonl prints one page a line")
    if face.format == "jsonl":
        face.json_lines(map(page_shape, pages))
    else:
        face.page(chain.from_iterable(record.page_text(page, face.style) for page in pages))


def every_page(library: Library) -> Iterator[PageText]:
    """Yield every page of every report, by id."""
    for report in library.reports():
        yield from library.pages(report.id)
