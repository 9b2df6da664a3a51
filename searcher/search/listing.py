"""Reports and the counts over them, without a query for their text.

They come from the library's records, so a report with the bytes of another is among them: its
text is indexed once, under the report that came first, but its record is its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from searcher.query.tree import And, Not, Or, Phrase, Prefix, Query, Range, Value, Word
from searcher.search.engine import DEFAULTS, SearchOptions, answer, filters_of
from searcher.search.facets import count_facets, tally, values_of

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
    reports = snapshot.library.reports()
    return tuple(report for report in reports if all(_meets(report, demand) for demand in filters))


def facets(
    snapshot: Snapshot, field: str, text: str | None, *, options: SearchOptions = DEFAULTS
) -> tuple[Facet, ...]:
    """Return the values of ``field`` over the reports listed, or over what ``text`` finds.

    Without ``text`` every report counts, those with the bytes of another too; with it, the
    reports whose passages are found.

    Raises:
        QueryError: the query does not parse.
        UnknownNameError: ``field`` has no counts, or a filter names what is not known.
    """
    if text is not None:
        return count_facets(snapshot, field, answer(snapshot, text, options).matches.counts())
    counts = snapshot.library.passage_counts()
    listed = list_reports(snapshot, options)
    return tally(snapshot, field, [(report, counts.get(report.id, 0)) for report in listed])


def _meets(report: Report, demand: Query) -> bool:
    """Tell whether the record of ``report`` meets ``demand``, which asks for no text."""
    match demand:
        case Value(field, text):
            wanted = _folded(text)
            return any(_folded(value) == wanted for value in values_of(report, field))
        case Range("year", low, high):
            return report.year is not None and not (
                (low is not None and report.year < low) or (high is not None and report.year > high)
            )
        case And(clauses):
            return all(_meets(report, clause) for clause in clauses)
        case Or(clauses):
            return any(_meets(report, clause) for clause in clauses)
        case Not(clause):
            return not _meets(report, clause)
        case Word() | Phrase() | Prefix() | Range():
            msg = f"{demand} asks for more than a record"
            raise ValueError(msg)
        case _:
            assert_never(demand)


def _folded(value: str) -> str:
    return " ".join(value.casefold().split())
