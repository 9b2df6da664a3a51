"""What an index is made of: its segments, what is removed of them, and the means of its lengths.

It is written last, with the size of every file and the checksum of Whoosh's own table of
contents, so whatever is missing, cut off or put in its place later is seen at opening, before
anything of it is read.
"""

from __future__ import annotations

import json
from math import isfinite
from typing import TYPE_CHECKING, Any
from zlib import crc32

from searcher.frozen import dataclass
from searcher.index.whoosh.fields import TEXT_FIELDS
from searcher.index.whoosh.segment_file import BrokenSegmentError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILE_NAME = "contents.json"


@dataclass(frozen=True, slots=True)
class Part:
    """A segment by the name of its file, and the reports of it that are removed, by number."""

    name: str
    removed: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Means:
    """Over what is not removed: passages, reports, and mean lengths in terms.

    ``averages`` are those of each field over passages, ``report`` that of a report's body.
    """

    passages: int
    reports: int
    averages: Mapping[str, float]
    report: float


@dataclass(frozen=True, slots=True)
class IndexContents:
    """One state of an index; ``number`` grows with every build."""

    number: int
    parts: tuple[Part, ...]
    means: Means
    table: str
    """The name of Whoosh's table of contents."""


NOTHING = IndexContents(0, (), Means(0, 0, dict.fromkeys(TEXT_FIELDS, 0.0), 0.0), "")


def write_contents(folder: Path, contents: IndexContents) -> None:
    """Keep ``contents`` in ``folder``, where all its files are."""
    names = [contents.table, *(part.name for part in contents.parts)]
    means = contents.means
    table = {
        "number": contents.number,
        "segments": [[part.name, sorted(part.removed)] for part in contents.parts],
        "passages": means.passages,
        "reports": means.reports,
        "averages": dict(means.averages),
        "average_report": means.report,
        "table": contents.table,
        "table_crc32": crc32((folder / contents.table).read_bytes()),
        "sizes_bytes": {name: (folder / name).stat().st_size for name in names},
    }
    path = folder / FILE_NAME
    path.unlink(missing_ok=True)  # it may be a link to the file of a published generation
    path.write_text(json.dumps(table), encoding="utf-8")


def read_contents(folder: Path) -> IndexContents:
    """Return what ``folder`` says that its index is made of.

    Raises:
        BrokenSegmentError: it does not say so, or a file is not as it was.
        OSError: a file cannot be read.
    """
    try:
        table = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
        contents = _contents(table)
        held = {path.name: path.stat().st_size for path in folder.iterdir()}
        named = {contents.table, *(part.name for part in contents.parts)}
        sizes = {name: held[name] for name in table["sizes_bytes"]}
        is_whole = named == set(sizes) and sizes == table["sizes_bytes"]
        if not is_whole or crc32((folder / contents.table).read_bytes()) != table["table_crc32"]:
            raise BrokenSegmentError(folder.name, "has a file that is not as it was written")
    except (
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        OverflowError,
        RecursionError,
    ) as exc:
        raise BrokenSegmentError(folder.name, f"does not say what it is made of: {exc}") from exc
    return contents


def _contents(table: Mapping[str, Any]) -> IndexContents:
    averages = {name: float(table["averages"][name]) for name in TEXT_FIELDS}
    parts = (Part(str(name), frozenset(map(int, gone))) for name, gone in table["segments"])
    means = Means(
        int(table["passages"]), int(table["reports"]), averages, float(table["average_report"])
    )
    contents = IndexContents(int(table["number"]), tuple(parts), means, str(table["table"]))
    if not _can_be(means):
        msg = f"means that cannot be: {means!r:.200}"
        raise ValueError(msg)
    return contents


def _can_be(means: Means) -> bool:
    """Tell whether scores can be normalised with ``means``."""
    numbers = (means.passages, means.reports, means.report, *means.averages.values())
    return all(isfinite(number) and number >= 0 for number in numbers) and means.report > 0
