"""Cells that span: each cell stands once, in its column."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from bs4.element import Tag

from searcher.extract.html.tables import MAX_COLUMNS, grid_of


def grid(rows: str) -> list[list[str | None]]:
    table = BeautifulSoup(f"<table>{rows}</table>", "lxml").table
    assert isinstance(table, Tag)
    return [[None if cell is None else cell.get_text() for cell in row] for row in grid_of(table)]


def test_a_cell_that_spans_columns_stands_in_the_first() -> None:
    assert grid("<tr><td colspan=2>a<td>b<tr><td>c<td>d<td>e") == [
        ["a", None, "b"],
        ["c", "d", "e"],
    ]


def test_a_cell_that_spans_rows_leaves_its_column_to_itself() -> None:
    assert grid("<tr><td rowspan=2>a<td>b<tr><td>c<tr><td>d<td>e") == [
        ["a", "b"],
        [None, "c"],
        ["d", "e"],
    ]


@pytest.mark.parametrize("span", ["0", "-1", "x", "", "²", "99999999999999999999"])
def test_a_span_that_is_no_number_or_too_large_harms_nothing(span: str) -> None:
    (row,) = grid(f'<tr><td colspan="{span}">a<td>b')
    assert [cell for cell in row if cell] == ["a", "b"]
    assert len(row) <= MAX_COLUMNS + 1
