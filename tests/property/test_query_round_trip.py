"""Laws of the query language over every text: it parses or says where not, and reads back."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from searcher.errors import QueryError
from searcher.query.format import format_query
from searcher.query.parse import DEEPEST, parse, plain
from searcher.query.tree import FIELDS, And, Or, Query, Word, depth

pieces = st.sampled_from([
    "AND", "OR", "NOT", "(", ")", "-", " ", '"', "“", "”", "«", "*", ":", ".", "..", "care",
    "**", "?", "children’s", "co-", "2017", "10,000", "edge of", *(f"{field}:" for field in FIELDS),
])  # fmt: skip
queries = st.lists(pieces | st.text(max_size=4), max_size=25).flatmap(
    lambda parts: st.sampled_from(["", " "]).map(lambda gap: gap.join(parts))
)


def parsed(text: str) -> Query | None:
    """Return the tree of ``text``, ``None`` if it says where it has none."""
    try:
        return parse(text)
    except QueryError as refused:
        column = refused.column
    assert 0 <= column <= len(text)
    return None


@given(queries | st.text())
@example("a:b")
@example("a:")
@example("-" * 50)
def test_every_text_is_a_tree_or_a_mistake_at_a_column_of_it(text: str) -> None:
    parsed(text)


@given(queries | st.text())
@example("(a b OR c) OR NOT (NOT d e)")
@example("x" + " (x OR y" * 19 + ")" * 19)
def test_a_tree_written_out_is_read_as_the_same_tree(text: str) -> None:
    tree = parsed(text)
    if tree is not None:
        assert parse(format_query(tree)) == tree


@pytest.mark.parametrize("level", ["({})", "NOT {}", "-({} b)", "a OR b ({})", "(c {} OR d)"])
def test_a_tree_as_deep_as_can_be_is_read_as_the_same_tree(level: str) -> None:
    text, deepest = "x y", None
    while (tree := parsed(text)) is not None and len(text) < 3000:
        text, deepest = level.format(text), tree
    assert deepest is not None
    assert depth(deepest) <= DEEPEST
    assert parse(format_query(deepest)) == deepest


@given(st.text())
def test_plain_words_are_words_or_a_mistake(text: str) -> None:
    try:
        tree = plain(text)
    except QueryError:
        return
    assert isinstance(tree, Word | And)


@pytest.mark.parametrize("between", [" ", " AND ", " OR ", "\n"])
def test_ten_thousand_words_are_a_query(between: str) -> None:
    tree = parse(between.join(f"word{n}" for n in range(10_000)))
    assert isinstance(tree, And | Or)
    assert len(tree.clauses) == 10_000
    assert parse(format_query(tree)) == tree
