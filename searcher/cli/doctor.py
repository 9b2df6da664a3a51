"""``searcher doctor``: what is wrong with the index, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from searcher.cli.command import command

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.cli.face import Face
    from searcher.ingest.doctor import Examination


@command("doctor")
@click.pass_obj
def doctor(face: Face) -> int:
    """Tell all that is wrong with the index, and what to do about each thing.

    $ searcher doctor
    $ searcher doctor --json

    The live generation is read through: each file against its checksum, the library, each text,
    the postings, and whether library and postings hold the same passages. Beside it are found
    what a killed run left and generations that nobody needs. Nothing is changed.

    Exit status 3 says that something is damaged, 1 that something is left over.
    """
    from searcher.cli.render.answer import wrapped
    from searcher.ingest.doctor import examine

    found = examine(face.settings.index, keep=face.settings.generations)
    if face.format == "json":
        face.json(shape(found))
    else:
        face.page(line for told in lines(found) for line in wrapped(told, face.style))
    return found.exit_status


def shape(found: Examination) -> dict[str, object]:
    """Return what was found as JSON."""
    return {
        "schema": "searcher/doctor/1",
        "generation": found.manifest.generation if found.manifest else None,
        "whole": not any(finding.is_damage for finding in found.findings),
        "findings": [
            {"problem": one.problem, "hint": one.hint, "damage": one.is_damage}
            for one in found.findings
        ],
    }


def lines(found: Examination) -> Iterator[str]:
    """Yield what was found in words: one line for each thing, or that all is well."""
    from searcher.cli.render.places import counted
    from searcher.cli.render.terminal import one_line

    for finding in found.findings:
        yield one_line(f"{finding.problem}: {finding.hint}")
    manifest = found.manifest
    if manifest and not any(finding.is_damage for finding in found.findings):
        held = f"{counted(manifest.reports, 'report')}, {counted(manifest.passages, 'passage')}"
        yield f"generation {manifest.generation} is whole: {held} were read through"
