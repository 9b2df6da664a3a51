"""Rows of a vocabulary's file: CSV by RFC 4180 in UTF-8, with a header row.

Every row knows the line it starts on, counted from 1, so that a mistake can be shown in place.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from searcher.errors import VocabularyError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells by column, without white space at either end."""

    path: Path
    line: int
    cells: dict[str, str]

    def one(self, column: str) -> str:
        """Return the cell; a column the file does not have is blank."""
        return self.cells.get(column, "")

    def many(self, column: str) -> tuple[str, ...]:
        """Return the values of a cell that holds several, each once, in order."""
        values = (value.strip() for value in self.one(column).split(SEPARATOR))
        return tuple(dict.fromkeys(value for value in values if value))

    def refuse(self, column: str, problem: str, *, hint: str = "") -> NoReturn:
        """Raise the ``VocabularyError`` that points at the cell of ``column``."""
        raise VocabularyError(self.path, problem, line=self.line, column=column, hint=hint)


def read_rows(path: Path, data: bytes, *, columns: Sequence[str]) -> tuple[Row, ...]:
    """Return the rows that ``data``, the bytes of ``path``, holds; blank lines aside.

    Raises:
        VocabularyError: not UTF-8, no CSV, one of ``columns`` missing or any named twice, a row
            of another width than the header.
    """
    records = _records(path, _decode(path, data))
    header = [name.strip() for name in next(records, (1, []))[1]]
    _check_header(path, header, columns)
    return tuple(_row(path, line, header=header, cells=cells) for line, cells in records)


def _decode(path: Path, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        line = data.count(b"\n", 0, exc.start) + 1
        hint = "save it as UTF-8: spreadsheets call that 'CSV UTF-8'"
        raise VocabularyError(path, "the file is not UTF-8", line=line, hint=hint) from exc


def _records(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each record that is no blank line with the line it starts on."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as exc:
            hint = "a cell with a comma, quotation mark or line break stands in quotation marks"
            raise VocabularyError(path, f"the row is broken: {exc}", line=line, hint=hint) from exc
        if cells:
            yield line, cells


def _check_header(path: Path, header: Sequence[str], columns: Sequence[str]) -> None:
    for column in columns:
        if column not in header:
            hint = "the first row names the columns; the README beside the file describes them"
            raise VocabularyError(path, "the column is missing", line=1, column=column, hint=hint)
    for column in header:
        if header.count(column) > 1:
            raise VocabularyError(path, "the column is named twice", line=1, column=column)


def _row(path: Path, line: int, *, header: Sequence[str], cells: Sequence[str]) -> Row:
    if len(cells) != len(header):
        problem = f"the row has {len(cells)} cells, the header {len(header)}"
        # The first column without a partner is where an eye finds the slip.
        column = header[len(cells)] if len(cells) < len(header) else header[-1]
        raise VocabularyError(path, problem, line=line, column=column)
    named = zip(header, cells, strict=True)
    return Row(path, line, {name: cell.strip() for name, cell in named})
