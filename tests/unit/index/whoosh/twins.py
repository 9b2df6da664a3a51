"""The same passages indexed by us and by Whoosh itself, for what both must answer alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from whoosh.filedb.filestore import RamStorage
from whoosh.index import FileIndex

from searcher.index.whoosh import WhooshBackend
from searcher.index.whoosh.fields import publisher_value
from searcher.index.whoosh.schema import schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from tests.contract.small_index import Small


def build(folder: Path, added: Iterable[Small], removed: Iterable[Small] = ()) -> None:
    """Add reports to our index in ``folder``, and remove others from it."""
    with WhooshBackend().writer(folder) as writer:
        for report in removed:
            writer.remove(report.id)
        for report in added:
            writer.add(report.entry(), report.keys())


def written_by_whoosh(
    reports: Sequence[Small], *, segments: int, removed: Iterable[Small] = ()
) -> FileIndex:
    """Return an index that Whoosh wrote of the same passages, with the same fields."""
    index: FileIndex = RamStorage().create_index(schema())
    for turn in range(segments):
        writer = index.writer()
        for report in reports[turn::segments]:
            _add(writer, report)
        writer.commit(merge=False)
    writer = index.writer()
    for report in removed:
        writer.delete_by_term("report", report.id)
    writer.commit(merge=False)
    return index


def _add(writer: Any, report: Small) -> None:  # noqa: ANN401 whoosh has no types
    record: dict[str, Any] = {
        "title": report.title, "about": report.about, "heading": report.heading,
        "report": report.id, "project": ",".join(report.projects),
        "publisher": publisher_value(report.publisher or ""), "group": report.key,
    }  # fmt: skip
    if report.year is not None:
        record["year"] = report.year
    keys = report.keys().passages
    for page, (key, body) in enumerate(zip(keys, report.bodies, strict=True), start=1):
        writer.add_document(key=key, body=body, page=page, **record)
