"""What became of the sources of one scan, and of the reports that were there before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from searcher.ingest.step import is_same

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searcher.corpus.scan import Scan
    from searcher.index.entry import Stored
    from searcher.ingest.step import Step


@dataclass(frozen=True, slots=True)
class Fates:
    """Counts of an ingest; see ``Summary``.

    Law: found == added + changed + unchanged + failed.
    """

    found: int
    added: int
    changed: int
    unchanged: int
    failed: int
    elsewhere: int
    renamed: int
    removed: int
    duplicates: int


def fates(step: Step, found: Scan, stored: Sequence[Stored]) -> Fates:
    """Count what became of the sources of ``found``, where ``stored`` was there before."""
    before = {report.id: report for report in stored}
    here = set(found.sources)
    good = step.good()
    ours = [report for report in good if report.source in here]
    known = [report for report in ours if report.id in before]
    unchanged = sum(is_same(report, before[report.id]) for report in known)
    still = {report.id for report in (*good, *step.failed)}
    return Fates(
        found=len(found.sources) + len(found.failures),
        added=len(ours) - len(known),
        changed=len(known) - unchanged,
        unchanged=unchanged,
        failed=len(found.failures) + sum(report.source in here for report in step.failed),
        elsewhere=len(good) - len(ours),
        renamed=sum(before[report.id].file != report.source.file for report in known),
        removed=len(before.keys() - still),
        duplicates=sum(report.duplicate_of is not None for report in good),
    )
