"""A query answered: parsed, made ready, matched, ranked, and told with its coverage."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby, islice
from operator import attrgetter
from typing import TYPE_CHECKING

from searcher.query.format import format_query
from searcher.query.parse import parse, plain
from searcher.query.tree import Or, Query, Range, Value
from searcher.results.answer import Asked, Hit, Results, Totals
from searcher.search.facets import count_facets, project_count
from searcher.search.prepare import prepare, relaxed, with_filters
from searcher.search.rank import Ranked, rank
from searcher.search.snippet import snippet, wanted
from searcher.search.suggest import suggestion
from searcher.search.values import Values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from searcher.index.snapshot import Snapshot
    from searcher.results.report import PassageRef


@dataclass(frozen=True, slots=True)
class SearchOptions:
    """How to answer.

    ``filters`` are (field, values): any of a field's values is enough, every field is a demand.
    ``per_report`` bounds the hits shown from one report, 0 is no bound. ``plain_words`` takes
    the query as words without operators; with ``any_word`` any of them is enough from the start.
    """

    limit: int = 10
    offset: int = 0
    per_report: int = 3
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    year: tuple[int | None, int | None] | None = None
    facets: tuple[str, ...] = ()
    plain_words: bool = False
    any_word: bool = False


DEFAULTS = SearchOptions()


@dataclass(frozen=True, slots=True)
class Answer:
    """All passages that match, best first, and what was in fact asked of the index."""

    query: Query
    parsed: Query
    any_word: bool
    ranked: tuple[Ranked, ...]


def search(snapshot: Snapshot, text: str, options: SearchOptions = DEFAULTS) -> Results:
    """Return the answer of ``snapshot`` to the query ``text``.

    Raises:
        QueryError: the query does not parse.
        UnknownNameError: a filter or a field of the query names what is not known.
        DamagedIndexError: a part of the index cannot be read.
    """
    found = answer(snapshot, text, options)
    held = Counter(hit.report for hit in found.ranked)
    most = options.per_report or len(found.ranked)
    return Results(
        asked=_asked(snapshot, text, found, options=options),
        totals=Totals(len(found.ranked), len(held), project_count(snapshot, held)),
        coverage=snapshot.coverage(),
        hits=tuple(_hits(snapshot, found, options)),
        facets=tuple((f, count_facets(snapshot, f, found.ranked)) for f in options.facets),
        held_back=sum(max(number - most, 0) for number in held.values()),
    )


def answer(snapshot: Snapshot, text: str, options: SearchOptions = DEFAULTS) -> Answer:
    """Return every passage that matches ``text``, best first.

    Where no passage holds all the words, any of them is enough.

    Raises:
        QueryError, UnknownNameError, DamagedIndexError: as ``search``.
    """
    parsed = plain(text) if options.plain_words else parse(text)
    return answer_tree(snapshot, parsed, options)


def answer_tree(snapshot: Snapshot, parsed: Query, options: SearchOptions = DEFAULTS) -> Answer:
    """As ``answer``, for a query that is a tree already."""
    prepared = prepare(parsed, Values(snapshot.library))
    filters = filters_of(snapshot, options)
    looser = relaxed(prepared)
    any_word = options.any_word and looser is not None
    query = with_filters(looser if looser and any_word else prepared, filters)
    matches = snapshot.index.search(query)
    if not matches.scores and looser is not None and not any_word:
        query = with_filters(looser, filters)
        matches = snapshot.index.search(query)
        any_word = bool(matches.scores)
    return Answer(query, parsed, any_word, tuple(rank(matches)))


def filters_of(snapshot: Snapshot, options: SearchOptions) -> tuple[Query, ...]:
    """Return the clauses that ``options`` demand, one for each field.

    Raises:
        UnknownNameError: a value is not known.
    """
    values = Values(snapshot.library)
    demands: list[Query] = []
    for field, names in options.filters:
        alternatives = tuple(values.resolve(Value(field, name)) for name in names)
        demands.append(alternatives[0] if len(alternatives) == 1 else Or(alternatives))
    if options.year is not None:
        demands.append(Range("year", *options.year))
    return tuple(demands)


@dataclass(frozen=True, slots=True)
class RankedPassage:
    """One row of a ranking, as an evaluation needs it; ``page`` is ``None`` without sheets."""

    report_id: str
    file: str
    page: int | None
    page_last: int | None
    score: float


def ranking(
    snapshot: Snapshot,
    text: str,
    *,
    depth: int = 1000,
    plain_words: bool = True,
    any_word: bool = False,
) -> tuple[RankedPassage, ...]:
    """Return the ``depth`` best passages for ``text``, best first.

    It is read as ``search`` would with these options.

    Raises:
        QueryError: there is no word in it, or it does not parse.
    """
    options = SearchOptions(plain_words=plain_words, any_word=any_word)
    ranked = _settled(snapshot, answer(snapshot, text, options).ranked)
    found = _placed(snapshot, list(islice(ranked, depth)))
    keys = snapshot.library.reports_by_key({hit.report for hit, *_ in found})
    return tuple(
        RankedPassage(
            keys[hit.report].id, keys[hit.report].file, ref.page, ref.page_last, hit.score
        )
        for hit, ref in found
    )


def _hits(snapshot: Snapshot, found: Answer, options: SearchOptions) -> Iterator[Hit]:
    shown = _page_of(_settled(snapshot, found.ranked), options)
    reports = snapshot.library.reports_by_key({hit.report for hit in shown})
    what = wanted(found.query)
    for rank_, (hit, ref) in enumerate(_placed(snapshot, shown), start=options.offset + 1):
        report = reports[hit.report]
        text = snapshot.library.text(report.id, ref.span)
        yield Hit(rank_, hit.score, report, ref, snippet(text, ref.span.start, what))


def _page_of(ranked: Iterable[Ranked], options: SearchOptions) -> list[Ranked]:
    """Return the hits to show: at most so many of one report, from the offset on."""
    end = options.offset + options.limit
    return list(islice(_spread(ranked, options.per_report), options.offset, end))


def _spread(ranked: Iterable[Ranked], per_report: int) -> Iterator[Ranked]:
    """Yield ``ranked`` with at most ``per_report`` hits of one report; 0 is no bound."""
    seen: Counter[int] = Counter()
    for hit in ranked:
        seen[hit.report] += 1
        if not per_report or seen[hit.report] <= per_report:
            yield hit


def _settled(snapshot: Snapshot, ranked: Iterable[Ranked]) -> Iterator[Ranked]:
    """Yield ``ranked``, in which equal scores are neighbours, with those by passage id."""
    for _, tied in groupby(ranked, key=attrgetter("score")):
        hits = list(tied)
        yield from (hit for hit, _ in _by_id(snapshot, hits)) if len(hits) > 1 else hits


def _by_id(snapshot: Snapshot, hits: Sequence[Ranked]) -> list[tuple[Ranked, PassageRef]]:
    return sorted(_placed(snapshot, hits), key=lambda pair: pair[1].id)


def _placed(snapshot: Snapshot, hits: Sequence[Ranked]) -> list[tuple[Ranked, PassageRef]]:
    """Return ``hits`` with their places, in their order."""
    places = snapshot.library.passages([hit.passage for hit in hits])
    return [(hit, places[hit.passage][1]) for hit in hits]


def _asked(snapshot: Snapshot, text: str, found: Answer, *, options: SearchOptions) -> Asked:
    """Return the query as it was understood, with what may have been meant where that failed."""
    fell_back = found.any_word and not options.any_word
    meant = None
    if fell_back or not found.ranked:
        meant = suggestion(snapshot.index, text, found.parsed)
    return Asked(
        text=text,
        parsed=format_query(found.parsed),
        filters=_filters_shown(options),
        suggestion=meant,
        any_word=found.any_word,
        fell_back=fell_back,
    )


def _filters_shown(options: SearchOptions) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if options.year is None:
        return options.filters
    low, high = ("" if end is None else str(end) for end in options.year)
    return (*options.filters, ("year", (low if low == high else f"{low}..{high}",)))
