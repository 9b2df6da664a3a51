"""The fields of a passage in Whoosh.

Each word of a text field is indexed twice at the same position: as its exact form behind a mark
(what quotation marks and prefixes look up), and, unless it is a stop word, as its stem (what a
plain word looks up). ``about`` is the report's record as words; it widens what a passage is
found by without being shown as its text. ``key`` and ``group`` are the library's keys of the
passage and of its report.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from whoosh import fields
from whoosh.analysis import Token, Tokenizer

from searcher.analysis.tokens import forms, is_stop, stem

if TYPE_CHECKING:
    from collections.abc import Iterator

EXACT = "="
TEXT_FIELDS = ("title", "about", "heading", "body")


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
        key=fields.NUMERIC(int, bits=64, sortable=True),
        group=fields.NUMERIC(int, bits=64, sortable=True),
        report=fields.ID(),
        **{
            name: fields.TEXT(analyzer=TermTokenizer(), phrase=True, stored=False)
            for name in TEXT_FIELDS
        },
        **{
            name: fields.KEYWORD(commas=True, stored=False)
            for name in ("project", "theme", "outcome", "design", "publisher")
        },
        year=fields.NUMERIC(int),
        page=fields.NUMERIC(int),
    )


def publisher_value(name: str) -> str:
    """Return a publisher's name as it is indexed: commas separate values in Whoosh."""
    return " ".join(name.casefold().replace(",", " ").split())
