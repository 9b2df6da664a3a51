"""All names of all concepts, ready to be found in a text in one pass.

A name is a label of a concept, its opposite, or the title of a project's report. A token of
``acronyms.csv`` is, within a kind, a name of just the concepts it has rows for, and under a
condition: its reading must be believed.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from searcher.classify.finder import Finder, Pattern, label_pattern, token_pattern
from searcher.vocabulary import ConceptKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from searcher.vocabulary import Acronym, Concept, Vocabularies

Token = tuple[str, ...]
"""The forms of a token: however it is capitalised, its readings compete."""


class Name(NamedTuple):
    """A name found stands for ``concept`` if ``condition``, a token, is believed to mean it."""

    kind: ConceptKind
    concept: str
    condition: Token | None = None


class Reading(NamedTuple):
    """What a token may stand for (nothing of ours: ``None``), and what speaks for it."""

    kind: ConceptKind | None
    concept: str | None
    evidence: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """What to look for in a report, and how to read what is ambiguous."""

    names: Finder[Name]
    evidence: Finder[Pattern]
    readings: Mapping[Token, tuple[Reading, ...]]


@lru_cache(maxsize=4)
def names_of(vocabularies: Vocabularies) -> Names:
    """Return the names of everything that a report can be about."""
    readings = _readings(vocabularies.acronyms)
    ruled = {(token, reading.kind) for token, held in readings.items() for reading in held}
    names = list(_tokens(vocabularies.acronyms))
    for kind in ConceptKind:
        for concept in vocabularies.of(kind).concepts:
            labels = map(label_pattern, _labels(concept))
            free = (pattern for pattern in labels if (pattern.forms, kind) not in ruled)
            names += [(pattern, Name(kind, concept.id)) for pattern in free]
            names += _title(concept, readings)
    evidence = {pattern for held in readings.values() for r in held for pattern in r.evidence}
    return Names(
        names=Finder(dict.fromkeys(names)),
        evidence=Finder((pattern, pattern) for pattern in sorted(evidence)),
        readings=readings,
    )


def _readings(acronyms: Iterable[Acronym]) -> dict[Token, tuple[Reading, ...]]:
    readings: defaultdict[Token, list[Reading]] = defaultdict(list)
    for acronym in acronyms:
        evidence = tuple(map(label_pattern, acronym.evidence))
        reading = Reading(acronym.kind, acronym.concept, evidence)
        readings[token_pattern(acronym.token).forms].append(reading)
    return {token: tuple(held) for token, held in readings.items()}


def _tokens(acronyms: Iterable[Acronym]) -> Iterator[tuple[Pattern, Name]]:
    for acronym in acronyms:
        if acronym.kind is not None and acronym.concept is not None:
            pattern = token_pattern(acronym.token)
            yield pattern, Name(acronym.kind, acronym.concept, pattern.forms)


def _labels(concept: Concept) -> Iterator[str]:
    yield from concept.labels
    yield from dict(concept.facts).get("opposite_labels", "").split("|")


def _title(
    concept: Concept, readings: Mapping[Token, tuple[Reading, ...]]
) -> Iterator[tuple[Pattern, Name]]:
    """Yield the title of the project's report; an ambiguous token in it stays ambiguous."""
    title = label_pattern(dict(concept.facts).get("report_title", ""))
    if concept.kind is not ConceptKind.PROJECT or not title.forms:
        return
    tokens = [
        token
        for token, held in readings.items()
        if any((r.kind, r.concept) == (concept.kind, concept.id) for r in held)
        and _contains(title.forms, token)
    ]
    condition = max(tokens, key=lambda token: (len(token), token), default=None)
    yield title, Name(concept.kind, concept.id, condition)


def _contains(phrase: Token, part: Token) -> bool:
    return any(phrase[i : i + len(part)] == part for i in range(len(phrase) - len(part) + 1))
