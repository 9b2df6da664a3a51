"""CSV after RFC 4180: a header, then a row each; lists are joined by ``|``."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from searcher.cli.render.terminal import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


def lines(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield the lines of the table, every text of it clean and on one line."""
    yield _line(header)
    for row in rows:
        yield _line([_cell(value) for value in row])


def _line(cells: Sequence[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="").writerow(cells)
    return buffer.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple | list):
        return "|".join(_cell(entry) for entry in value)
    return one_line(str(value))
