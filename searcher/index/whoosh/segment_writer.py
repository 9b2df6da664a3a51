"""Writing a segment: its fields as they come, then the table of its terms and the columns.

The postings are written as they come; the table of the terms and the columns, which are small,
follow them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from searcher.index.whoosh.block_postings import block_columns, bound_mean
from searcher.index.whoosh.fields import LENGTHS, PASSAGE_TEXTS, REPORT_FIELDS
from searcher.index.whoosh.runs import starts_of
from searcher.index.whoosh.segment_file import CODES, SegmentFileWriter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from searcher.index.whoosh.postings import Packed, Shapes
    from searcher.index.whoosh.runs import Numbers


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some terms of a field with their records."""

    texts: Sequence[bytes]
    packed: Packed


@dataclass(frozen=True, slots=True)
class Shared:
    """Some terms of a field, each with the record of one before, by its place among them."""

    texts: Sequence[bytes]
    same_as: Sequence[int]


@dataclass(frozen=True, slots=True)
class FieldPart:
    """A field on its way into a segment; ``length`` counts the terms of its text."""

    name: str
    length: int
    chunks: Iterable[Chunk | Shared]


@dataclass(frozen=True, slots=True)
class Contents:
    """All of a segment: columns by name, three texts for each report, fields in order."""

    columns: Mapping[str, Numbers]
    texts: Sequence[bytes]
    fields: Iterable[FieldPart]


def write_segment(path: Path, contents: Contents) -> None:
    """Write ``contents`` as the segment at ``path``.

    Raises:
        OSError: the disk is full or may not be written.
    """
    columns, table = contents.columns, _Terms()
    with path.open("wb") as file:
        writer = SegmentFileWriter(file)
        writer.add("postings", chain.from_iterable(map(table.added, contents.fields)))
        _add_texts(writer, "term_texts", table.texts)
        _add_texts(writer, "report_texts", contents.texts)
        for name, values in {**table.columns(), **dict(sorted(columns.items()))}.items():
            _add_numbers(writer, name, values)
        writer.finish({
            "passages": len(columns["keys"]),
            "reports": len(columns["groups"]),
            "blocks": len(columns["block_reports"]),
            "terms": len(table.texts),
            "fields": table.fields,
            "bound_means": {n: bound_mean(columns[f"{n}_lengths"]) for n in PASSAGE_TEXTS},
        })  # fmt: skip


def derived(columns: Mapping[str, Numbers]) -> dict[str, Numbers]:
    """Return the columns that follow from others: blocks, owners, lengths of reports."""
    firsts = columns["first_passages"]
    owners = np.repeat(np.arange(len(firsts) - 1, dtype=np.int64), np.diff(firsts))
    body = np.array(LENGTHS, dtype=np.int64)[columns["body_lengths"]]
    totals = np.concatenate(([0], np.cumsum(body)))[firsts]
    return {"owners": owners, "report_lengths": np.diff(totals), **block_columns(firsts)}


def total(field: str, lengths: Numbers, held: Numbers) -> int:
    """Return the length of a field over all passages; ``held`` are those of each report."""
    return int((lengths * held).sum() if field in REPORT_FIELDS else lengths.sum())


@dataclass(slots=True)
class _Terms:
    """The table of the terms as it grows: their texts, and five numbers of each."""

    texts: list[bytes] = field(default_factory=list)
    fields: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    _rows: list[Numbers] = field(default_factory=list)
    _end: int = 0

    def added(self, part: FieldPart) -> Iterator[bytes]:
        """Take in the terms of ``part``, and yield the bytes of their records."""
        texts: list[bytes] = []
        rows: list[Numbers] = [np.zeros((4, 0), dtype=np.int64)]
        for chunk in part.chunks:
            texts.extend(chunk.texts)
            if isinstance(chunk, Shared):
                rows.append(
                    np.concatenate(rows, axis=1)[:, np.array(chunk.same_as, dtype=np.int64)]
                )
                continue
            rows.append(_rows(chunk.packed.shapes, self._end))
            self._end += len(chunk.packed.data)
            yield chunk.packed.data.tobytes()
        first = len(self.texts)
        order = sorted(range(len(texts)), key=texts.__getitem__)
        self.texts.extend(texts[place] for place in order)
        self._rows.append(np.concatenate(rows, axis=1)[:, np.array(order, dtype=np.int64)])
        self.fields[part.name] = (first, len(self.texts), part.length)

    def columns(self) -> dict[str, Numbers]:
        """Return the table as columns by name."""
        names = ("starts", "counts", "blocks", "widths")
        rows = np.concatenate(self._rows, axis=1)
        return {f"posting_{name}": row for name, row in zip(names, rows, strict=True)}


def _rows(shapes: Shapes, base: int) -> Numbers:
    starts = shapes.starts + base
    return np.stack((starts, shapes.counts, shapes.blocks, shapes.widths)).astype(np.int64)


def _add_texts(writer: SegmentFileWriter, name: str, texts: Sequence[bytes]) -> None:
    """Write ``texts`` on end, and where each begins and the last ends."""
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    writer.add(name, [b"".join(texts)])
    starts = np.append(starts_of(lengths), lengths.sum())
    _add_numbers(writer, f"{name.removesuffix('s')}_starts", starts)


def _add_numbers(writer: SegmentFileWriter, name: str, values: Numbers) -> None:
    """Write ``values`` no wider than the largest of them needs."""
    largest = int(values.max()) if len(values) else 0
    width = next(width for width in CODES if largest < 1 << (8 * width))
    writer.add(name, [values.astype(f"<u{width}").tobytes()], width=width)
