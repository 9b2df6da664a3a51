"""An error as people and as scripts see it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from searcher.cli.render.terminal import Style, clean, columns, one_line
from searcher.errors import QueryError
from searcher.results.shape import error_shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.errors import SearcherError

BEFORE, AFTER = 50, 24


def lines(error: SearcherError, style: Style) -> Iterator[str]:
    """Yield the message, the query with a caret where it fails, the hint."""
    yield style.alarm("searcher:") + " " + one_line(error.message)
    if isinstance(error, QueryError):
        yield from _pointed(error)
    if error.hint:
        yield f"  hint: {one_line(error.hint)}"


def shape(error: SearcherError) -> dict[str, object]:
    """Return the error as JSON, a query's with where it fails."""
    known = error_shape(error)
    if isinstance(error, QueryError):
        known |= {"query": error.query, "column": error.column}
    return known


def _pointed(error: QueryError) -> Iterator[str]:
    """Yield the query and a caret below its column; of a long query, what is around it."""
    fits = len(error.query) <= BEFORE + AFTER
    start = 0 if fits else max(error.column - BEFORE, 0)
    end = len(error.query) if fits else error.column + AFTER
    before = ("…" if start else "") + _flat(error.query[start : error.column])
    after = _flat(error.query[error.column : end]) + ("…" if end < len(error.query) else "")
    yield f"  {before}{after}".rstrip()
    yield "  " + " " * columns(before) + "^"


def _flat(text: str) -> str:
    """Return ``text`` clean, each white space as one space, so that columns stay in line."""
    spaced = (" " if character.isspace() else character for character in text)
    return clean(unicodedata.normalize("NFC", "".join(spaced)))
