"""What is known of a source already: its id in the live generation, its row of the catalogue.

Each id and each row goes to one source at most, the strongest claim first, so that the order in
which sources are met is of no account.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from searcher.ingest.own_id import own_id

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence
    from pathlib import Path

    from searcher.corpus.catalogue import Catalogue, CatalogueRow
    from searcher.corpus.source import Source
    from searcher.index.entry import Stored


@dataclass(frozen=True, slots=True)
class Ground:
    """What every record rests on: the corpus folder, its catalogue, and what else shapes one.

    ``corpus`` is resolved; ``stored`` is what the live generation knows; ``versions`` stands for
    the readers, the vocabularies, the cutting and the backend. ``recognised`` has the languages, by
    the file's hash, in which sheets without text went through text recognition.
    """

    corpus: Path
    catalogue: Catalogue
    stored: tuple[Stored, ...]
    versions: str
    recognised: Mapping[str, str] = field(default_factory=dict)


def earlier_ids(sources: Sequence[Source], stored: Sequence[Stored]) -> list[str | None]:
    """Return the id that each source has in the live generation, ``None`` if it has none there.

    The same report is the same bytes in the same place; else the same bytes under the same name;
    else the same bytes; else a file in a place where just one report was.
    """
    places = _places(sources)
    crowds = Counter(report.path for report in stored)
    found: list[str | None] = [None] * len(sources)
    left = sorted(stored, key=lambda report: report.id)

    def claim(
        of_source: Callable[[int], Hashable], of_stored: Callable[[Stored], Hashable]
    ) -> None:
        waiting: dict[Hashable, list[str]] = {}
        for report in left:
            waiting.setdefault(of_stored(report), []).append(report.id)
        for number in range(len(sources)):
            if found[number] is None and (ids := waiting.get(of_source(number))):
                found[number] = ids.pop(0)
        claimed = set(found)
        left[:] = [report for report in left if report.id not in claimed]

    claim(lambda n: (sources[n].sha256, places[n]), lambda report: (report.sha256, report.path))
    claim(
        lambda n: (sources[n].sha256, sources[n].file), lambda report: (report.sha256, report.file)
    )
    claim(lambda n: sources[n].sha256, lambda report: report.sha256)
    claim(
        lambda n: places[n] if sources[n].record is None else n,
        lambda report: report.path if crowds[report.path] == 1 else None,
    )
    return found


def join(
    sources: Sequence[Source], earlier: Sequence[str | None], ground: Ground
) -> list[CatalogueRow | None]:
    """Return the row of the catalogue for each source, ``None`` if it has none.

    A file is found by its path below the corpus folder, else, from another folder, by its path
    there; whatever has no row by then, by its id.
    """
    catalogue = ground.catalogue
    named = [
        below(ground.corpus, place) if source.record is None else ""
        for source, place in zip(sources, _places(sources), strict=True)
    ]

    def by_id(report_id: str | None) -> CatalogueRow | None:
        return catalogue.of_id(report_id) if report_id else None

    def by_name(source: Source) -> CatalogueRow | None:
        return catalogue.of_file(source.file) if source.record is None else None

    ways: tuple[Callable[[int], CatalogueRow | None], ...] = (
        lambda n: catalogue.of_file(named[n]) if named[n] else None,
        lambda n: by_name(sources[n]) if not named[n] else None,
        lambda n: by_id(earlier[n]),
        lambda n: by_id(own_id(sources[n])) if earlier[n] is None else None,
    )
    found: list[CatalogueRow | None] = [None] * len(sources)
    claimed: set[CatalogueRow] = set()
    for way in ways:
        for number in range(len(sources)):
            row = way(number) if found[number] is None else None
            if row is not None and row not in claimed:
                found[number] = row
                claimed.add(row)
    return found


def below(corpus: Path, place: str) -> str:
    """Return the path of ``place`` below the corpus folder, both resolved; blank outside of it."""
    top = str(corpus).rstrip("/") + "/"
    if not place.startswith(top):
        return ""
    return os.fsencode(place.removeprefix(top)).decode("utf-8", "replace")


def _places(sources: Sequence[Source]) -> list[str]:
    """Return where each source lies, its links followed."""
    resolved = {path: str(path.resolve()) for path in {source.path for source in sources}}
    return [resolved[source.path] for source in sources]
