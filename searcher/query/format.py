"""A query tree to the string that parses to it."""

from __future__ import annotations

from typing import assert_never

from searcher.query.tree import And, Not, Or, Phrase, Prefix, Query, Range, Value, Word


def format_query(query: Query) -> str:
    """Return a string with ``parse(format_query(q)) == q`` for every tree the parser makes."""
    match query:
        case Word(text, field):
            return _in_field(field, text)
        case Phrase(text, field):
            return _in_field(field, f'"{text}"')
        case Prefix(text, field):
            return _in_field(field, f"{text}*")
        case Value(field, text):
            return f'{field}:"{text}"'
        case Range(field, low, high) if low == high:
            return f"{field}:{low}"
        case Range(field, low, high):
            ends = ("" if end is None else str(end) for end in (low, high))
            return f"{field}:" + "..".join(ends)
        case And(clauses, implicit):
            return (" " if implicit else " AND ").join(map(_inner, clauses))
        case Or(clauses):
            return " OR ".join(map(_inner, clauses))
        case Not(clause):
            return f"NOT {_inner(clause)}"
        case _:
            assert_never(query)


def _in_field(field: str | None, text: str) -> str:
    return f"{field}:{text}" if field else text


def _inner(query: Query) -> str:
    text = format_query(query)
    return f"({text})" if isinstance(query, And | Or) else text
