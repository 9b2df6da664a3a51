"""How well the reports of the index were read, from what the ingest kept of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searcher.quality.grades import graded
from searcher.search.engine import DEFAULTS, SearchOptions
from searcher.search.listing import list_reports

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searcher.index.snapshot import Snapshot
    from searcher.results.quality import ReportQuality


def appraise(
    snapshot: Snapshot, report_ids: Sequence[str] = (), options: SearchOptions = DEFAULTS
) -> tuple[ReportQuality, ...]:
    """Return the reports ``report_ids``, or all, that ``options`` let through; worst first.

    No file is read for it. Reports of one grade stand by id.

    Raises:
        UnknownNameError: there is no such report, or a filter names what is not known.
    """
    for report_id in report_ids:
        snapshot.library.report(report_id)
    wanted = frozenset(report_ids)
    reports = [
        report for report in list_reports(snapshot, options) if not wanted or report.id in wanted
    ]
    figures = snapshot.library.page_figures(report.id for report in reports)
    appraised = [graded(report, figures.get(report.id, ())) for report in reports]
    return tuple(sorted(appraised, key=lambda one: one.grade, reverse=True))
