"""What each word of a query adds to the scores of some passages: a score, term by term."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING

from searcher.index.whoosh.bm25f import K1, SHARE
from searcher.index.whoosh.fields import EXACT
from searcher.index.whoosh.kernel.plain_stages import Passages
from searcher.index.whoosh.kernel.walk import walk
from searcher.results.answer import ScorePart

if TYPE_CHECKING:
    from collections.abc import Iterable

    from searcher.index.whoosh.kernel.plain import PlainSurvey
    from searcher.index.whoosh.kernel.plan import Term

Parts = dict[int, tuple[ScorePart, ...]]
"""What is added to the score of each passage where a clause holds."""


def parts_of(survey: PlainSurvey, passages: Iterable[int]) -> Parts:
    """Return what adds up to the score of each of ``passages``, which match."""
    wanted = list(passages)
    segment = survey.frame.segment
    blocks = {bisect_right(segment.block_firsts, passage) - 1 for passage in wanted}
    stage = _Explained(survey, Passages(survey, blocks))
    found = walk(survey.plan.root, stage)
    return {
        passage: _summed([*found[passage], *stage.evidence(segment.owners[passage])])
        for passage in wanted
    }


class _Explained:
    """The passages of some blocks where a clause holds, with what it adds there."""

    def __init__(self, survey: PlainSurvey, passages: Passages) -> None:
        self._survey = survey
        self._passages = passages
        self._forms: dict[int, list[str]] = {}
        for form, term in survey.plan.stems.items():
            self._forms.setdefault(term, []).append(_written(survey.plan.terms[form]))

    def evidence(self, report: int) -> list[ScorePart]:
        """Return what the report adds to each of its passages."""
        survey, found = self._survey, list[ScorePart]()
        for number, (term, uses) in enumerate(zip(survey.terms, survey.plan.uses, strict=True)):
            frequency = term.reports.get(report, 0.0) if uses else 0.0
            if frequency:
                score = uses * survey.gains[number].report * frequency / (K1 + frequency)
                found.append(ScorePart(self._word(number), 0.0, 0.0, SHARE * score))
        return found

    def scoring(self, term: int, form: int | None = None) -> Parts:
        """Return where a term stands, told apart from what its form adds."""
        alone, both = self._passages.scoring(term), self._passages.scoring(term, form)
        word = self._word(term)
        return {
            passage: (ScorePart(word, alone[passage], score - alone[passage], 0.0),)
            for passage, score in both.items()
        }

    def run(self, terms: tuple[int, ...]) -> Parts:
        """Return where terms stand one after another: each adds its part."""
        standing = self._passages.run(terms)
        found = self.all_of([self.scoring(term) for term in terms])
        return {passage: found[passage] for passage in standing}

    def holding(self, field: str, value: bytes) -> Parts:
        """Return where the record has a value, which adds nothing."""
        return dict.fromkeys(self._passages.holding(field, value), ())

    def between(self, field: str, low: int, high: int) -> Parts:
        """Return where a number lies between two ends, which adds nothing."""
        return dict.fromkeys(self._passages.between(field, low, high), ())

    def all_of(self, parts: Iterable[Parts]) -> Parts:
        """Return where all parts hold."""
        first, *others = parts
        return {
            passage: sum((part[passage] for part in others), start=own)
            for passage, own in first.items()
            if all(passage in part for part in others)
        }

    def any_of(self, parts: Iterable[Parts]) -> Parts:
        """Return where a part holds."""
        found: Parts = {}
        for part in parts:
            for passage, own in part.items():
                found[passage] = (*found.get(passage, ()), *own)
        return found

    def without(self, part: Parts) -> Parts:
        """Return where the part does not hold, which adds nothing."""
        return dict.fromkeys(self._passages.without(dict.fromkeys(part, 0.0)), ())

    def _word(self, term: int) -> str:
        """Return a term as it was asked for: a stem by the words that have it."""
        return " / ".join(self._forms.get(term, ())) or _written(self._survey.plan.terms[term])


def _written(term: Term) -> str:
    word = term.text.decode("utf-8").removeprefix(EXACT)
    field = f"{term.fields[0]}:" if len(term.fields) == 1 else ""
    return f"{field}{word}{'*' if term.is_start else ''}"


def _summed(parts: Iterable[ScorePart]) -> tuple[ScorePart, ...]:
    """Return ``parts`` with those of one word made one."""
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for word, *scores in parts:
        sums[word] = [old + new for old, new in zip(sums[word], scores, strict=True)]
    return tuple(ScorePart(word, *scores) for word, scores in sums.items())
