"""The vocabularies on disk: a table for each kind of concept, for abbreviations and for scales.

Every mistake in ``corpus/vocabulary/`` is shown with its file, line and column.
"""

from __future__ import annotations

import hashlib
import re
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from searcher.corpus.table import Row, Table
from searcher.errors import VocabularyError
from searcher.vocabulary import (
    Acronym,
    Concept,
    ConceptKind,
    Level,
    Polarity,
    Status,
    Vocabularies,
    Vocabulary,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

Choice = TypeVar("Choice", bound=StrEnum)

VOCABULARY = "vocabulary"
"""The folder of the tables, below the corpus folder."""

COMMON = ("id", "preferred_label", "alternative_labels", "broader", "definition")
LAST = ("source", "status")
COLUMNS = {
    "projects.csv": (*COMMON, "themes", *LAST),
    "themes.csv": (*COMMON, *LAST),
    "outcomes.csv": (*COMMON, "polarity", *LAST),
    "designs.csv": (*COMMON, *LAST),
    "scales.csv": (*COMMON, "scale", "level", "rank", *LAST),
    "acronyms.csv": ("token", "kind", "concept", "evidence", "note", *LAST),
}
KINDS = {
    ConceptKind.PROJECT: "projects.csv",
    ConceptKind.THEME: "themes.csv",
    ConceptKind.OUTCOME: "outcomes.csv",
    ConceptKind.DESIGN: "designs.csv",
}
_ID = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_OWN = frozenset({*COMMON, "polarity", *LAST})
_ID_HINT = "an id is lower-case letters and digits, joined by single hyphens"


def read_vocabularies(folder: Path) -> Vocabularies:
    """Return what the tables of ``folder`` hold; what is missing, the folder even, is empty.

    Raises:
        VocabularyError: a table cannot be read, lacks a column, has a broken row, an id twice, a
            concept that is not there, a circle of broader concepts, or an unknown word.
    """
    data = {name: _bytes(folder / name) for name in COLUMNS}
    rows = {
        name: Table(folder / name, COLUMNS[name], VocabularyError).rows(held)
        for name, held in data.items()
        if held is not None
    }
    vocabularies = {kind: _vocabulary(kind, rows.get(name, ())) for kind, name in KINDS.items()}
    if "themes.csv" in rows:
        _check_themes(rows.get("projects.csv", ()), vocabularies[ConceptKind.THEME])
    return Vocabularies(
        projects=vocabularies[ConceptKind.PROJECT],
        themes=vocabularies[ConceptKind.THEME],
        outcomes=vocabularies[ConceptKind.OUTCOME],
        designs=vocabularies[ConceptKind.DESIGN],
        acronyms=_acronyms(rows.get("acronyms.csv", ()), vocabularies),
        scales=_scales(rows.get("scales.csv", ())),
        fingerprint=_fingerprint(data) if rows else "",
    )


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as exc:
        raise VocabularyError(path, f"cannot be read: {exc.strerror}") from exc


def _fingerprint(data: Mapping[str, bytes | None]) -> str:
    digest = hashlib.sha256()
    for name, held in sorted(data.items()):
        if held is not None:
            digest.update(f"{name}\0{len(held)}\0".encode())
            digest.update(held)
    return digest.hexdigest()


def _vocabulary(kind: ConceptKind, rows: Sequence[Row]) -> Vocabulary:
    lines = _lines_by_id(rows)
    concepts = tuple(_concept(kind, row) for row in rows)
    for row in rows:
        for wider in row.many("broader"):
            if wider not in lines:
                row.refuse("broader", f"{wider!r} is no id of this file")
    _check_circles(rows)
    return Vocabulary(kind, concepts)


def _lines_by_id(rows: Iterable[Row]) -> dict[str, int]:
    """Return the line of each id, having checked that each is one and is there once."""
    lines: dict[str, int] = {}
    for row in rows:
        name = row.one("id")
        if not _ID.fullmatch(name) or name != name.lower():
            row.refuse("id", f"{name!r} is no id", hint=_ID_HINT)
        if name in lines:
            row.refuse("id", f"{name!r} is on line {lines[name]} already")
        if not row.one("preferred_label"):
            row.refuse("preferred_label", "the cell is blank")
        lines[name] = row.line
    return lines


def _check_circles(rows: Iterable[Row]) -> None:
    """Refuse a concept that is broader than itself, however many steps it takes."""
    broader = {row.one("id"): row.many("broader") for row in rows}
    for row in rows:
        above: set[str] = set()
        waiting = list(broader[row.one("id")])
        while waiting:
            wider = waiting.pop()
            if wider == row.one("id"):
                row.refuse("broader", f"{wider!r} is broader than itself")
            if wider not in above:
                above.add(wider)
                waiting.extend(broader[wider])


def _concept(kind: ConceptKind, row: Row) -> Concept:
    polarity = None
    if kind is ConceptKind.OUTCOME:
        polarity = _choice(row, "polarity", Polarity)
    return Concept(
        kind=kind,
        id=row.one("id"),
        label=row.one("preferred_label"),
        alternatives=row.many("alternative_labels"),
        broader=row.many("broader"),
        definition=row.one("definition"),
        polarity=polarity,
        status=_choice(row, "status", Status),
        sources=row.many("source"),
        facts=tuple((name, cell) for name, cell in row.cells.items() if name not in _OWN and cell),
    )


def _check_themes(projects: Iterable[Row], themes: Vocabulary) -> None:
    known = {concept.id for concept in themes.concepts}
    for row in projects:
        for theme in row.many("themes"):
            if theme not in known:
                row.refuse("themes", f"{theme!r} is no id of themes.csv")


def _choice(row: Row, column: str, choices: type[Choice]) -> Choice:
    word = row.one(column)
    if word not in list(choices):
        row.refuse(column, f"{word!r} is not known", hint="it is one of " + ", ".join(choices))
    return choices(word)


def _acronyms(
    rows: Iterable[Row], vocabularies: Mapping[ConceptKind, Vocabulary]
) -> tuple[Acronym, ...]:
    lines: dict[tuple[str, str, str], int] = {}
    acronyms = []
    for row in rows:
        acronym = _acronym(row, vocabularies)
        reading = (acronym.token, row.one("kind"), row.one("concept"))
        if acronym.concept and reading in lines:
            row.refuse("token", f"this reading is on line {lines[reading]} already")
        lines[reading] = row.line
        acronyms.append(acronym)
    return tuple(acronyms)


def _acronym(row: Row, vocabularies: Mapping[ConceptKind, Vocabulary]) -> Acronym:
    token, name, evidence = row.one("token"), row.one("concept"), row.many("evidence")
    _choice(row, "status", Status)
    if not token:
        row.refuse("token", "the cell is blank")
    if not row.one("kind") and not name:
        return Acronym(token, None, None, evidence, row.one("note"))
    kind = _choice(row, "kind", ConceptKind)
    if name not in {concept.id for concept in vocabularies[kind].concepts}:
        row.refuse("concept", f"{name!r} is no id of {KINDS[kind]}")
    if not evidence:
        hint = "give a word that must stand in the same report, or make the token a label"
        row.refuse("evidence", "the cell is blank", hint=hint)
    return Acronym(token, kind, name, evidence, row.one("note"))


def _scales(rows: Sequence[Row]) -> tuple[Level, ...]:
    _lines_by_id(rows)
    for row in rows:
        if not row.one("scale"):
            row.refuse("scale", "the cell is blank")
    return tuple(
        Level(
            id=row.one("id"),
            scale=row.one("scale"),
            level=row.one("level"),
            rank=row.one("rank"),
            label=row.one("preferred_label"),
            definition=row.one("definition"),
            status=_choice(row, "status", Status),
            sources=row.many("source"),
        )
        for row in rows
    )
