"""Clauses over plain dictionaries: of blocks for bounds, of the passages of some for scores.

Where a clause holds is a dictionary of units with their scores, 0 where none scores.
"""

from __future__ import annotations

from functools import cached_property
from itertools import accumulate, chain, pairwise, repeat
from operator import add
from typing import TYPE_CHECKING

from searcher.index.whoosh.fields import REPORT_FIELDS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from searcher.index.whoosh.kernel.plain import PlainSurvey
    from searcher.index.whoosh.kernel.plain_term import PlainTerm, Record

Scores = dict[int, float]


class Combined:
    """How clauses go together where they hold in dictionaries."""

    def all_of(self, parts: Iterable[Scores]) -> Scores:
        """Return where all parts hold."""
        first, *others = sorted(parts, key=len)
        common = [unit for unit in first if all(unit in part for part in others)]
        return {unit: sum(part[unit] for part in (first, *others)) for unit in common}

    def any_of(self, parts: Iterable[Scores]) -> Scores:
        """Return where a part holds."""
        found: Scores = {}
        for part in parts:
            if not found:
                found = dict(part)
                continue
            for unit, score in part.items():
                found[unit] = found.get(unit, 0.0) + score
        return found


class Bounds(Combined):
    """The blocks where a clause may hold, with what a passage of them scores at most."""

    def __init__(self, survey: PlainSurvey) -> None:
        self._survey = survey
        self._frame = survey.frame

    def scoring(self, term: int, form: int | None = None) -> Scores:
        """Return the blocks that hold a term, with more where they hold its form."""
        return self._survey.together(lambda surveyed: surveyed.upper, term, form)

    def run(self, terms: tuple[int, ...]) -> Scores:
        """Return the blocks that hold all terms."""
        return self.all_of([self.scoring(term) for term in terms])

    def holding(self, field: str, value: bytes) -> Scores:
        """Return the blocks of the reports that have a value."""
        return self._of_reports(self._frame.part.with_value(field, value))

    def between(self, field: str, low: int, high: int) -> Scores:
        """Return the blocks where a number may lie between two ends."""
        if field not in REPORT_FIELDS:
            return dict.fromkeys(self._frame.live_blocks(), 0.0)
        return self._of_reports(self._frame.part.between(field, low, high))

    def without(self, _: Scores) -> Scores:
        """Return every block: a clause may fail to hold in any."""
        return dict.fromkeys(self._frame.live_blocks(), 0.0)

    def _of_reports(self, reports: Iterable[int]) -> Scores:
        blocks = chain.from_iterable(map(self._frame.blocks_of, reports))
        return dict.fromkeys(blocks, 0.0)


class Passages(Combined):
    """The passages of some blocks where a clause holds, with their scores."""

    def __init__(self, survey: PlainSurvey, blocks: Iterable[int]) -> None:
        self._survey = survey
        self._frame = survey.frame
        self._blocks = frozenset(blocks)

    def scoring(self, term: int, form: int | None = None) -> Scores:
        """Return the passages that hold a term, with more where they hold its form."""
        return self._survey.together(self._frequencies, term, form)

    def run(self, terms: tuple[int, ...]) -> Scores:
        """Return the passages where terms stand one after another."""
        found = self.all_of([self.scoring(term) for term in terms])
        texts = [self._survey.plan.terms[term] for term in terms]
        standing: set[int] = set()
        for field in texts[0].fields:
            if field in REPORT_FIELDS:
                reports = self._frame.part.side_by_side(field, [text.text for text in texts])
                blocks = chain.from_iterable(map(self._frame.blocks_of, reports))
                standing.update(self._frame.passages_of(self._blocks.intersection(blocks)))
            else:
                standing.update(self._in_order(field, terms, found))
        return {passage: score for passage, score in found.items() if passage in standing}

    def holding(self, field: str, value: bytes) -> Scores:
        """Return the passages of the reports that have a value."""
        return self._of_reports(self._frame.part.with_value(field, value))

    def between(self, field: str, low: int, high: int) -> Scores:
        """Return the passages where a number lies between two ends."""
        if field in REPORT_FIELDS:
            return self._of_reports(self._frame.part.between(field, low, high))
        numbers = self._frame.segment.numbers[field]
        passages = self._frame.passages_of(self._blocks)
        return {passage: 0.0 for passage in passages if low <= numbers[passage] <= high}

    def without(self, part: Scores) -> Scores:
        """Return the passages that are not in ``part``."""
        passages = self._frame.passages_of(self._blocks)
        return {passage: 0.0 for passage in passages if passage not in part}

    def _of_reports(self, reports: Iterable[int]) -> Scores:
        blocks = chain.from_iterable(map(self._frame.blocks_of, reports))
        return dict.fromkeys(self._frame.passages_of(self._blocks.intersection(blocks)), 0.0)

    def _frequencies(self, term: PlainTerm) -> Scores:
        """Return the normalised weighted frequency of a term by passage."""
        found: Scores = {}
        owners, firsts = self._frame.segment.block_reports, self._frame.segment.block_firsts
        if term.base:
            for block in self._blocks:
                rate = term.base.get(owners[block])
                if rate is not None:
                    found.update(dict.fromkeys(range(firsts[block], firsts[block + 1]), rate))
        for record in term.records:
            table = self._frame.rates(record.field)
            codes = self._frame.segment.lengths[record.field]
            for passages, frequencies, _ in self._opened(record):
                for passage, frequency in zip(passages, frequencies, strict=True):
                    rate = frequency * table[codes[passage]]
                    found[passage] = found.get(passage, 0.0) + rate
        return found

    def _opened(self, record: Record) -> Iterator[tuple[list[int], Sequence[int], int]]:
        """Yield of each block the passages that hold a term, how often, and where places begin."""
        firsts, postings, chosen = self._frame.segment.block_firsts, record.postings, self._blocks
        place = occurrence = 0
        totals = postings.totals or record.held
        for block, held, total in zip(record.blocks, record.held, totals, strict=True):
            if block in chosen:
                first = firsts[block]
                passages = [first + local for local in postings.locals_of(place, held)]
                yield passages, postings.frequencies_of(place, held), occurrence
            place += held
            occurrence += total

    def _in_order(self, field: str, terms: Sequence[int], wanted: Collection[int]) -> Iterable[int]:
        """Return those of the passages ``wanted`` that hold terms of a field one after another."""
        starts: dict[int, set[int]] = {}
        for offset, term in enumerate(terms):
            records = [r for r in self._survey.terms[term].records if r.field == field]
            here: dict[int, set[int]] = {}
            for record in records:
                for passage, positions in self._positions(record, wanted):
                    here[passage] = {position - offset for position in positions}
            common = here if offset == 0 else here.keys() & starts.keys()
            starts = {p: here[p] & starts.get(p, here[p]) for p in common}
            wanted = starts = {passage: left for passage, left in starts.items() if left}
        return starts

    def _positions(
        self, record: Record, wanted: Collection[int]
    ) -> Iterator[tuple[int, Iterable[int]]]:
        """Yield the positions of a term in each of the passages ``wanted``."""
        places = record.postings.positions()
        for passages, frequencies, occurrence in self._opened(record):
            ends = accumulate(frequencies, initial=occurrence)
            for passage, (start, end) in zip(passages, pairwise(ends), strict=True):
                if passage in wanted:
                    yield passage, accumulate(places[start:end])


class Matching:
    """The passages of a segment where a clause holds, without their scores."""

    def __init__(self, survey: PlainSurvey, blocks: Iterable[int]) -> None:
        self._survey = survey
        self._frame = survey.frame
        self._blocks = blocks

    @cached_property
    def _scored(self) -> Passages:
        return Passages(self._survey, self._blocks)

    def scoring(self, term: int, _: int | None) -> set[int]:
        """Return the passages that hold a term."""
        surveyed, part = self._survey.terms[term], self._frame.part
        firsts = self._frame.segment.block_firsts.__getitem__
        found: set[int] = set()
        for record in surveyed.records:
            held = map(repeat, map(firsts, record.blocks), record.held)
            numbers = record.postings.locals_of(0, record.postings.count)
            found.update(map(add, chain.from_iterable(held), numbers))
        if part.removed:
            owners = self._frame.segment.owners
            found = {passage for passage in found if owners[passage] not in part.removed}
        for report in surveyed.base:
            found.update(self._frame.passages_of(self._frame.blocks_of(report)))
        return found

    def run(self, terms: tuple[int, ...]) -> set[int]:
        """Return the passages where terms stand one after another."""
        return set(self._scored.run(terms))

    def holding(self, field: str, value: bytes) -> set[int]:
        """Return the passages of the reports that have a value."""
        return set(self._scored.holding(field, value))

    def between(self, field: str, low: int, high: int) -> set[int]:
        """Return the passages where a number lies between two ends."""
        return set(self._scored.between(field, low, high))

    def all_of(self, parts: Iterable[set[int]]) -> set[int]:
        """Return where all parts hold."""
        return set.intersection(*sorted(parts, key=len))

    def any_of(self, parts: Iterable[set[int]]) -> set[int]:
        """Return where a part holds."""
        return set().union(*parts)

    def without(self, part: set[int]) -> set[int]:
        """Return the passages that are not in ``part``."""
        return set(self._frame.passages_of(self._blocks)) - part
