from __future__ import annotations

from collections import Counter
from itertools import zip_longest
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.document import BlockKind
from searcher.extract.pdf import PdfExtractor
from searcher.extract.pdf.blocks.grid import next_row, read_row, splits_of
from searcher.extract.pdf.blocks.lines import lines_of
from searcher.extract.pdf.blocks.tables import tables_of
from searcher.extract.pdf.readers import pdfium
from searcher.extract.pdf.words import PageWords, Word
from tests.unit.extract.pdf.drawing import pdf, write

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from reportlab.pdfgen.canvas import Canvas

Cells = tuple[tuple[tuple[str, ...], ...], ...]

COLUMNS = (72.0, 220.0, 330.0)
READERS = ("pdfium", "pdfminer")
WRAPPED: Cells = (
    (("Outcome",), ("All families", "(n = 132)"), ("Difference",)),
    (("Entered care",), ("26",), ("not significant",)),
    (
        ("Missing episodes in", "six months before"),
        ("5.2",),
        ("-1.5 points, which", "is significant"),
    ),
    (("Arrests",), ("61",), ("not significant",)),
)


def cell_by_cell(rows: Cells) -> Iterator[tuple[int, int, int, str]]:
    """Yield row, column, line and text as most programs write them."""
    for row, cells in enumerate(rows):
        for column, lines in enumerate(cells):
            for number, text in enumerate(lines):
                yield row, column, number, text


def straight_across(rows: Cells) -> Iterator[tuple[int, int, int, str]]:
    """Yield row, column, line and text as they stand on the sheet."""
    for row, cells in enumerate(rows):
        for number, texts in enumerate(zip_longest(*cells)):
            for column, text in enumerate(texts):
                if text is not None:
                    yield row, column, number, text


def draw(canvas: Canvas, rows: Cells, written: Iterator[tuple[int, int, int, str]]) -> None:
    tops = [160.0]
    for cells in rows:
        tops.append(tops[-1] + 13 * max(map(len, cells)) + 8)
    for row, column, number, text in written:
        write(canvas, [text], x=COLUMNS[column], y=tops[row] + 13 * number, size=10)


def tables(data: bytes, reader: str) -> list[list[list[str]]]:
    document = PdfExtractor(reader=reader).extract(data)
    return [
        [row.split(" | ") for row in block.span.of(document.text).split("\n")]
        for page in document.pages
        for block in page.blocks
        if block.kind is BlockKind.TABLE
    ]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("order", [cell_by_cell, straight_across])
def test_a_cell_that_wraps_is_one_cell(reader: str, order: object) -> None:
    write_in = cell_by_cell if order is cell_by_cell else straight_across
    data = pdf(lambda canvas: draw(canvas, WRAPPED, write_in(WRAPPED)))
    assert tables(data, reader) == [[[" ".join(cell) for cell in row] for row in WRAPPED]]


@pytest.mark.parametrize("reader", READERS)
def test_a_cell_that_is_missing_leaves_its_place(reader: str) -> None:
    rows: Cells = (
        (("Council",), ("2016",), ("2017",)),
        (("Upper Vale",), ("41",), ()),
        (("Lower Vale",), (), ("52",)),
        (("Eastvale",), ("25",), ("26",)),
    )
    found = tables(pdf(lambda canvas: draw(canvas, rows, cell_by_cell(rows))), reader)
    assert found == [
        [
            ["Council", "2016", "2017"],
            ["Upper Vale", "41 |"],
            ["Lower Vale", "| 52"],
            ["Eastvale", "25", "26"],
        ]
    ]


@pytest.mark.parametrize("reader", READERS)
def test_a_line_that_heads_rows_is_no_part_of_the_first_of_them(reader: str) -> None:
    def sheet(canvas: Canvas) -> None:
        lines: Sequence[tuple[str, ...]] = (
            ("Measure of the evaluation", "2016", "2017"),
            ("Boys", "", ""),
            ("under five", "12", "14"),
            ("five to ten", "22", "24"),
            ("Girls", "", ""),
            ("under five", "32", "34"),
        )
        for number, cells in enumerate(lines):
            for column, text in enumerate(cells):
                if text:
                    write(canvas, [text], x=COLUMNS[column], y=160 + 13 * number, size=10)

    (rows,) = tables(pdf(sheet), reader)
    assert [row[0] for row in rows] == [
        "Measure of the evaluation", "Boys", "under five", "five to ten", "Girls", "under five",
    ]  # fmt: skip


@pytest.mark.parametrize("reader", READERS)
def test_prose_set_beside_prose_is_no_table(reader: str) -> None:
    left = (
        "Workers said that the teams",
        "met every week and that the",
        "families were glad to have",
        "one person to call.",
    )
    right = (
        "Managers were more careful in",
        "what they said about it, and",
        "pointed to the high cost of",
        "training.",
    )

    def sheet(canvas: Canvas) -> None:
        for number, texts in enumerate(zip(left, right, strict=True)):
            for x, text in zip((72, 300), texts, strict=True):
                write(canvas, [text], x=x, y=160 + 14 * number)

    assert tables(pdf(sheet), reader) == []


@pytest.mark.parametrize(
    "name", ["FY2016-hcfac.pdf", "compendium2012.pdf", "MFCUFY2000.pdf", "thebook.pdf"]
)
def test_a_table_holds_every_word_of_its_lines_once(shared: Path, name: str) -> None:
    data = (shared / "corpus" / "pdf" / "hhs-oig" / name).read_bytes()
    count = 0
    for page in pdfium.read(data).pages:
        lines = lines_of(page)
        for table in tables_of(lines):
            count += 1
            words = Counter(w for index in table.lines for w in lines[index].text.split())
            cells = (cell for row in table.rows for cell in row)
            assert Counter(w for cell in cells for line in cell for w in line.split()) == words
    assert count > 5


@st.composite
def scattered(draw: st.DrawFn) -> tuple[Word, ...]:
    """Draw words at a few places across and down a sheet, most of them below the last."""
    y = 100.0
    words: list[Word] = []
    for _ in range(draw(st.integers(0, 30))):
        y += draw(st.sampled_from((0.0, 12.0, 12.0, 12.0, 24.0, -36.0)))
        x = draw(st.sampled_from((72.0, 72.0, 72.0, 75.0, 150.0, 300.0)))
        bold = draw(st.booleans())
        words.append(Word("cell", x, y - 8, x + 40, y + 2, y, 10.0, bold, "Times"))
    return tuple(words)


@given(scattered())
def test_no_row_of_several_cells_is_passed_over(words: tuple[Word, ...]) -> None:
    lines = lines_of(PageWords(1, 595.0, 842.0, words, has_ink=True))
    splits = splits_of(lines)
    for start in range(len(lines)):
        passed = range(start, next_row(lines, start, splits))
        assert all(len(read_row(lines, index, None).cells) == 1 for index in passed)
