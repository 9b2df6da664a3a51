"""Small vocabularies and reports that the tests of the classifier share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searcher.document import BlockKind, Document, Section, SectionKind, Span
from searcher.extract.builder import DocumentBuilder
from searcher.vocabulary import (
    Acronym,
    Concept,
    ConceptKind,
    Polarity,
    Vocabularies,
    Vocabulary,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from searcher.vocabulary import Assignment

FILLER = "The team met on Monday and talked about the weather and the garden behind the office."

_THEME, _PROJECT, _OUTCOME = ConceptKind.THEME, ConceptKind.PROJECT, ConceptKind.OUTCOME

VOCABULARIES = Vocabularies(
    projects=Vocabulary(
        _PROJECT,
        (
            Concept(
                _PROJECT, "pause-r1", "Pause", facts=(("report_title", "Evaluation of Pause"),)
            ),
            Concept(_PROJECT, "no-wrong-door", "No Wrong Door", ("NWD",)),
        ),
    ),
    themes=Vocabulary(
        _THEME,
        (
            Concept(_THEME, "child-protection", "Child protection", ("CP", "safeguarding")),
            Concept(_THEME, "care-leavers", "Care leavers", ("PA",)),
            Concept(_THEME, "family-support", "Family support", ("SoS",)),
        ),
    ),
    outcomes=Vocabulary(
        _OUTCOME,
        (
            Concept(_OUTCOME, "cpp", "Child protection plans", polarity=Polarity.DOWN_GOOD),
            Concept(
                _OUTCOME,
                "attendance",
                "School attendance",
                polarity=Polarity.UP_GOOD,
                facts=(("opposite_labels", "persistent absence|truancy"),),
            ),
        ),
    ),
    designs=Vocabulary(
        ConceptKind.DESIGN,
        (Concept(ConceptKind.DESIGN, "rct", "Randomised controlled trial"),),
    ),
    acronyms=(
        Acronym("PA", _THEME, "care-leavers", ("personal adviser", "leaving care")),
        Acronym("PA", None, None, ("personal assistant", "Pennsylvania")),
        Acronym("Pause", _PROJECT, "pause-r1", ("Opcit", "Pause practice")),
    ),
)


def report(*blocks: tuple[BlockKind, str]) -> Document:
    """Return a report of one page that holds ``blocks``."""
    builder = DocumentBuilder()
    for kind, text in blocks:
        builder.add(kind, text, level=1 if kind is BlockKind.HEADING else None)
    return builder.build(media_type="text/plain", reader="test")


def section(document: Document, kind: SectionKind, heading: str) -> Section:
    """Return the section that starts at ``heading`` and goes on to the end."""
    return Section((heading,), 1, kind, Span(document.text.index(heading), len(document.text)), 1)


def ids(found: Iterable[Assignment]) -> set[str]:
    """Return the ids of the concepts that were assigned."""
    return {assignment.concept for assignment in found}
