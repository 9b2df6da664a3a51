"""The fields as Whoosh knows them, for whoever opens the index with it.

``key`` and ``group`` are the library's keys of the passage and of its report: columns alone.
Numbers have one term each, which is enough to go through the few years and pages there are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from whoosh import columns, fields
from whoosh.analysis import Token, Tokenizer

from searcher.analysis.tokens import forms, is_stop, stem
from searcher.index.whoosh.fields import EXACT, TEXT_FIELDS, VALUE_FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator


class TermTokenizer(Tokenizer):  # type: ignore[misc] # whoosh ships no types
    """Yields both terms of every word, as this project's own analysis sees them."""

    __inittypes__: dict[str, type] = {}  # noqa: RUF012 as whoosh declares it

    def __call__(self, value: str, **wanted: Any) -> Iterator[Token]:  # noqa: ANN401
        """Yield the terms of ``value`` in order; ``positions`` asks for their places."""
        token = Token(**{name: wanted.get(name, False) for name in ("positions", "chars")})
        for position, form in enumerate(forms(value), start=wanted.get("start_pos", 0)):
            token.pos = position
            token.boost = 1.0
            token.text = EXACT + form
            yield token
            if not is_stop(form):
                token.text = stem(form)
                yield token


def schema() -> fields.Schema:
    """Return the schema of every index this backend writes."""
    return fields.Schema(
        key=fields.COLUMN(columns.NumericColumn("Q")),
        group=fields.COLUMN(columns.NumericColumn("Q")),
        **{
            name: fields.TEXT(analyzer=TermTokenizer(), phrase=True, stored=False)
            for name in TEXT_FIELDS
        },
        **{
            name: fields.ID() if name == "report" else fields.KEYWORD(commas=True)
            for name in VALUE_FIELDS
        },
        year=fields.NUMERIC(int, shift_step=0),
        page=fields.NUMERIC(int, shift_step=0),
    )
