"""The rows of a table put right once its columns are known.

Some files write straight across the cells of a row: there the lines of one row stand closer than
rows do. Others write two rows as one, or the names of the columns in an order of their own.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from searcher.extract.pdf.blocks.bands import columns_of, cut_between, spans_bands
from searcher.extract.pdf.blocks.drafts import is_caption
from searcher.extract.pdf.blocks.grid import Cell, Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from searcher.extract.pdf.blocks.bands import Band
    from searcher.extract.pdf.blocks.lines import Line, Segment

_CLOSE = 1.5  # in sizes: lines of one row are no further apart
_CLOSER = 0.87  # of the usual distance of rows: lines of one row
_MOST_ABOVE = 24  # lines over the first row that can belong to the names of the columns
_FIGURE = re.compile(r"^\W*\d[\d.,%\s]*\W*$")


def put_together(rows: Sequence[Row], bands: Sequence[Band]) -> tuple[Row, ...]:
    """Return ``rows``, which are fitted, as they are meant: joined, or parted.

    Invariant: they hold the same lines.
    """
    usual = median([below.top - above.bottom for above, below in pairwise(rows)] or [0.0])
    done: list[Row] = []
    for row in (part for each in rows for part in _parted(each, bands, usual)):
        gap = row.top - done[-1].bottom if done else 0.0
        is_close = 0 < gap <= min(_CLOSE * row.size, _CLOSER * usual)
        if is_close and _is_rest(done[-1], row, bands):
            done[-1] = _joined(done[-1], row, bands)
        else:
            done.append(row)
    return tuple(done)


def _is_rest(above: Row, row: Row, bands: Sequence[Band]) -> bool:
    """Tell whether ``row`` can be the further lines of some cells of ``above``."""
    columns, over = columns_of(row, bands), columns_of(above, bands)
    if len(columns) == len(bands) or spans_bands(row, bands):
        return False
    if len(above.cells) < 2 or not set(columns) <= set(over):
        return False
    cells = dict(zip(over, above.cells, strict=True))
    return not any(
        _is_figure(cells[column]) and _is_figure(cell)
        for column, cell in zip(columns, row.cells, strict=True)
    )


def _is_figure(cell: Cell) -> bool:
    return _FIGURE.match(cell.segments[-1].text) is not None


def _joined(above: Row, row: Row, bands: Sequence[Band]) -> Row:
    """Return ``above`` with each cell of ``row`` below the one in its band."""
    cells = dict(zip(columns_of(above, bands), above.cells, strict=True))
    for column, cell in zip(columns_of(row, bands), row.cells, strict=True):
        known = cells.get(column)
        cells[column] = Cell((*known.segments, *cell.segments)) if known else cell
    return Row(tuple(cells[column] for column in sorted(cells)), row.stop)


def _parted(row: Row, bands: Sequence[Band], usual: float) -> Iterator[Row]:
    """Yield the rows that ``row`` is, if its lines stand no closer than rows of the table do."""
    label, *others = row.cells
    heights = [line.baseline for line in label.segments]
    steps = [below - above for above, below in pairwise(heights)]
    is_head = all(line.bold for cell in row.cells for line in cell.segments)
    if not others or not steps or is_head or min(steps) <= _CLOSER * usual:
        yield row
    elif all(_is_level(label, cell) for cell in others):
        for lines in zip(*(cell.segments for cell in row.cells), strict=True):
            yield Row(tuple(Cell((line,)) for line in lines), row.stop)
    elif all(len(cell.segments) == 1 for cell in others):
        yield from _beside_their_line(row, bands[0])
    else:
        yield row


def _is_level(one: Cell, other: Cell) -> bool:
    return len(one.segments) == len(other.segments) and all(
        abs(line.baseline - beside.baseline) < 1
        for line, beside in zip(one.segments, other.segments, strict=True)
    )


def _beside_their_line(row: Row, band: Band) -> Iterator[Row]:
    """Yield a row for each label that ends before its line does; one has the other cells."""
    label, *others = row.cells
    groups: list[list[Segment]] = [[label.segments[0]]]
    for above, below in pairwise(label.segments):
        if _has_room(above, below, band):
            groups.append([])
        groups[-1].append(below)
    height = others[0].top
    beside = [any(abs(line.baseline - height) < 1 for line in group) for group in groups]
    if not any(beside):
        yield row
        return
    for group, has_others in zip(groups, beside, strict=True):
        cell = Cell(tuple(group))
        yield Row((cell, *others) if has_others else (cell,), row.stop)


def _has_room(line: Segment, below: Segment, band: Band) -> bool:
    """Tell whether the first word of ``below`` would fit behind ``line``."""
    word, _, _ = below.text.partition(" ")
    letter = (below.x1 - below.x0) / max(len(below.text), 1)
    return line.x1 + (len(word) + 1) * letter < band.x1


def with_lines_above(
    rows: tuple[Row, ...], above: Sequence[Line], bands: Sequence[Band]
) -> tuple[tuple[Row, ...], int]:
    """Return ``rows`` with the names of the columns that stand right above, and their lines' count.

    ``above`` are the lines before the first row, in stream order. The names are bold and stand
    in two bands or more, each part in one of them.
    """
    head: dict[int, tuple[Segment, ...]] = {}
    best, count = rows, 0
    first = rows[0]
    for taken, line in enumerate(reversed(above[-_MOST_ABOVE:]), start=1):
        parts = _parts_by_band(line, bands)
        top = min([first.top, *(cell[0].baseline for cell in head.values())])
        is_near = top - _CLOSE * first.size <= line.baseline < first.bottom
        if parts is None or not (is_near and line.bold) or is_caption(line.text):
            break
        for column, segment in parts:
            head[column] = (segment, *head.get(column, ()))
        if len(head) > 1:
            best, count = _headed(rows, head, bands), taken
    return best, count


def _parts_by_band(line: Line, bands: Sequence[Band]) -> list[tuple[int, Segment]] | None:
    """Return the parts of ``line`` and their bands, from the right; ``None`` if one spans two."""
    found: list[tuple[int, Segment]] = []
    for segment in line.segments:
        for part in cut_between(segment, bands):
            met = [index for index, band in enumerate(bands) if band.meets(Cell((part,)))]
            if len(met) != 1:
                return None
            found.append((met[0], part))
    return found[::-1]


def _headed(
    rows: tuple[Row, ...], head: dict[int, tuple[Segment, ...]], bands: Sequence[Band]
) -> tuple[Row, ...]:
    first = rows[0]
    row = Row(tuple(Cell(head[column]) for column in sorted(head)), first.stop)
    if row.bottom < first.top - 0.35 * first.size and len(first.cells) == len(bands):
        return (row, *rows)
    return (replace(_joined(row, first, bands), stop=first.stop), *rows[1:])
