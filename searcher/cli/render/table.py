"""Columns of text for people."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from searcher.cli.render.terminal import columns, one_line, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from searcher.cli.render.terminal import Style

GAP = "  "
NARROWEST = 12


def lines(header: Sequence[str], rows: Iterable[Sequence[object]], style: Style) -> Iterator[str]:
    """Yield a header and the rows, aligned; numbers to the right.

    On a terminal the widest columns give way until a row fits; elsewhere nothing is cut.
    """
    cells = [[_text(value) for value in row] for row in rows]
    numeric = [
        bool(cells) and all(row[at].replace(".", "", 1).isdigit() or not row[at] for row in cells)
        for at in range(len(header))
    ]
    widths = _fitted(
        [max(columns(row[at]) for row in [list(header), *cells]) for at in range(len(header))],
        style.width,
    )
    yield style.dim(_row(header, widths, numeric))
    for row in cells:
        yield _row(row, widths, numeric)


def facts(known: Iterable[tuple[str, str]], style: Style) -> Iterator[str]:
    """Yield name and value of what has a value, the values below one another."""
    shown = [(name, one_line(value)) for name, value in known if value]
    margin = max((len(name) for name, _ in shown), default=0) + len(GAP)
    for name, value in shown:
        room = style.width - margin if style.width else None
        parts = textwrap.wrap(value, room) if room else [value]
        for at, part in enumerate(parts):
            yield f"{'' if at else name:<{margin}}{part}"


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple | list):
        return ", ".join(one_line(str(entry)) for entry in value)
    return one_line(str(value))


def _fitted(widths: list[int], width: int | None) -> list[int]:
    """Return ``widths`` with the widest made narrower until all fit in ``width``.

    The first column names the row, so it gives way last.
    """
    if width is None:
        return widths
    fitted = list(widths)
    room = width - len(GAP) * (len(widths) - 1)
    for first in (1, 0):
        giving = range(first, len(fitted))
        while sum(fitted) > room and max((fitted[at] for at in giving), default=0) > NARROWEST:
            fitted[max(giving, key=lambda at: fitted[at])] -= 1
    return fitted


def _row(cells: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    shown = []
    for cell, width, right in zip(cells, widths, numeric, strict=True):
        text = shorten(cell, width)
        space = " " * (width - columns(text))
        shown.append(space + text if right else text + space)
    return GAP.join(shown).rstrip()
