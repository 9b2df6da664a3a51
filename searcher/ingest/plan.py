"""Which reports there will be: each source with its id, its catalogue row and its record hash."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from searcher.index.entry import Stored

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from pathlib import Path

    from searcher.corpus.catalogue import Catalogue, CatalogueRow
    from searcher.corpus.source import Source

STEM_LENGTH = 48
_NOT_IN_SLUGS = re.compile(r"[^a-z0-9]+")
_NOT_IN_IDS = re.compile(r"[\s@#/\\|,]+")


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


@dataclass(frozen=True, slots=True)
class Ground:
    """What every record rests on: the corpus folder, its catalogue, and what else shapes one.

    ``stored`` is what the live generation has; ``versions`` stands for the readers, the
    vocabularies, the cutting and the backend.
    """

    corpus: Path
    catalogue: Catalogue
    stored: tuple[Stored, ...]
    versions: str


def plan(sources: Iterable[Source], ground: Ground) -> tuple[Planned, ...]:
    """Return a report for each source, by file, each with an id of its own.

    An id comes from the catalogue; else it is the one the same bytes have in the live
    generation, so that a renamed file keeps it; else the record's own; else it is made of the
    file's name and content.
    """
    ordered = sorted(sources, key=lambda source: (source.file, source.offset, str(source.path)))
    earlier = _earlier_ids(ordered, ground.stored)
    reserved = {row.id for row in ground.catalogue.rows}
    taken: set[str] = set()
    first: dict[tuple[str, str], str] = {}
    planned = []
    for source, earlier_id in zip(ordered, earlier, strict=True):
        wanted = earlier_id or own_id(source)
        row = ground.catalogue.of_file(_below(ground.corpus, source))
        row = row or ground.catalogue.of_id(wanted)
        report_id = row.id if row and row.id else _free(wanted, taken | reserved)
        report_id = _free(report_id, taken)
        taken.add(report_id)
        original = first.setdefault((source.sha256, source.media_type), report_id)
        duplicate_of = original if original != report_id else None
        record = (source.file, source.sha256, report_id, row, duplicate_of, ground.versions)
        digest = hashlib.sha256(repr(record).encode()).hexdigest()
        planned.append(Planned(report_id, source, row, duplicate_of, digest))
    return tuple(planned)


def stored_as(report: Planned) -> Stored:
    """Return ``report`` as the generation that has it knows it."""
    source = report.source
    path = str(source.path.resolve())
    return Stored(report.id, source.sha256, source.file, path, report.record_hash)


def own_id(source: Source) -> str:
    """Return the id that ``source`` makes of itself."""
    if source.record is not None:
        return _NOT_IN_IDS.sub("-", source.record) or source.sha256[:8]
    plain = unicodedata.normalize("NFKD", source.path.stem).encode("ascii", "ignore").decode()
    slug = _NOT_IN_SLUGS.sub("-", plain.lower()).strip("-")[:STEM_LENGTH].strip("-")
    return f"{slug or 'report'}-{source.sha256[:6]}"


def _earlier_ids(sources: Sequence[Source], stored: Sequence[Stored]) -> list[str | None]:
    """Return the id each source has in the live generation: by content and name, or content."""
    by_place = {(report.sha256, report.file): report.id for report in stored}
    same = [by_place.pop((source.sha256, source.file), None) for source in sources]
    moved: dict[str, list[str]] = {}
    for (sha256, _), report_id in by_place.items():
        moved.setdefault(sha256, []).append(report_id)
    return [
        found or (moved[source.sha256].pop(0) if moved.get(source.sha256) else None)
        for source, found in zip(sources, same, strict=True)
    ]


def _below(corpus: Path, source: Source) -> str:
    """Return the path of ``source`` as the catalogue writes it: below the corpus folder."""
    path = source.path.resolve()
    return path.relative_to(corpus).as_posix() if path.is_relative_to(corpus) else source.file


def _free(wanted: str, taken: Collection[str]) -> str:
    """Return ``wanted``, or the first of ``wanted-2``, ``wanted-3`` … that is not taken."""
    if wanted not in taken:
        return wanted
    return next(name for n in count(2) if (name := f"{wanted}-{n}") not in taken)
