"""The lengths that scores are normalised with, and the sizes of the files they belong to.

They are written once a build is complete, so whatever is cut off later is seen at opening.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from searcher.index.whoosh.schema import TEXT_FIELDS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILE_NAME = "lengths.json"


@dataclass(frozen=True, slots=True)
class Lengths:
    """In terms: the mean of each field over passages, each report's body by key, their mean."""

    averages: Mapping[str, float]
    reports: Mapping[int, int]
    average_report: float

    def share_of(self, report: int) -> float:
        """Return the length of a report's body as a multiple of the mean."""
        return self.reports[report] / self.average_report


def write_lengths(folder: Path, index: Any) -> None:  # noqa: ANN401 whoosh ships no types
    """Keep the lengths of ``index`` in ``folder``, over the passages not deleted."""
    with index.reader() as reader:
        passages = list(reader.all_doc_ids())
        groups = reader.column_reader("group") if passages else ()
        totals = dict.fromkeys(TEXT_FIELDS, 0)
        reports: Counter[int] = Counter()
        for passage in passages:
            for name in TEXT_FIELDS:
                totals[name] += reader.doc_field_length(passage, name) or 0
            reports[int(groups[passage])] += reader.doc_field_length(passage, "body") or 0
    averages = {name: total / max(len(passages), 1) for name, total in totals.items()}
    path = folder / FILE_NAME
    path.unlink(missing_ok=True)  # it may be a link to the file of a published generation
    table = {"averages": averages, "reports": reports, "sizes_bytes": _sizes(folder)}
    path.write_text(json.dumps(table), encoding="utf-8")


def read_lengths(folder: Path) -> Lengths:
    """Return the lengths kept in ``folder``.

    Raises:
        OSError, ValueError, LookupError, TypeError, AttributeError: they cannot be read, or a
            file is not as long as it was.
    """
    table = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
    for name, size_bytes in table["sizes_bytes"].items():
        if (folder / name).stat().st_size != size_bytes:
            msg = f"{name} does not have the {size_bytes} bytes that were written"
            raise ValueError(msg)
    averages = {name: float(table["averages"][name]) for name in TEXT_FIELDS}
    reports = {int(key): int(length) for key, length in table["reports"].items()}
    return Lengths(averages, reports, sum(reports.values()) / max(len(reports), 1) or 1.0)


def _sizes(folder: Path) -> dict[str, int]:
    """Return the size of every file that holds something; the writer's lock does not."""
    sizes = {path.name: path.stat().st_size for path in sorted(folder.iterdir())}
    return {name: size for name, size in sizes.items() if size}
