"""What is a running line and what is not: table heads, section names, margins, web prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader

from searcher.document import FURNITURE, Document
from searcher.extract.pdf import PdfExtractor
from tests.unit.extract.pdf.drawing import PROSE, pdf, write

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

    from tests.unit.extract.pdf.drawing import Sheet

NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def read(*sheets: Sheet) -> Document:
    return PdfExtractor().extract(pdf(*sheets))


def bodies(document: Document) -> list[str]:
    return [page.body.of(document.text) for page in document.pages]


def furniture(document: Document) -> list[list[str]]:
    return [
        [block.span.of(document.text) for block in page.blocks if block.kind in FURNITURE]
        for page in document.pages
    ]


def numbered(name: str) -> list[str]:
    """Return prose that no other sheet has."""
    return [f"{name} {line[:-12]}" for line in PROSE * 4]


def headed(header: str, name: str, *, y: float = 40.0) -> Sheet:
    def draw(canvas: Canvas) -> None:
        write(canvas, [header], y=y, size=9)
        write(canvas, numbered(name), y=100)

    return draw


def test_a_line_that_comes_back_where_other_sheets_have_text_stays() -> None:
    def sheet(index: int) -> Sheet:
        def draw(canvas: Canvas) -> None:
            head = ["Why this is a challenge"] if 2 <= index < 5 else []
            write(canvas, [*head, *numbered(NUMBERS[index])], y=100)

        return draw

    found = bodies(read(*map(sheet, range(10))))
    assert all("Why this is a challenge" in body for body in found[2:5])


def test_the_head_of_a_table_that_goes_on_stays_on_every_sheet() -> None:
    def sheet(name: str) -> Sheet:
        def draw(canvas: Canvas) -> None:
            rows = [["Outcome", "Before", "After"]]
            rows += [[f"{name} {row}", f"{row}1", f"{row}2"] for row in "abcdefgh"]
            for index, row in enumerate(rows):
                for column, cell in enumerate(row):
                    write(canvas, [cell], x=72 + 150 * column, y=80 + 14 * index)

        return draw

    assert all("Outcome" in body for body in bodies(read(*map(sheet, NUMBERS))))


def test_the_name_of_a_chapter_of_one_sheet_is_a_running_line_where_all_stand() -> None:
    headers = [*["Part A of the report"] * 4, "Interlude", *["Part B of the report"] * 4]
    document = read(*map(headed, headers, NUMBERS))
    assert furniture(document)[4] == ["Interlude"]


def test_a_line_alone_in_the_outermost_margin_is_a_running_line() -> None:
    document = read(headed("For information only", "one", y=30))
    assert furniture(document) == [["For information only"]]


@pytest.mark.parametrize("bold", [True, False])
def test_what_stands_on_a_cover_is_no_running_line(*, bold: bool) -> None:
    def cover(canvas: Canvas) -> None:
        write(canvas, ["Department for Education"], y=30, bold=bold)
        write(canvas, ["Family Safeguarding in Easterby"], y=200, size=28)

    assert furniture(read(cover)) == [[]]


def test_a_header_misread_on_one_sheet_of_a_scan_is_one_all_the_same() -> None:
    right, wrong = (f"Medicaid Fraud Units Annual {word}" for word in ("Report", "Rewort"))

    def sheet(index: int) -> Sheet:
        is_misread = index == 5
        header = wrong if is_misread else right
        return headed(header, NUMBERS[index], y=52 if is_misread else 40)

    assert furniture(read(*map(sheet, range(10))))[5] == [wrong]


def test_what_gov_uk_sets_around_a_printed_page_leaves_the_body() -> None:
    def first(canvas: Canvas) -> None:
        write(canvas, ["GOV.UK"], y=40, size=20, bold=True)
        write(canvas, ["Home", "Children's social care"], y=80)
        write(canvas, ["Department for Education"], y=130)
        write(canvas, ["Research and analysis"], y=225, size=14)
        write(canvas, ["Family Safeguarding in Easterby"], y=250, size=24, bold=True)
        write(canvas, PROSE, y=300)

    def last(canvas: Canvas) -> None:
        end = write(canvas, PROSE, y=100)
        write(canvas, ["Back to top"], y=end + 20)
        licence = "All content is available under the Open Government Licence v3.0"
        write(canvas, [licence], y=end + 60)

    document = read(first, last)
    title = "Research and analysis\n\nFamily Safeguarding in Easterby"
    assert [body.strip() for body in bodies(document)] == [
        f"{title}\n\n{' '.join(PROSE)}",
        " ".join(PROSE),
    ]


def test_a_report_that_names_gov_uk_is_no_print_of_it() -> None:
    def sheet(canvas: Canvas) -> None:
        write(canvas, ["GOV.UK"], y=200)
        write(canvas, PROSE, y=260)

    assert bodies(read(sheet))[0].startswith("GOV.UK")


def test_a_cell_beside_text_that_goes_on_is_no_running_line() -> None:
    def sheet(name: str) -> Sheet:
        def draw(canvas: Canvas) -> None:
            write(canvas, [f"{name} {line[:30]}" for line in PROSE * 4], y=60)
            write(canvas, ["Expected impact of it:"], x=400, y=60)

        return draw

    assert all("Expected impact" in body for body in bodies(read(*map(sheet, NUMBERS))))


def test_lines_whose_numbers_count_along_with_the_sheets_are_running_lines() -> None:
    heads = ("Summary", "Access", "Access", "Spending", "Spending", "Next steps")
    sheets = [headed(f"{head} | {2 + n}", NUMBERS[n]) for n, head in enumerate(heads)]
    document = read(headed("", "cover"), *sheets)
    expected = [[f"{head} | {2 + n}"] for n, head in enumerate(heads)]
    assert furniture(document)[1:] == expected
    assert [page.label for page in document.pages[1:]] == ["2", "3", "4", "5", "6", "7"]


def test_numbered_headings_that_count_along_with_the_sheets_stay() -> None:
    heads = ("1 | Why", "2 | How", "3 | What", "4 | When")

    def sheet(index: int) -> Sheet:
        def draw(canvas: Canvas) -> None:
            write(canvas, [heads[index]], y=70, size=16, bold=True)
            write(canvas, numbered(NUMBERS[index]), y=100)

        return draw

    found = bodies(read(*map(sheet, range(4))))
    assert all(head in body for head, body in zip(heads, found, strict=True))


def test_a_sheet_of_a_running_line_and_a_rule_alone_is_empty_and_not_unread() -> None:
    def empty(canvas: Canvas) -> None:
        write(canvas, ["Annual report"], y=40, size=9)
        canvas.line(72, 780, 520, 780)

    def scanned(canvas: Canvas) -> None:
        empty(canvas)
        canvas.drawImage(ImageReader(Image.new("L", (40, 60), 200)), 72, 200, 400, 500)

    sheets = [headed("Annual report", name) for name in NUMBERS[:4]]
    pages = read(*sheets, empty, scanned).pages
    assert [page.is_unread for page in pages] == [False] * 5 + [True]
