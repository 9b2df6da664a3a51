"""``searcher status``: what the index holds and whether it is whole."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from searcher.cli.command import command

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.cli.face import Face
    from searcher.index.manifest import Manifest


@command("status")
@click.pass_obj
def status(face: Face) -> None:
    """Tell what the index holds, which generations there are, and whether it is whole.

    $ searcher status
    $ searcher status --json

    The live generation is read through: its library, its postings, and the list of sources that
    a rebuild starts from. Exit status 3 says that it is missing, damaged or of another version.
    """
    from searcher.cli.render import table
    from searcher.index.generations import names
    from searcher.ingest.doctor import check

    manifest = check(face.settings.index)
    generations = names(face.settings.index)
    if face.format == "json":
        face.json(shape(manifest, generations))
    else:
        face.page(table.facts(facts(manifest, generations), face.style))


def shape(manifest: Manifest, generations: tuple[str, ...]) -> dict[str, object]:
    """Return the state of the index as JSON."""
    about = asdict(manifest) | {
        "roots": list(manifest.roots),
        "configuration": dict(manifest.configuration),
        "files": {file.name: [file.size_bytes, file.crc32] for file in manifest.files},
    }
    return {"schema": "searcher/status/1", **about, "generations": list(generations), "whole": True}


def facts(manifest: Manifest, generations: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield the state of the index in words."""
    from searcher.cli.render.places import counted

    others = [name for name in generations if name != manifest.generation]
    pages = counted(manifest.pages, "page")
    if manifest.pages_without_text:
        pages += f" ({manifest.pages_without_text:,} without text)"
    held = (counted(manifest.reports, "report"), pages, counted(manifest.passages, "passage"))
    yield "generation", manifest.generation
    yield "built", f"{manifest.built} by searcher {manifest.searcher}"
    yield "from", ", ".join(manifest.roots)
    yield "holds", ", ".join((*held, counted(manifest.words, "word")))
    yield "quarantine", counted(manifest.quarantined, "file")
    yield "fingerprint", manifest.fingerprint
    yield "whole", "yes: library, postings and sources were read through"
    yield "others", ", ".join(others) or "none"
