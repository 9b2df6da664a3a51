"""Tables, on good evidence only: rows of several cells that stand in columns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from searcher.extract.pdf.blocks.bands import (
    bands_of,
    columns_of,
    cut_between,
    fitted,
    spans_bands,
    widened,
)
from searcher.extract.pdf.blocks.drafts import is_caption, without_bullet
from searcher.extract.pdf.blocks.grid import Cell, next_row, read_row, share_edge, splits_of
from searcher.extract.pdf.blocks.hyphens import join_lines
from searcher.extract.pdf.blocks.rows import put_together, with_lines_above

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searcher.extract.pdf.blocks.bands import Band
    from searcher.extract.pdf.blocks.grid import Row
    from searcher.extract.pdf.blocks.hyphens import Lexicon
    from searcher.extract.pdf.blocks.lines import Line, Segment

_LABEL = re.compile(r"^(?:[(\[]?(?:\d{1,3}(?:\.\d{1,3})*|[a-zA-Z]|[ivxIVX]{1,5})[.)\]]?|\W)$")
_LEAST_ROWS = 3
_MOST_SPANNING = 3  # rows with a cell over several columns
_MOST_ALONE = 2  # rows of one cell, one after the other
_MOST_LETTERS = 90  # in a cell, on average: longer ones are prose set beside prose
_MOST_LETTERS_IN_TWO = 60  # where there are but two columns
_LEAST_PROSE = 20  # letters in a cell, on average, that may be a line of prose
_LEADING = 1.5  # in sizes: lines of prose are no further apart
_FURTHEST = 5.0  # in sizes: rows stand no further apart


@dataclass(frozen=True, slots=True)
class Table:
    """The lines that a table takes up, and the lines of each cell of its rows.

    A cell that a row does not have is empty.
    """

    lines: range
    rows: tuple[tuple[tuple[str, ...], ...], ...]


def tables_of(lines: Sequence[Line]) -> tuple[Table, ...]:
    """Return the tables of ``lines``, a sheet's: three aligned rows of cells or more.

    They come in order and do not overlap; each holds every word of its lines.
    """
    found: list[Table] = []
    free = start = 0
    splits = splits_of(lines)
    while (start := next_row(lines, start, splits)) < len(lines):
        row = read_row(lines, start, None)
        if _is_alone(row):
            start = row.stop if _ends_above(row, lines) else start + 1
            continue
        table = _longest(_wrapped(lines, range(free, start), row), _plain(lines, start))
        if table is None:
            start += 1
        else:
            found.append(table)
            free = start = table.lines.stop
    return tuple(found)


def _ends_above(row: Row, lines: Sequence[Line]) -> bool:
    """Tell whether nothing can stand beside ``row``: the stream goes on below it."""
    return row.stop == len(lines) or lines[row.stop].baseline > row.bottom + row.size


def table_text(table: Table, lexicon: Lexicon) -> str:
    """Return the rows as lines, their cells joined by " | "."""
    return "\n".join(" | ".join(join_lines(cell, lexicon) for cell in row) for row in table.rows)


def _longest(wrapped: Table | None, plain: Table | None) -> Table | None:
    if wrapped is None or plain is None:
        return wrapped or plain
    return wrapped if wrapped.lines.stop >= plain.lines.stop else plain


def _wrapped(lines: Sequence[Line], above: range, first: Row) -> Table | None:
    """Return the table whose row ``first`` begins after ``above``, lines that may belong to it."""
    rows = _rows(lines, first)
    if len(rows) < _LEAST_ROWS:
        return None
    bands = bands_of(rows)
    whole = put_together([row for each in rows if (row := fitted(each, bands))], bands)
    while len(whole) > 1 and whole[-2].stop < whole[-1].stop and _is_loose(whole[-1], bands):
        whole = whole[:-1]
    if not _is_table(whole, bands):
        return None
    stop = whole[-1].stop
    whole, count = with_lines_above(whole, lines[above.start : above.stop], bands)
    return Table(range(above.stop - count, stop), tuple(_texts(row, bands) for row in whole))


def _is_loose(row: Row, bands: Sequence[Band]) -> bool:
    return _is_alone(row) or spans_bands(row, bands)


def _rows(lines: Sequence[Line], first: Row) -> tuple[Row, ...]:
    """Return ``first`` and the rows below it, as far as they stand in the same columns."""
    rows = [first]
    bands: tuple[Band, ...] = ()
    while (stop := rows[-1].stop) < len(lines) and not is_caption(lines[stop].text):
        cut = partial(cut_between, bands=bands) if bands else None
        row = read_row(lines, stop, rows[-1], cut=cut)
        gap = row.top - rows[-1].bottom
        if not 0.5 * row.size < gap <= _FURTHEST * row.size:
            break
        bands = widened(bands, row) or bands_of([*rows, row])
        if not bands or not _may_follow(rows, row, bands):
            break
        rows.append(row)
    return tuple(rows)


def _may_follow(rows: Sequence[Row], row: Row, bands: Sequence[Band]) -> bool:
    """Tell whether ``row`` is not too much: of what stands alone, or over several columns."""
    if _is_alone(row):
        is_line = len(row.cells[0].segments) == 1 or not spans_bands(row, bands)
        is_as_small = row.size <= 1.08 * rows[-1].size
        return is_line and is_as_small and not all(map(_is_alone, rows[-_MOST_ALONE:]))
    if not spans_bands(row, bands):
        return True
    spanning = sum(spans_bands(each, bands) for each in rows if not _is_alone(each))
    return spanning < max(_MOST_SPANNING, (len(rows) + 1) // 3)


def _is_alone(row: Row) -> bool:
    return len(row.cells) == 1


def _is_table(rows: Sequence[Row], bands: Sequence[Band]) -> bool:
    """Tell whether ``rows`` stand in the columns ``bands`` and are not prose set beside prose."""
    several = [row for row in rows if len(row.cells) > 1]
    full = [row.cells for row in several if len(row.cells) == len(bands)]
    filled = sum(len(row.cells) for row in several)
    if len(several) < _LEAST_ROWS or len(full) < 2 or filled < 0.7 * len(several) * len(bands):
        return False
    columns = list(zip(*full, strict=True))
    if sum(map(_is_label, columns[0])) > 0.5 * len(full):
        columns = columns[1:]
    lengths = [_length(cell) for column in columns for cell in column]
    most = _MOST_LETTERS if len(columns) > 2 else _MOST_LETTERS_IN_TWO
    return (
        len(columns) > 1
        and sum(map(_is_aligned, columns)) >= max(2, len(columns) - 1)
        and sum(lengths) <= most * len(lengths)
        and not any(map(_runs_on, columns))
    )


def _length(cell: Cell) -> int:
    return sum(len(line.text) for line in cell.segments)


def _runs_on(column: Sequence[Cell]) -> bool:
    """Tell whether sentences go on from cell to cell: these are lines of prose."""
    if sum(map(_length, column)) < _LEAST_PROSE * len(column):
        return False
    edge = max(cell.x1 for cell in column)
    pairs = [_leads_on(above, below, edge) for above, below in pairwise(column)]
    return sum(pairs) >= 0.4 * len(pairs)


def _leads_on(above: Cell, below: Cell, edge: float) -> bool:
    """Tell whether ``above``, in a column that ends at ``edge``, is full and ``below`` goes on."""
    last = above.segments[-1]
    is_close = below.top - above.bottom <= _LEADING * last.size
    is_full = last.x1 > edge - 5 * last.size and not last.text.endswith((".", "!", "?", ":"))
    return is_close and is_full and below.segments[0].text[:1].islower()


def _is_label(cell: Cell) -> bool:
    return _is_mark(cell.segments[0].text)


def _is_mark(text: str) -> bool:
    """Tell whether ``text`` is a bullet or an item's number, and nothing else."""
    return _LABEL.match(text) is not None or not without_bullet(text + " ").strip()


def _is_aligned(column: Sequence[Cell]) -> bool:
    pairs = [share_edge(above, below) for above, below in pairwise(column)]
    return sum(pairs) >= 0.6 * len(pairs)


def _texts(row: Row, bands: Sequence[Band]) -> tuple[tuple[str, ...], ...]:
    """Return the lines of each cell; a row of one cell is that cell, others have one a column."""
    cells = [tuple(line.text for line in cell.segments) for cell in row.cells]
    if len(cells) == 1:
        return tuple(cells)
    places = dict(zip(columns_of(row, bands), cells, strict=True))
    return tuple(places.get(index, ()) for index in range(len(bands)))


def _plain(lines: Sequence[Line], start: int) -> Table | None:
    """Return the table of one line a row that begins at ``start``; its columns may waver."""
    stop = _end_of_table(lines, start)
    if stop - start < _LEAST_ROWS:
        return None
    rows = [line.segments for line in lines[start:stop]]
    if len(set(map(len, rows))) == 1 and any(
        _runs_on([Cell((segment,)) for segment in column]) for column in zip(*rows, strict=True)
    ):
        return None
    texts = tuple(tuple((segment.text,) for segment in row) for row in rows)
    return Table(range(start, stop), texts)


def _end_of_table(lines: Sequence[Line], start: int) -> int:
    """Return the index after the last row of the table that begins at ``start``."""
    row = _cells(lines[start])
    if len(row) < 2:
        return start
    end = start + 1
    while end < len(lines):
        cells = _cells(lines[end])
        if (
            len(cells) < 2
            or not _align(row, cells)
            or lines[end].baseline <= lines[end - 1].baseline
        ):
            break
        row, end = cells, end + 1
    return end


def _cells(line: Line) -> tuple[Segment, ...]:
    """Return the line's segments, a bullet's or an item's number aside."""
    is_marked = _is_mark(line.segments[0].text)
    return line.segments[1:] if is_marked else line.segments


def _align(above: Sequence[Segment], below: Sequence[Segment]) -> bool:
    """Tell whether two cells of ``below`` or more share an edge or the middle with one above."""
    return sum(any(share_edge(other, cell) for other in above) for cell in below) >= 2
