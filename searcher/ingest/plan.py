"""Which reports there will be: each source with its id, its catalogue row and its record hash."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from searcher.index.entry import Stored
from searcher.ingest.join import earlier_ids, join
from searcher.ingest.own_id import own_id

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from searcher.corpus.catalogue import CatalogueRow
    from searcher.corpus.source import Source
    from searcher.ingest.join import Ground


@dataclass(frozen=True, slots=True)
class Planned:
    """One report to be: ``duplicate_of`` is the id of the report with the same bytes.

    The same bytes read as another media type are another report.
    """

    id: str
    source: Source
    row: CatalogueRow | None
    duplicate_of: str | None
    record_hash: str


def plan(sources: Iterable[Source], ground: Ground) -> tuple[Planned, ...]:
    """Return a report for each source, by file, each with an id of its own.

    An id comes from the catalogue; else it is the one that the live generation has for the same
    bytes, so that a renamed file keeps it, or for the same place, so that a revised file does;
    else it is the record's own; else it is made of the file's name and content.
    """
    ordered = sorted(sources, key=lambda source: (source.file, source.offset, str(source.path)))
    earlier = earlier_ids(ordered, ground.stored)
    rows = join(ordered, earlier, ground)
    ids = _ids(ordered, earlier, rows, reserved={row.id for row in ground.catalogue.rows})
    first: dict[tuple[str, str], str] = {}
    planned = []
    for source, row, report_id in zip(ordered, rows, ids, strict=True):
        original = first.setdefault((source.sha256, source.media_type), report_id)
        duplicate_of = original if original != report_id else None
        record = (source.file, source.sha256, report_id, row, duplicate_of, ground.versions)
        languages = ground.recognised.get(source.sha256)
        how = ("recognised", languages) if languages else ()
        digest = hashlib.sha256(repr((*record, *how)).encode()).hexdigest()
        planned.append(Planned(report_id, source, row, duplicate_of, digest))
    return tuple(planned)


def _ids(
    sources: Sequence[Source], earlier: Sequence[str | None],
    rows: Sequence[CatalogueRow | None], *, reserved: set[str],
) -> list[str]:  # fmt: skip
    """Return an id for each source; one that is known goes before one that is made now."""
    taken = set(reserved)
    ids = [row.id if row else "" for row in rows]
    for number, known in enumerate(earlier):
        if not ids[number] and known and known not in taken:
            ids[number] = known
            taken.add(known)
    for number, source in enumerate(sources):
        if not ids[number]:
            ids[number] = _free(own_id(source), taken)
            taken.add(ids[number])
    return ids


def stored_as(report: Planned) -> Stored:
    """Return ``report`` as the generation that has it knows it."""
    source = report.source
    path = str(source.path.resolve())
    return Stored(report.id, source.sha256, source.file, path, report.record_hash)


def _free(wanted: str, taken: Collection[str]) -> str:
    """Return ``wanted``, or the first of ``wanted-2``, ``wanted-3`` … that is not taken."""
    if wanted not in taken:
        return wanted
    return next(name for n in count(2) if (name := f"{wanted}-{n}") not in taken)
