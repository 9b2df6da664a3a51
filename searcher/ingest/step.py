"""From the stored reports to the planned ones: what changes, and what fails on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from searcher.failure import Failure
    from searcher.index.entry import Stored
    from searcher.ingest.ledger import Ledger
    from searcher.ingest.plan import Planned


def is_same(report: Planned, stored: Stored) -> bool:
    """Tell whether ``stored`` is ``report`` as it would be stored now."""
    place = str(report.source.path.resolve())
    return (stored.record_hash, stored.path) == (report.record_hash, place)


class Step:
    """The reports of one build. A report is good until it fails; a failure is its quarantine."""

    def __init__(
        self, ledger: Ledger, reports: Sequence[Planned], stored: Mapping[str, Stored]
    ) -> None:
        self.ledger = ledger
        self.failures: list[Failure] = []
        self.failed: list[Planned] = []
        self._reports = {report.id: report for report in reports}
        self._stored = stored
        self.changed = {report.id for report in reports if not self._is_stored(report)}

    def _is_stored(self, report: Planned) -> bool:
        stored = self._stored.get(report.id)
        return stored is not None and is_same(report, stored)

    def good(self) -> list[Planned]:
        """Return the reports that did not fail."""
        return list(self._reports.values())

    def pending(self) -> list[Planned]:
        """Return the reports that are still to be written."""
        return [report for report in self.good() if report.id in self.changed]

    def outdated(self) -> list[str]:
        """Return the ids of stored reports that go or are written anew."""
        return [name for name in self._stored if name not in self._reports or name in self.changed]

    def is_idle(self) -> bool:
        """Tell whether nothing is to be written or removed."""
        return not self.pending() and not self.outdated()

    def fail(self, report: Planned, failure: Failure) -> None:
        """Move ``report`` to quarantine."""
        del self._reports[report.id]
        self.failed.append(report)
        self.failures.append(failure)
