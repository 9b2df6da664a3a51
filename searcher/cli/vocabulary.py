"""``searcher vocabulary``: the concepts that reports are described with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from searcher.cli.command import Group, check, command, refuse_nothing
from searcher.cli.options import common
from searcher.cli.settings import unknown
from searcher.errors import NothingToReadError
from searcher.vocabulary import ConceptKind, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searcher.cli.face import Face
    from searcher.vocabulary import Concept, Level, Vocabularies, Vocabulary

FOLDER = "vocabulary"
KINDS = tuple(f"{kind}s" for kind in ConceptKind)
SCALES = "scales"


@click.group("vocabulary", cls=Group)
def vocabulary() -> None:
    """List, show and check the vocabularies in the corpus.

    $ searcher vocabulary list themes
    $ searcher vocabulary show outcomes placement-stability
    $ searcher vocabulary check
    """


@command("list", formats=("text", "json", "jsonl", "csv"))
@click.argument("kind", metavar="KIND")
@click.pass_obj
def list_concepts(face: Face, *, kind: str) -> None:
    """List the concepts of KIND: projects, themes, outcomes, designs or scales (of evidence).

    $ searcher vocabulary list themes
    $ searcher vocabulary list scales

    What is only recalled and not checked is left out and counted; JSON and CSV hold it with its
    status.
    """
    from searcher.cli.render import concept as render
    from searcher.cli.render import table

    if kind in {SCALES, "scale"}:
        list_levels(read(face).scales, face)
        return
    concepts = of_kind(read(face), kind, more=(SCALES,)).concepts
    if face.format == "json":
        face.json([render.shape(concept) for concept in concepts])
    elif face.format == "jsonl":
        face.json_lines(map(render.shape, concepts))
    elif face.format == "csv":
        face.csv(render.CSV_HEADER, map(render.csv_row, concepts))
    else:
        known = [concept for concept in concepts if concept.status is not Status.RECALLED]
        face.page(table.lines(render.HEADER, map(render.row, known), face.style))
        left_out(len(concepts) - len(known), face)


def list_levels(levels: Sequence[Level], face: Face) -> None:
    """Print the levels of the scales of evidence."""
    from searcher.cli.render import level as render
    from searcher.cli.render import table

    if face.format == "json":
        face.json([render.shape(level) for level in levels])
    elif face.format == "jsonl":
        face.json_lines(map(render.shape, levels))
    elif face.format == "csv":
        face.csv(render.CSV_HEADER, map(render.csv_row, levels))
    else:
        known = [level for level in levels if level.status is not Status.RECALLED]
        face.page(table.lines(render.HEADER, map(render.row, known), face.style))
        left_out(len(levels) - len(known), face)


def left_out(number: int, face: Face) -> None:
    """Say how many rows are not shown as they are not facts."""
    if number:
        rows = "row is" if number == 1 else "rows are"
        face.say(f"{number:,} {rows} recalled and not checked: left out here, with --json not")


@command("show")
@click.argument("kind", metavar="KIND")
@click.argument("name", metavar="ID")
@click.pass_obj
def show_concept(face: Face, *, kind: str, name: str) -> None:
    """Print what is known of the concept ID of KIND.

    $ searcher vocabulary show projects no-wrong-door
    """
    from searcher.cli.render import concept as render

    vocabularies = read(face)
    found = concept_of(of_kind(vocabularies, kind), name)
    if face.format == "json":
        face.json(render.shape(found))
    else:
        face.page(render.lines(found, vocabularies, face.style))


@command("check")
@click.pass_obj
def check_vocabularies(face: Face) -> None:
    """Check every table of the vocabulary.

    $ searcher vocabulary check

    A mistake is shown with its line and column, and is exit status 1; so is no vocabulary.
    """
    folder = face.settings.corpus / FOLDER
    hint = "--corpus names the folder that holds it"
    refuse_nothing(folder, hint=hint)
    with check():
        found = read(face)
    if not found.fingerprint:
        msg = f"{folder}: holds no table of a vocabulary"
        raise NothingToReadError(msg, hint=hint)
    counts = {
        **{kind: len(of_kind(found, kind).concepts) for kind in KINDS},
        "acronyms": len(found.acronyms),
        "scales": len(found.scales),
    }
    if face.format == "json":
        face.json(counts)
    else:
        face.say(
            ", ".join(f"{number:,} {name}" for name, number in counts.items()) + ": no mistake"
        )


def read(face: Face) -> Vocabularies:
    """Return the vocabularies of the corpus."""
    from searcher.corpus.vocabulary import read_vocabularies

    return read_vocabularies(face.settings.corpus / FOLDER)


def of_kind(vocabularies: Vocabularies, kind: str, *, more: Sequence[str] = ()) -> Vocabulary:
    """Return the vocabulary of ``kind``, which may be singular; ``more`` kinds are known too.

    Raises:
        UnknownNameError: there is no such kind.
    """
    plural = kind if kind.endswith("s") else kind + "s"
    if plural not in KINDS:
        raise unknown(kind, kind="vocabulary", known=(*KINDS, *more))
    return vocabularies.of(ConceptKind(plural.removesuffix("s")))


def concept_of(where: Vocabulary, name: str) -> Concept:
    """Return the concept with this id or label.

    Raises:
        UnknownNameError: there is none.
    """
    from searcher.errors import UnknownNameError

    found = where.find(name)
    if found is None:
        hint = f"searcher vocabulary list {where.kind}s lists them"
        raise UnknownNameError(where.kind, name, near=where.near(name), hint=hint)
    return found


for made in (list_concepts, show_concept, check_vocabularies):
    vocabulary.add_command(made)
vocabulary.params.extend(common())
