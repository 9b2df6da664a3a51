"""The columns of a table: bands of the sheet's width, and what stands in which."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from searcher.extract.pdf.blocks.grid import Cell, share_edge
from searcher.extract.pdf.blocks.lines import segment_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from searcher.extract.pdf.blocks.grid import Row
    from searcher.extract.pdf.blocks.lines import Segment
    from searcher.extract.pdf.words import Word

_GAP = 0.6  # in sizes: twice a space, where a column ends there anyway


@dataclass(frozen=True, slots=True)
class Band:
    """The stretch of the sheet's width that a column takes up."""

    x0: float
    x1: float

    def meets(self, cell: Cell) -> bool:
        """Tell whether ``cell`` stands in the band, at least in part."""
        return cell.x0 < self.x1 and self.x0 < cell.x1


def bands_of(rows: Sequence[Row]) -> tuple[Band, ...]:
    """Return columns in which all of ``rows`` are fitted; none where there are no such.

    They are told by the rows of as many cells as most have, or else by those of another number.
    """
    counts = Counter(len(row.cells) for row in rows if len(row.cells) > 1)
    for count in sorted(counts, key=lambda cells: (counts[cells], cells), reverse=True):
        bands = _hulls([row.cells for row in rows if len(row.cells) == count])
        are_apart = all(left.x1 < right.x0 for left, right in pairwise(bands))
        if are_apart and all(fitted(row, bands) for row in rows):
            return bands
    return ()


def widened(bands: Sequence[Band], row: Row) -> tuple[Band, ...]:
    """Return ``bands`` as wide as ``row`` needs them, if it plainly stands in them; else none.

    A row of one cell leaves them as they are.
    """
    if len(row.cells) == 1:
        return tuple(bands) if fitted(row, bands) else ()
    if len(row.cells) != len(bands):
        return ()
    wide = tuple(
        Band(min(band.x0, cell.x0), max(band.x1, cell.x1))
        for band, cell in zip(bands, row.cells, strict=True)
    )
    is_in = all(band.meets(cell) for band, cell in zip(bands, row.cells, strict=True))
    return wide if is_in and all(a.x1 < b.x0 for a, b in pairwise(wide)) else ()


def _hulls(rows: Sequence[Sequence[Cell]]) -> tuple[Band, ...]:
    return tuple(
        Band(min(cell.x0 for cell in column), max(cell.x1 for cell in column))
        for column in zip(*rows, strict=True)
    )


def columns_of(row: Row, bands: Sequence[Band]) -> tuple[int, ...]:
    """Return the first band that each cell of ``row``, which is fitted, stands in."""
    return tuple(_met(cell, bands)[0] for cell in row.cells)


def spans_bands(row: Row, bands: Sequence[Band]) -> bool:
    """Tell whether a cell of ``row`` stands over more than one band."""
    return any(len(_met(cell, bands)) > 1 for cell in row.cells)


def _met(cell: Cell, bands: Sequence[Band]) -> list[int]:
    """Return the indices of the bands that ``cell`` stands in, at least in part."""
    x0, x1 = cell.x0, cell.x1
    return [index for index, band in enumerate(bands) if x0 < band.x1 and band.x0 < x1]


def fitted(row: Row, bands: Sequence[Band]) -> Row | None:
    """Return ``row`` with one cell for each band it has words in; ``None`` if some are in none.

    A cell over several bands that cannot be cut between them stands in the first.
    """
    met = [_met(cell, bands) for cell in row.cells]
    if all(len(each) == 1 for each in met) and all(a < b for a, b in pairwise(met)):
        return row  # nearly always
    cells: list[Cell] = []
    last = -1
    for cell in (piece for each in row.cells for piece in _pieces(each, bands)):
        band = next(iter(_met(cell, bands)), -1)
        if band < last or band < 0:
            return None
        if band == last:
            cells[-1] = _side_by_side(cells[-1], cell)
        else:
            cells.append(cell)
        last = band
    return replace(row, cells=tuple(cells))


def _pieces(cell: Cell, bands: Sequence[Band]) -> Iterator[Cell]:
    if len(cell.segments) > 1 or len(_met(cell, bands)) < 2:
        yield cell
        return
    for segment in cut_between(cell.segments[0], bands):
        yield Cell((segment,))


def cut_between(segment: Segment, bands: Sequence[Band]) -> tuple[Segment, ...]:
    """Return the parts of ``segment`` either side of a space between two bands.

    It is cut only if each part is then set as its column is: flush left, flush right or centred.
    """
    if not _has_gap(segment.words):  # nearly always
        return (segment,)
    runs: list[list[Word]] = [[]]
    for word in segment.words:
        if runs[-1] and _parts(runs[-1][-1], word, bands):
            runs.append([])
        runs[-1].append(word)
    if len(runs) == 1:
        return (segment,)
    parts = tuple(map(segment_of, runs))
    is_set = all(any(share_edge(band, part) for band in bands) for part in parts[1:])
    return parts if is_set else (segment,)


def _has_gap(words: Sequence[Word]) -> bool:
    """Tell whether any two neighbours are so far apart that a column may end between them."""
    end = float("inf")
    for word in words:
        _, x0, _, x1, _, _, size, _, _, _ = word  # faster than by name
        if x0 - end >= _GAP * size:
            return True
        end = x1
    return False


def _parts(left: Word, right: Word, bands: Sequence[Band]) -> bool:
    """Tell whether a column ends at ``left`` and the next begins at ``right``."""
    if right.x0 - left.x1 < _GAP * right.size:
        return False
    return any(
        left.x1 <= after.x0 + 1 and right.x0 >= before.x1 - 1 for before, after in pairwise(bands)
    )


def _side_by_side(left: Cell, right: Cell) -> Cell:
    """Return one cell of both; the lines of a cell whose words were far apart meet again."""
    if len(left.segments) != len(right.segments):
        return Cell((*left.segments, *right.segments))
    return Cell(
        tuple(
            segment_of((*one.words, *other.words))
            for one, other in zip(left.segments, right.segments, strict=True)
        )
    )
