"""How many projects, reports and passages have each value of a field."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from searcher.errors import UnknownNameError
from searcher.results.answer import Facet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from searcher.index.snapshot import Snapshot
    from searcher.results.report import Report

FACET_FIELDS = ("project", "theme", "outcome", "design", "publisher", "year", "report")


def count_facets(snapshot: Snapshot, field: str, passages: Mapping[int, int]) -> tuple[Facet, ...]:
    """Return the values of ``field`` over reports, most reports first, then by id.

    ``passages`` are those that count of each report, by its key.

    Raises:
        UnknownNameError: ``field`` has no counts.
    """
    reports = snapshot.library.reports_by_key(passages)
    return tally(snapshot, field, [(report, passages[key]) for key, report in reports.items()])


def tally(
    snapshot: Snapshot, field: str, counted: Iterable[tuple[Report, int]]
) -> tuple[Facet, ...]:
    """Return the values of ``field`` over reports, each with its number of passages.

    Raises:
        UnknownNameError: ``field`` has no counts.
    """
    if field not in FACET_FIELDS:
        raise UnknownNameError("facet", field, hint="facets are " + ", ".join(FACET_FIELDS))
    label = _labels(snapshot, field)
    passages: Counter[str] = Counter()
    holding: dict[str, list[Report]] = {}
    for report, number in counted:
        for value in values_of(report, field):
            passages[value] += number
            holding.setdefault(value, []).append(report)
    facets = [
        Facet(value, label(value), len(_projects(reports)), len(reports), passages[value])
        for value, reports in holding.items()
    ]
    return tuple(sorted(facets, key=lambda f: (-f.reports, -f.passages, f.id)))


def project_count(snapshot: Snapshot, reports: Iterable[int]) -> int:
    """Return how many projects the reports with these keys are about."""
    return len(snapshot.library.projects(reports))


def _projects(reports: Iterable[Report]) -> set[str]:
    return {project for report in reports for project in report.projects}


def values_of(report: Report, field: str) -> tuple[str, ...]:
    """Return the values that ``report`` has of one of ``FACET_FIELDS``."""
    match field:
        case "report":
            return (report.id,)
        case "publisher":
            return (report.publisher,) if report.publisher else ()
        case "year":
            return (str(report.year),) if report.year is not None else ()
        case _:
            values: tuple[str, ...] = getattr(report, f"{field}s")
            return values


def _labels(snapshot: Snapshot, field: str) -> Callable[[str], str]:
    from searcher.vocabulary import ConceptKind

    if field in ConceptKind.__members__.values():
        return snapshot.library.vocabulary(ConceptKind(field)).label
    if field == "report":
        return lambda report_id: snapshot.library.report(report_id).title
    return str
