"""``searcher ingest``: files to a new generation of the index."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from searcher.cli.command import command
from searcher.cli.options import limits

if TYPE_CHECKING:
    from searcher.cli.face import Face
    from searcher.ingest.summary import Summary


@command("ingest")
@click.argument("paths", nargs=-1, metavar="[PATH…]", type=click.Path(path_type=Path))
@click.option("--ocr", is_flag=True, help="Read sheets without text by text recognition.")
@click.option(
    "--ocr-language",
    "languages",
    metavar="CODES",
    help="What they are written in, as tesseract calls it: eng+cym. Implies --ocr. [default: eng]",
)
@limits
@click.pass_obj
def ingest(face: Face, *, paths: tuple[Path, ...], ocr: bool, languages: str | None) -> int:
    """Read the reports below each PATH, the corpus by default, and publish a new index.

    $ searcher ingest                      read corpus/ into index/
    $ searcher ingest ~/reports --index ~/reports.index
    $ searcher ingest --workers 1 --timeout 300
    $ searcher ingest --ocr                scanned pages too, with tesseract
    $ searcher ingest --ocr-language eng+cym

    Only what changed is read again. A file that cannot be read goes into quarantine and never
    stops the others; exit status 4 says that there is one. Reports whose file, or whose whole
    PATH, is gone leave; those from other folders stay.

    With --ocr, pages that show something and hold no text are read by tesseract, and only those;
    a file may take ten times as long then. What it reads is kept: later ingests need no --ocr.
    It reads English unless --ocr-language names others; pages recognised in another language
    are then read again.

    The catalogue and the vocabularies are those of the corpus folder. If one PATH holds them, it
    is the corpus folder; where neither it nor corpus/ does, the one that described the index
    last stays in force.
    """
    from searcher.cli.render.progress import Progress
    from searcher.extract.find_recogniser import find_recogniser
    from searcher.extract.recogniser import ENGLISH
    from searcher.ingest.ingest import ingest as read

    sources = paths or (face.settings.corpus,)
    again = languages is not None
    asked = ENGLISH if languages is None else languages
    recogniser = find_recogniser(asked) if ocr or again else None
    with Progress(face) as progress:
        summary = read(
            sources, face.settings, progress=progress, recogniser=recogniser, again=again
        )
    return report(summary, face)


def report(summary: Summary, face: Face) -> int:
    """Print what was done and return the exit status that says how far it went."""
    from searcher.cli.render import summary as render
    from searcher.cli.render.terminal import one_line

    for ignored in summary.ignored:
        face.note(f"searcher: left alone {one_line(ignored)}", verbosity=1)
    if face.format == "json":
        face.json(render.shape(summary))
    else:
        for line in render.lines(summary, face.style):
            face.say(line)
    return summary.exit_status
