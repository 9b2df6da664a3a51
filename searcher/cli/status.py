"""``searcher status``: what the index holds and whether it is whole."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from searcher.cli.command import command

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from searcher.cli.face import Face
    from searcher.index.manifest import Manifest


@command("status")
@click.pass_obj
def status(face: Face) -> None:
    """Tell what the index holds, which generations there are, and whether it is whole.

    $ searcher status
    $ searcher status --json

    The live generation is opened as a search would; exit status 3 says that it is missing,
    damaged or of another version.
    """
    from searcher.index.generations import names

    manifest = opened(face.settings.index)
    generations = names(face.settings.index)
    if face.format == "json":
        face.json(shape(manifest, generations))
    else:
        face.page(lines(manifest, generations))


def opened(index: Path) -> Manifest:
    """Return what the live generation says of itself, all its parts having been opened.

    Raises:
        IndexStoreError: it is not there, damaged, or of another version.
    """
    from searcher.index.manifest import damaged
    from searcher.index.snapshot import open_snapshot

    with open_snapshot(index) as snapshot:
        held = sum(1 for _ in snapshot.library.reports())
        indexed = snapshot.index
        if held != snapshot.manifest.reports or indexed is None:
            raise damaged(snapshot.folder)
        return snapshot.manifest


def shape(manifest: Manifest, generations: tuple[str, ...]) -> dict[str, object]:
    """Return the state of the index as JSON."""
    about = asdict(manifest) | {
        "roots": list(manifest.roots),
        "configuration": dict(manifest.configuration),
    }
    return {"schema": "searcher/status/1", **about, "generations": list(generations)}


def lines(manifest: Manifest, generations: tuple[str, ...]) -> Iterator[str]:
    """Yield the state of the index for people."""
    from searcher.cli.render.places import counted
    from searcher.cli.render.terminal import one_line

    others = [name for name in generations if name != manifest.generation]
    gaps = f" ({manifest.pages_without_text:,} without text)" if manifest.pages_without_text else ""
    told = (
        ("generation", manifest.generation),
        ("built", f"{manifest.built} by searcher {manifest.searcher}"),
        ("from", ", ".join(map(one_line, manifest.roots))),
        (
            "holds",
            f"{counted(manifest.reports, 'report')}, {counted(manifest.pages, 'page')}{gaps}",
        ),
        ("", f"{counted(manifest.passages, 'passage')}, {counted(manifest.words, 'word')}"),
        ("quarantine", counted(manifest.quarantined, "file")),
        ("fingerprint", manifest.fingerprint),
        ("others", ", ".join(others) or "none"),
    )
    yield from (f"{name:<13}{value}" for name, value in told)
