"""Reports and the counts over them, without a query for their text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from searcher.query.tree import And, Query
from searcher.search.engine import DEFAULTS, SearchOptions, answer, filters_of
from searcher.search.facets import count_facets, tally

if TYPE_CHECKING:
    from searcher.index.snapshot import Snapshot
    from searcher.results.answer import Facet
    from searcher.results.report import Report


def list_reports(snapshot: Snapshot, options: SearchOptions = DEFAULTS) -> tuple[Report, ...]:
    """Return the reports that ``options`` let through, by id.

    Raises:
        UnknownNameError: a filter names what is not known.
    """
    filters = filters_of(snapshot, options)
    if not filters:
        return tuple(snapshot.library.reports())
    query: Query = filters[0] if len(filters) == 1 else And(filters)
    keys = set(snapshot.index.search(query).reports.values())
    found = snapshot.library.reports_by_key(keys).values()
    return tuple(sorted(found, key=lambda report: report.id))


def facets(
    snapshot: Snapshot, field: str, text: str | None, *, options: SearchOptions = DEFAULTS
) -> tuple[Facet, ...]:
    """Return the values of ``field`` over the whole index, or over what ``text`` finds.

    Raises:
        QueryError: the query does not parse.
        UnknownNameError: ``field`` has no counts, or a filter names what is not known.
    """
    if text is not None:
        return count_facets(snapshot, field, answer(snapshot, text, options).ranked)
    counts = snapshot.library.passage_counts()
    listed = list_reports(snapshot, replace(options, facets=()))
    return tally(snapshot, field, [(report, counts.get(report.id, 0)) for report in listed])
