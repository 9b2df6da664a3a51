"""Rows of a table that people keep: CSV by RFC 4180 in UTF-8, with a header row.

Every row knows the line it starts on, counted from 1, so that a mistake can be shown in place.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from searcher.errors import CorpusFileError

SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells by column, without white space at either end."""

    path: Path
    line: int
    cells: dict[str, str]
    error: type[CorpusFileError]

    def one(self, column: str) -> str:
        """Return the cell; a column the file does not have is blank."""
        return self.cells.get(column, "")

    def many(self, column: str) -> tuple[str, ...]:
        """Return the values of a cell that holds several, each once, in order."""
        values = (value.strip() for value in self.one(column).split(SEPARATOR))
        return tuple(dict.fromkeys(value for value in values if value))

    def refuse(self, column: str, problem: str, *, hint: str = "") -> NoReturn:
        """Raise the table's error that points at the cell of ``column``."""
        raise self.error(self.path, problem, line=self.line, column=column, hint=hint)


@dataclass(frozen=True, slots=True)
class Table:
    """A file of rows: where it lies, the columns it must have, the error that speaks of it."""

    path: Path
    columns: Sequence[str]
    error: type[CorpusFileError]

    def rows(self, data: bytes) -> tuple[Row, ...]:
        """Return the rows that ``data``, the bytes of the file, holds; blank lines aside.

        Raises:
            CorpusFileError: the table's own: not UTF-8, no CSV, a column missing or named twice,
                a row of another width than the header.
        """
        header = self.header(data)
        records = self._records(self._decode(data))
        next(records)
        return tuple(self._row(line, header, cells) for line, cells in records)

    def header(self, data: bytes) -> tuple[str, ...]:
        """Return the columns that ``data`` names, in their order.

        Raises:
            CorpusFileError: the table's own: not UTF-8, no CSV, a column missing or named twice.
        """
        names = next(self._records(self._decode(data)), (1, []))[1]
        header = tuple(name.strip() for name in names)
        self._check_header(header)
        return header

    def _decode(self, data: bytes) -> str:
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as exc:
            line = data.count(b"\n", 0, exc.start) + 1
            hint = "save it as UTF-8: spreadsheets call that 'CSV UTF-8'"
            raise self.error(self.path, "the file is not UTF-8", line=line, hint=hint) from exc

    def _records(self, text: str) -> Iterator[tuple[int, list[str]]]:
        """Yield each record that is no blank line with the line it starts on."""
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as exc:
                problem = f"the row is broken: {exc}"
                hint = "a cell with a comma, quotation mark or line break stands in quotation marks"
                raise self.error(self.path, problem, line=line, hint=hint) from exc
            if cells:
                yield line, cells

    def _check_header(self, header: Sequence[str]) -> None:
        for column in self.columns:
            if column not in header:
                hint = "the first row names the columns; the documentation describes them"
                raise self.error(
                    self.path, "the column is missing", line=1, column=column, hint=hint
                )
        for column in header:
            if header.count(column) > 1:
                raise self.error(self.path, "the column is named twice", line=1, column=column)

    def _row(self, line: int, header: Sequence[str], cells: Sequence[str]) -> Row:
        if len(cells) != len(header):
            problem = f"the row has {len(cells)} cells, the header {len(header)}"
            # The first column without a partner is where an eye finds the slip.
            column = header[len(cells)] if len(cells) < len(header) else header[-1]
            raise self.error(self.path, problem, line=line, column=column)
        named = zip(header, cells, strict=True)
        return Row(self.path, line, {name: cell.strip() for name, cell in named}, self.error)
