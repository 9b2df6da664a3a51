"""One pass over a report: every mention of a concept, and all that speaks for a reading."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from searcher.classify.measured import sentences_that_measure
from searcher.classify.words import is_shouted, words
from searcher.document import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from searcher.classify.finder import Pattern
    from searcher.classify.names import Name, Names, Token
    from searcher.classify.places import Line, Place
    from searcher.classify.words import Word
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
        found = words(line.span.of(text), line.span.start)
        noted.words[line.place] += len(found)
        ends = _note_evidence(noted, found, names)
        measures = sentences_that_measure(text, line.span)
        for name, span, index in _found(found, names):
            measured = any(sentence.holds(span) for sentence in measures)
            noted.mentions.append(Mention(name, line.place, span, measured))
            if name.condition and "(" in text[found[index - 1].end : span.start]:
                noted.spelled_out.update((pattern, name.condition) for pattern in ends[index])
    return noted


def _note_evidence(noted: Noted, line: Sequence[Word], names: Names) -> dict[int, list[Pattern]]:
    """Count the evidence in ``line``; return it by the index of the word after it."""
    ends: defaultdict[int, list[Pattern]] = defaultdict(list)
    for index in range(len(line)):
        for size, pattern in names.evidence.at(line, index):
            noted.evidence[pattern] += 1
            ends[index + size].append(pattern)
    return ends


def _found(line: Sequence[Word], names: Names) -> Iterator[tuple[Name, Span, int]]:
    """Yield the names in ``line``, each with its span and the index of its first word."""
    shouted = is_shouted(line)
    free: dict[ConceptKind, int] = {}
    for index in range(len(line)):
        taken: dict[ConceptKind, int] = {}
        seen: set[Name] = set()
        for size, name in names.names.at(line, index, shouted=shouted):
            if index < free.get(name.kind, 0) or taken.setdefault(name.kind, size) != size:
                continue
            if name not in seen:
                seen.add(name)
                yield name, Span(line[index].start, line[index + size - 1].end), index
        free.update((kind, index + size) for kind, size in taken.items())
