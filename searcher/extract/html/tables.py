"""Tables that hold data, and tables that old pages only lay their text out with."""

from __future__ import annotations

from bs4.element import Tag

LAYOUT_INSIDE = frozenset("table h1 h2 h3 h4 h5 h6 form blockquote hr".split())
MAX_CELL_CHARS = 1500
MAX_SPAN = 1000
MAX_COLUMNS = 100


def is_data_table(table: Tag) -> bool:
    """Tell whether ``table`` has rows and columns of data, not a layout."""
    if str(table.get("role", "")) in {"presentation", "none"}:
        return False
    if _holds_layout(table):
        return False
    rows = rows_of(table)
    if len(rows) < 2 or max(map(len, rows)) < 2:
        return False
    return all(len(cell.get_text()) <= MAX_CELL_CHARS for row in rows for cell in row)


def _holds_layout(table: Tag) -> bool:
    # Not bs4's find: it walks to the end of the table first, which is slow in nested ones.
    waiting = list(table.contents)
    while waiting:
        node = waiting.pop()
        if isinstance(node, Tag):
            if node.name in LAYOUT_INSIDE:
                return True
            waiting.extend(node.contents)
    return False


def rows_of(table: Tag) -> list[list[Tag]]:
    """Return the cells of each row that says anything, the head first as it stands."""
    rows = []
    for row in table.find_all("tr"):
        cells = list(row.find_all(["td", "th"]))
        if any(cell.get_text().strip() for cell in cells):
            rows.append(cells)
    return rows


def grid_of(table: Tag) -> list[list[Tag | None]]:
    """Return the rows of ``table`` with each cell in its column.

    A cell that spans columns or rows stands in the first of them; the others are ``None``. No
    row is made longer by that than ``MAX_COLUMNS``.
    """
    grid: list[list[Tag | None]] = []
    rest: dict[int, int] = {}  # column -> rows below that a cell above still covers
    for cells in rows_of(table):
        row: list[Tag | None] = []
        below = {column: rows - 1 for column, rows in rest.items() if rows > 1}
        for cell in cells:
            while len(row) in rest:
                row.append(None)
            columns = range(len(row), min(len(row) + _span(cell, "colspan"), MAX_COLUMNS))
            rows = _span(cell, "rowspan")
            below |= {column: rows - 1 for column in columns if rows > 1}
            row += [cell, *[None] * (len(columns) - 1)]
        grid.append(row)
        rest = below
    return grid


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name, "1")).strip()
    return min(max(int(value), 1), MAX_SPAN) if value.isascii() and value.isdigit() else 1
