"""A concept of a vocabulary as text, JSON and CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searcher.cli.render import table
from searcher.cli.render.terminal import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.cli.render.terminal import Style
    from searcher.vocabulary import Concept, Vocabularies

HEADER = ("id", "label", "also called")
CSV_HEADER = ("id", "label", "alternatives", "broader", "definition", "status", "sources")


def row(concept: Concept) -> tuple[object, ...]:
    """Return a concept as a row under ``HEADER``."""
    return concept.id, concept.label, concept.alternatives


def csv_row(concept: Concept) -> tuple[object, ...]:
    """Return a concept as a row under ``CSV_HEADER``."""
    return tuple(getattr(concept, name) for name in CSV_HEADER)


def lines(concept: Concept, vocabularies: Vocabularies, style: Style) -> Iterator[str]:
    """Yield what is known of a concept, and the concepts right below it."""
    vocabulary = vocabularies.of(concept.kind)
    yield style.bold(one_line(concept.label)) + style.dim(f"  ({concept.kind} {concept.id})")
    if concept.definition:
        yield one_line(concept.definition)
    yield ""
    narrower = [c.label for c in vocabulary.concepts if concept.id in c.broader]
    known = (
        ("also called", "; ".join(concept.alternatives)),
        ("broader", "; ".join(map(vocabulary.label, concept.broader))),
        ("narrower", "; ".join(narrower)),
        ("polarity", concept.polarity or ""),
        *concept.facts,
        ("status", concept.status),
        ("sources", " ".join(concept.sources)),
    )
    yield from table.facts(known, style)


def shape(concept: Concept) -> dict[str, object]:
    """Return a concept as JSON."""
    return {
        "kind": str(concept.kind),
        "id": concept.id,
        "label": concept.label,
        "alternatives": list(concept.alternatives),
        "broader": list(concept.broader),
        "definition": concept.definition,
        "polarity": str(concept.polarity) if concept.polarity else None,
        "status": str(concept.status),
        "sources": list(concept.sources),
        "facts": dict(concept.facts),
    }
