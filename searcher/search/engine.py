"""A query answered: parsed, made ready, matched, ranked, and told with its coverage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searcher.frozen import dataclass
from searcher.query.format import format_query
from searcher.query.parse import parse, plain
from searcher.query.tree import Or, Query, Range, Value
from searcher.results.answer import Asked, Hit, Results, Totals
from searcher.search.facets import count_facets, project_count
from searcher.search.prepare import prepare, relaxed, with_filters
from searcher.search.snippet import snippet, wanted
from searcher.search.suggest import suggestion
from searcher.search.values import Values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.index.backend import Matches, Ranked
    from searcher.index.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class SearchOptions:
    """How to answer.

    ``filters`` are (field, values): any of a field's values is enough, every field is a demand.
    ``per_report`` bounds the hits shown from one report, 0 is no bound. ``plain_words`` takes
    the query as words without operators; with ``any_word`` any of them is enough from the start.
    ``explain`` asks what each word adds to each score.
    """

    limit: int = 10
    offset: int = 0
    per_report: int = 3
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    year: tuple[int | None, int | None] | None = None
    facets: tuple[str, ...] = ()
    plain_words: bool = False
    any_word: bool = False
    explain: bool = False


DEFAULTS = SearchOptions()


@dataclass(frozen=True, slots=True)
class Answer:
    """What matches, the hits to show, and what was in fact asked of the index."""

    query: Query
    parsed: Query
    any_word: bool
    matches: Matches
    hits: tuple[Ranked, ...]


def search(snapshot: Snapshot, text: str, options: SearchOptions = DEFAULTS) -> Results:
    """Return the answer of ``snapshot`` to the query ``text``.

    Raises:
        QueryError: the query does not parse.
        UnknownNameError: a filter or a field of the query names what is not known.
        DamagedIndexError: a part of the index cannot be read.
    """
    found = answer(snapshot, text, options)
    held = found.matches.counts()
    passages = sum(held.values())
    most = options.per_report or passages
    return Results(
        asked=_asked(snapshot, text, found, options=options),
        totals=Totals(passages, len(held), project_count(snapshot, held)),
        coverage=snapshot.coverage(),
        hits=tuple(_hits(snapshot, found, options)),
        facets=tuple((f, count_facets(snapshot, f, held)) for f in options.facets),
        held_back=sum(max(number - most, 0) for number in held.values()),
    )


def answer(snapshot: Snapshot, text: str, options: SearchOptions = DEFAULTS) -> Answer:
    """Return what matches ``text``, and the hits to show.

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
    hits = _best(matches, options)
    if not hits and looser is not None and not any_word:
        query = with_filters(looser, filters)
        matches = snapshot.index.search(query)
        hits = _best(matches, options)
        any_word = bool(hits)
    return Answer(query, parsed, any_word, matches, hits)


def _best(matches: Matches, options: SearchOptions) -> tuple[Ranked, ...]:
    """Return the hits from the first on to the last to show, one at least if there is any."""
    return tuple(matches.best(max(options.offset + options.limit, 1), options.per_report))


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


def ranking(
    snapshot: Snapshot,
    text: str,
    *,
    depth: int = 1000,
    per_report: int = 0,
    plain_words: bool = True,
    any_word: bool = False,
) -> tuple[Ranked, ...]:
    """Return the ``depth`` best passages for ``text``, best first, so many of one report.

    It is read as ``search`` would with these options. Nothing of the library is read for it.

    Raises:
        QueryError: there is no word in it, or it does not parse.
    """
    options = SearchOptions(
        depth, per_report=per_report, plain_words=plain_words, any_word=any_word
    )
    return answer(snapshot, text, options).hits[:depth]


def _hits(snapshot: Snapshot, found: Answer, options: SearchOptions) -> Iterator[Hit]:
    shown = found.hits[options.offset : options.offset + options.limit]
    reports = snapshot.library.reports_by_key({hit.report for hit in shown})
    places = snapshot.library.passages([hit.passage for hit in shown])
    what = wanted(found.query)
    parts = found.matches.parts(shown) if options.explain else [None] * len(shown)
    for rank, (hit, part) in enumerate(zip(shown, parts, strict=True), start=options.offset + 1):
        ref = places[hit.passage][1]
        text = snapshot.library.text(hit.report_id, ref.span)
        yield Hit(
            rank, hit.score, reports[hit.report], ref, snippet(text, ref.span.start, what), part
        )


def _asked(snapshot: Snapshot, text: str, found: Answer, *, options: SearchOptions) -> Asked:
    """Return the query as it was understood, with what may have been meant where that failed."""
    fell_back = found.any_word and not options.any_word
    meant = None
    if fell_back or not found.hits:
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
