"""One pass over a report: every mention of a concept, and all that speaks for a reading."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from searcher.classify.measured import sentences_that_measure
from searcher.classify.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from searcher.classify.finder import Pattern
    from searcher.classify.names import Name, Names, Token
    from searcher.classify.places import Line, Place
    from searcher.document import Span
    from searcher.vocabulary import ConceptKind


class Mention(NamedTuple):
    """A name in the text. Within one kind mentions do not overlap: the longest name is meant.

    ``measured`` tells whether its sentence gives a figure, a change or a comparison.
    """

    name: Name
    place: Place
    span: Span
    measured: bool


@dataclass(slots=True)
class Noted:
    """What a pass over a report found.

    ``evidence`` counts phrases that speak for a reading; ``spelled_out`` counts how often such a
    phrase is followed by the token in brackets; ``words`` counts the words of each place.
    """

    mentions: list[Mention] = field(default_factory=list)
    evidence: Counter[Pattern] = field(default_factory=Counter)
    spelled_out: Counter[tuple[Pattern, Token]] = field(default_factory=Counter)
    words: Counter[Place] = field(default_factory=Counter)


def note(text: str, lines: Iterable[Line], names: Names) -> Noted:
    """Return the mentions in ``lines``, which are parts of ``text``, and what speaks for them."""
    noted = Noted()
    for line in lines:
        found = Words(text, line.span)
        noted.words[line.place] += len(found)
        ends = _note_evidence(noted, found, names)
        named = tuple(_found(found, names))
        measures = sentences_that_measure(text, line.span) if named else ()
        for name, span, index in named:
            measured = any(sentence.holds(span) for sentence in measures)
            noted.mentions.append(Mention(name, line.place, span, measured))
            before = found.places[index - 1][1]
            if name.condition and "(" in text[before : span.start]:
                noted.spelled_out.update((pattern, name.condition) for pattern in ends[index])
    return noted


def _note_evidence(noted: Noted, line: Words, names: Names) -> dict[int, list[Pattern]]:
    """Count the evidence in ``line``; return it by the index of the word after it."""
    ends: defaultdict[int, list[Pattern]] = defaultdict(list)
    for index, size, pattern in names.evidence.find(line):
        noted.evidence[pattern] += 1
        ends[index + size].append(pattern)
    return ends


def _found(line: Words, names: Names) -> Iterator[tuple[Name, Span, int]]:
    """Yield the names in ``line``, each with its span and the index of its first word."""
    free: dict[ConceptKind, int] = {}
    for index, hits in groupby(names.names.find(line), key=itemgetter(0)):
        taken: dict[ConceptKind, int] = {}
        seen: set[Name] = set()
        for _, size, name in hits:
            if index < free.get(name.kind, 0) or taken.setdefault(name.kind, size) != size:
                continue
            if name not in seen:
                seen.add(name)
                yield name, line.span(index, size), index
        free.update((kind, index + size) for kind, size in taken.items())
