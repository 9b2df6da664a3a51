"""Columns of text for people."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from searcher.cli.render.terminal import columns, one_line, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from searcher.cli.render.terminal import Style

GAP = "  "
NARROWEST = 24
"""Columns in which a title can still be told from another."""


def lines(header: Sequence[str], rows: Iterable[Sequence[object]], style: Style) -> Iterator[str]:
    """Yield a header and the rows, aligned; numbers to the right.

    On a terminal the widest columns give way until a row fits, but never the first, which names
    the row: where that leaves too little, it stands on a line of its own above the others.
    Elsewhere nothing is cut.
    """
    cells = [[_text(value) for value in row] for row in rows]
    numeric = [
        bool(cells) and all(row[at].replace(".", "", 1).isdigit() or not row[at] for row in cells)
        for at in range(len(header))
    ]
    widths = [max(columns(row[at]) for row in [list(header), *cells]) for at in range(len(header))]
    fitted = _fitted(widths, style.width)
    if fitted is None:
        yield from _stacked(header, cells, style)
        return
    yield style.dim(_row(header, fitted, numeric))
    for row in cells:
        yield _row(row, fitted, numeric)


def _stacked(header: Sequence[str], cells: Sequence[Sequence[str]], style: Style) -> Iterator[str]:
    """Yield two lines a row: its first cell, and below it the others as far as they fit."""
    others = [list(header[1:]), *(list(row[1:]) for row in cells)]
    names = [header[0], *(row[0] for row in cells)]
    room = (style.width or 0) - len(GAP)
    widths = [max(columns(row[at]) for row in others) for at in range(len(header) - 1)]
    while sum(widths) + len(GAP) * (len(widths) - 1) > room and max(widths) > 1:
        widths[widths.index(max(widths))] -= 1
    for at, (name, row) in enumerate(zip(names, others, strict=True)):
        dress = style.bold if at else style.dim
        below = GAP + _row(row, widths, [False] * len(row))
        yield dress(name)
        yield below.rstrip() if at else style.dim(below.rstrip())


def explained(
    header: Sequence[str], rows: Iterable[Sequence[object]], style: Style
) -> Iterator[str]:
    """Yield ``lines`` with nothing of the last column cut: it is prose, and says why.

    Where a terminal is too narrow for it, it is wrapped below its row.
    """
    cells = [[_text(value) for value in row] for row in rows]
    widths = [max(columns(row[at]) for row in [list(header), *cells]) for at in range(len(header))]
    if style.width is None or sum(widths) + len(GAP) * (len(widths) - 1) <= style.width:
        yield from lines(header, cells, style)
        return
    table = list(lines(header[:-1], [row[:-1] for row in cells], style))
    height = len(table) // (len(cells) + 1)
    yield from table[:height]
    indent = GAP * 3
    for at, row in enumerate(cells, start=1):
        yield from table[at * height : (at + 1) * height]
        yield from textwrap.wrap(
            row[-1], style.width, initial_indent=indent, subsequent_indent=indent,
            break_long_words=False, break_on_hyphens=False,
        )  # fmt: skip


def facts(known: Iterable[tuple[str, str]], style: Style) -> Iterator[str]:
    """Yield name and value of what has a value, the values below one another.

    A value is broken at spaces alone, so that a name in it can be copied.
    """
    shown = [(name, one_line(value)) for name, value in known if value]
    margin = max((len(name) for name, _ in shown), default=0) + len(GAP)
    for name, value in shown:
        room = style.width - margin if style.width else None
        parts = [value]
        if room:
            parts = textwrap.wrap(value, room, break_long_words=False, break_on_hyphens=False)
        for at, part in enumerate(parts):
            yield f"{'' if at else name:<{margin}}{part}"


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple | list):
        return ", ".join(one_line(str(entry)) for entry in value)
    return one_line(str(value))


def _fitted(widths: Sequence[int], width: int | None) -> list[int] | None:
    """Return ``widths`` with the widest but the first made narrower until all fit in ``width``.

    ``None`` says that a column would be left with less than can be read.
    """
    fitted = list(widths)
    if width is None:
        return fitted
    room = width - len(GAP) * (len(widths) - 1)
    while sum(fitted) > room:
        widest = max(range(1, len(fitted)), key=fitted.__getitem__, default=0)
        if not widest or fitted[widest] <= NARROWEST:
            return None
        fitted[widest] -= 1
    return fitted


def _row(cells: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    shown = []
    for cell, width, right in zip(cells, widths, numeric, strict=True):
        text = shorten(cell, width)
        space = " " * (width - columns(text))
        shown.append(space + text if right else text + space)
    return GAP.join(shown).rstrip()
