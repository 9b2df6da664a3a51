"""From mentions to assignments: what a report is about, how surely, and where it says so.

The score of a concept joins the places of a report as independent witnesses:

    score   = 1 - product over places of (1 - most * n / (n + half * stretch))
    stretch = 1/4 + 3/4 * words of the place / usual words of the place

``n`` is the number of mentions in the place; ``most`` is what the place can say at most; ``half``
is how many mentions say half of that in a place of usual length. So mentions saturate: the
fifth says less than the first. The stretch is BM25's length normalisation with b = 3/4
(Robertson and Zaragoza, Foundations and Trends in Information Retrieval 3(4), 2009); a title's
is 1.

The weights follow from what must suffice and what must not. Outcomes were first weighed like
themes, by prevalence; on real inspections that found next to none, which is why they have a rule
of their own. A measurement on those same inspections is therefore no proof of that rule.

- A title says it all at once.
- A theme or a design takes prevalence: no other place says it alone unless it is full of it, as
  a body of 10,000 words is with 20 mentions and a summary of 1,000 with 10.
- A project is named in reports on others: elsewhere than in a title it takes several headings and
  a body, or a body that names it 75 times in 10,000 words, and no less in a short report (the
  stretch is never below 1).
- An outcome takes results, and these take as many sentences in a long report as in a short one
  (the stretch is 1): one in the summary, two in the body, or one under a heading of its own. Only
  sentences that measure something count, and headings.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from searcher.classify.belief import is_believed
from searcher.classify.mentions import note
from searcher.classify.names import names_of
from searcher.classify.places import Place, lines
from searcher.document import Source
from searcher.vocabulary import Assignment, ConceptKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from searcher.classify.mentions import Mention, Noted
    from searcher.document import Document, Section, Span
    from searcher.vocabulary import Vocabularies

ASSIGN_AT = 0.5
"""A concept is assigned from this score on: as likely as not that the report is about it."""


class _Spot(NamedTuple):
    """Where a concept is mentioned, in a place its kind knows."""

    place: Place
    span: Span


class Weight(NamedTuple):
    """What a place can say at most (0..1), and how many mentions say half of that."""

    most: float
    half: float


USUAL_WORDS = {Place.HEADING: 300, Place.SUMMARY: 1_000, Place.METHOD: 1_500, Place.BODY: 10_000}
_SUBJECT = {
    Place.TITLE: Weight(0.9, 0.0),
    Place.HEADING: Weight(0.6, 1.0),
    Place.SUMMARY: Weight(0.6, 2.0),
    Place.BODY: Weight(0.6, 4.0),
}
WEIGHTS: Mapping[ConceptKind, Mapping[Place, Weight]] = {
    ConceptKind.THEME: _SUBJECT,
    ConceptKind.OUTCOME: {
        Place.TITLE: Weight(0.9, 0.0),
        Place.HEADING: Weight(0.8, 1.0),
        Place.SUMMARY: Weight(0.8, 0.5),
        Place.BODY: Weight(0.8, 1.0),
    },
    ConceptKind.DESIGN: {**_SUBJECT, Place.METHOD: Weight(0.6, 2.0)},
    ConceptKind.PROJECT: {
        Place.TITLE: Weight(0.9, 0.0),
        Place.HEADING: Weight(0.6, 2.0),
        Place.SUMMARY: Weight(0.6, 6.0),
        Place.BODY: Weight(0.6, 15.0),
    },
}


def classify(
    document: Document, vocabularies: Vocabularies, sections: Sequence[Section] = ()
) -> tuple[Assignment, ...]:
    """Return the concepts ``document`` is about, by kind, the surest first, then by id.

    ``sections`` are those of ``document``: without them no part of it is known to be a summary,
    or a list of references, whose mentions would not count. Every span lies in the text and
    holds a name of its concept; it is the first in the weightiest place.
    """
    names = names_of(vocabularies)
    noted = note(document.text, lines(document, sections), names)
    believed = {
        name for name in {m.name for m in noted.mentions} if is_believed(name, noted, names)
    }
    by_concept: defaultdict[tuple[ConceptKind, str], set[_Spot]] = defaultdict(set)
    for mention in noted.mentions:
        name = mention.name
        if name in believed and _says_something(mention):
            place = mention.place if mention.place in WEIGHTS[name.kind] else Place.BODY
            by_concept[name.kind, name.concept].add(_Spot(place, mention.span))
    found = []
    for (kind, concept), spots in by_concept.items():
        score = _score(kind, spots, noted)
        if score >= ASSIGN_AT:
            best = min(spots, key=lambda spot: (-spot.place, spot.span))
            found.append(Assignment(kind, concept, score, Source.CLASSIFIED, best.span))
    kinds = list(ConceptKind)
    return tuple(sorted(found, key=lambda a: (kinds.index(a.kind), -a.score, a.concept)))


def _says_something(mention: Mention) -> bool:
    """Tell whether a mention counts: an outcome is only reported where it is measured."""
    is_outcome = mention.name.kind is ConceptKind.OUTCOME
    return mention.measured or not is_outcome or mention.place >= Place.HEADING


def _score(kind: ConceptKind, spots: Iterable[_Spot], noted: Noted) -> float:
    """Return how surely the report is about a concept of ``kind``, 0..1."""
    unsaid = 1.0
    for place, count in sorted(Counter(spot.place for spot in spots).items()):
        most, half = WEIGHTS[kind][place]
        unsaid *= 1 - most * count / (count + half * _stretch(kind, place, noted))
    return 1 - unsaid


def _stretch(kind: ConceptKind, place: Place, noted: Noted) -> float:
    if kind is ConceptKind.OUTCOME or place is Place.TITLE:
        return 1.0
    length = noted.words[place]
    if place is Place.BODY and Place.METHOD not in WEIGHTS[kind]:
        length += noted.words[Place.METHOD]
    stretch = 0.25 + 0.75 * length / USUAL_WORDS[place]
    return max(1.0, stretch) if kind is ConceptKind.PROJECT else stretch
