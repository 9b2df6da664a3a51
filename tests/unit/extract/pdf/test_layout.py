from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from searcher.document import FURNITURE, BlockKind, Document
from searcher.extract.pdf import PdfExtractor
from tests.unit.extract.pdf.drawing import LEFT, PROSE, RIGHT, pdf, prose, write

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

    from tests.unit.extract.pdf.drawing import Sheet

pytestmark = pytest.mark.parametrize("reader", ["pdfium", "pdfminer"])


def read(data: bytes, reader: str) -> Document:
    return PdfExtractor(reader=reader).extract(data)


def texts(document: Document, kind: BlockKind) -> list[str]:
    return [
        block.span.of(document.text)
        for page in document.pages
        for block in page.blocks
        if block.kind is kind
    ]


def bodies(document: Document) -> list[str]:
    return [page.body.of(document.text) for page in document.pages]


def test_lines_of_a_paragraph_are_joined_by_spaces(reader: str) -> None:
    assert read(pdf(prose), reader).text == " ".join(PROSE)


def test_a_wider_gap_begins_another_paragraph(reader: str) -> None:
    def sheet(canvas: Canvas) -> None:
        write(canvas, PROSE, y=write(canvas, PROSE) + 10)

    assert read(pdf(sheet), reader).text == "\n\n".join([" ".join(PROSE)] * 2)


def test_wide_leading_does_not_tear_a_paragraph(reader: str) -> None:
    def sheet(canvas: Canvas) -> None:
        for index, line in enumerate(PROSE * 3):
            write(canvas, [line], y=160 + index * 22)

    assert "\n" not in read(pdf(sheet), reader).text


def test_columns_written_straight_across_are_read_down(reader: str) -> None:
    def sheet(canvas: Canvas) -> None:
        for index, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
            write(canvas, [left], x=72, y=160 + index * 14)
            write(canvas, [right], x=320, y=160 + index * 14)

    words = read(pdf(sheet), reader).text.split()
    assert words == " ".join([*LEFT, *RIGHT]).split()


def test_columns_written_one_after_the_other_stay_in_that_order(reader: str) -> None:
    def sheet(canvas: Canvas) -> None:
        write(canvas, LEFT, x=72)
        write(canvas, RIGHT, x=320)

    words = read(pdf(sheet), reader).text.split()
    assert words == " ".join([*LEFT, *RIGHT]).split()


def test_a_box_that_is_drawn_last_stands_where_the_sheet_shows_it(reader: str) -> None:
    def sheet(canvas: Canvas) -> None:
        write(canvas, PROSE)
        write(canvas, ["After the box comes this."], y=300)
        write(canvas, ["Inside the box."], y=240)

    text = read(pdf(sheet), reader).text
    assert text.index("neighbouring") < text.index("Inside") < text.index("After")


def test_the_report_itself_tells_which_hyphens_stay(reader: str) -> None:
    def sheet(canvas: Canvas) -> None:
        lines = (
            "An evaluation of evidence-based practice is no small thing, and this evalu-",
            "ation asked of every team whether what it did could be called evidence-",
            "based practice, and whether its work on well-being was of any use at all.",
        )
        write(canvas, lines)

    text = read(pdf(sheet), reader).text
    assert "this evaluation asked" in text
    assert "called evidence-based practice" in text


def test_a_suspended_hyphen_keeps_its_space(reader: str) -> None:
    def sheet(canvas: Canvas) -> None:
        lines = (
            "The study had its own measures for the outcomes it looked at in pre-",
            "and post-tests, which were taken by the same workers in all of the areas.",
        )
        write(canvas, lines)

    assert "pre- and post-tests" in read(pdf(sheet), reader).text


def report(canvas: Canvas, *, number: int, heading: str) -> None:
    write(canvas, ["Family Safeguarding in Easterby"], y=40, size=9)
    write(canvas, [heading], y=140, size=16, bold=True)
    end = write(canvas, PROSE, y=170)
    write(canvas, [f"The details of part {heading.lower()}"], y=end + 14, bold=True)
    write(canvas, PROSE * 2, y=end + 36)
    write(canvas, [str(number)], x=290, y=810, size=9)


HEADINGS = ("Summary", "Method", "Findings", "Costs", "Recommendations")


@pytest.fixture(scope="module")
def long_report() -> bytes:
    def cover(canvas: Canvas) -> None:
        write(canvas, ["Family Safeguarding in Easterby"], y=200, size=28, bold=True)
        write(canvas, ["June 2020"], y=300, size=14)

    def sheet(number: int, heading: str) -> Sheet:
        return lambda canvas: report(canvas, number=number, heading=heading)

    return pdf(cover, *(sheet(number, text) for number, text in enumerate(HEADINGS, start=2)))


def test_running_lines_and_page_numbers_leave_the_body(long_report: bytes, reader: str) -> None:
    document = read(long_report, reader)
    for page, body in zip(document.pages[1:], bodies(document)[1:], strict=True):
        assert "Easterby" not in body
        assert str(page.number) not in body
        kinds = [block.kind for block in page.blocks if block.kind in FURNITURE]
        assert sorted(kinds) == [BlockKind.HEADER, BlockKind.PAGE_NUMBER]


def test_a_cover_keeps_its_lines(long_report: bytes, reader: str) -> None:
    document = read(long_report, reader)
    assert bodies(document)[0].split("\n\n") == ["Family Safeguarding in Easterby", "June 2020"]
    assert texts(document, BlockKind.TITLE) == ["Family Safeguarding in Easterby"]


def test_a_printed_number_is_the_label(long_report: bytes, reader: str) -> None:
    labels = [page.label for page in read(long_report, reader).pages]
    assert labels == [None, "2", "3", "4", "5", "6"]


def test_a_footnotes_number_is_not_the_pages(reader: str) -> None:
    def sheet(number: int) -> Sheet:
        def draw(canvas: Canvas) -> None:
            write(canvas, PROSE * 3)
            write(canvas, [str(number + 3)], y=770, size=6)
            write(canvas, [str(number)], x=290, y=810, size=9)

        return draw

    def first(canvas: Canvas) -> None:
        write(canvas, PROSE)
        write(canvas, ["1"], x=290, y=810, size=9)

    document = read(pdf(first, sheet(2), sheet(3)), reader)
    assert [page.label for page in document.pages] == ["1", "2", "3"]
    assert "5" in bodies(document)[1]


def test_a_raised_mark_begins_its_footnote(reader: str) -> None:
    def sheet(canvas: Canvas) -> None:
        write(canvas, PROSE * 3)
        write(canvas, ["5"], x=72, y=776, size=6.4)
        write(canvas, ["Audits were made by two people."], x=77.2, y=780, size=8)

    notes = texts(read(pdf(sheet), reader), BlockKind.FOOTNOTE)
    assert notes == ["5 Audits were made by two people."]


def test_larger_headings_stand_above_bold_ones(long_report: bytes, reader: str) -> None:
    document = read(long_report, reader)
    levels = {
        block.span.of(document.text): block.level
        for page in document.pages
        for block in page.blocks
        if block.kind is BlockKind.HEADING
    }
    assert levels == {
        **dict.fromkeys(HEADINGS, 1),
        **dict.fromkeys((f"The details of part {text.lower()}" for text in HEADINGS), 2),
    }


def test_a_section_name_that_comes_back_is_no_running_header(reader: str) -> None:
    def sheet(first: str) -> Sheet:
        def draw(canvas: Canvas) -> None:
            write(canvas, [first], y=100, size=16, bold=True)
            write(canvas, PROSE * 2)

        return draw

    others = [sheet(f"Part {word}") for word in ("one", "two", "three", "four", "five", "six")]
    sheets = [part for other in others for part in (sheet("Introduction"), *[other] * 7)]
    document = read(pdf(prose, *sheets), reader)
    assert texts(document, BlockKind.HEADING).count("Introduction") == 6


def test_a_footnote_stands_after_the_body_of_its_page(reader: str) -> None:
    def sheet(canvas: Canvas) -> None:
        write(canvas, ["1 Department for Education, Children in need, 2019."], y=780, size=8)
        write(canvas, PROSE * 3)

    document = read(pdf(sheet), reader)
    note = "1 Department for Education, Children in need, 2019."
    assert texts(document, BlockKind.FOOTNOTE) == [note]
    assert bodies(document)[0].endswith(note)


def test_bullets_are_left_out_and_their_items_kept(reader: str) -> None:
    def sheet(canvas: Canvas) -> None:
        end = write(canvas, PROSE)
        write(canvas, ["\u2022 fewer children in care", "\u2022 more families at home"], y=end)

    items = texts(read(pdf(sheet), reader), BlockKind.LIST_ITEM)
    assert items == ["fewer children in care", "more families at home"]


def test_a_table_has_a_line_for_each_row(reader: str) -> None:
    rows = (("Outcome", "Before", "After"), ("In care", "41", "29"), ("Police", "388", "271"))

    def sheet(canvas: Canvas) -> None:
        end = write(canvas, ["Table 1: Results after twelve months"]) + 6
        for index, row in enumerate(rows):
            for column, cell in enumerate(row):
                write(canvas, [cell], x=72 + 120 * column, y=end + 14 * index)

    document = read(pdf(sheet), reader)
    assert texts(document, BlockKind.TABLE) == ["\n".join(" | ".join(row) for row in rows)]
    assert texts(document, BlockKind.CAPTION) == ["Table 1: Results after twelve months"]


def test_contents_have_a_line_for_each_entry_and_are_no_headings(reader: str) -> None:
    def sheet(canvas: Canvas) -> None:
        end = write(canvas, ["Contents"], size=16, bold=True) + 10
        dots = " " + "." * 60 + " "
        write(canvas, [f"{text}{dots}{i}" for i, text in enumerate(HEADINGS, start=2)], y=end)

    document = read(pdf(sheet, prose, prose), reader)
    assert texts(document, BlockKind.TOC) == [
        "Contents",
        "\n".join(f"{text} {i}" for i, text in enumerate(HEADINGS, start=2)),
    ]


def test_a_wrapped_entry_of_the_contents_is_one_line(reader: str) -> None:
    def sheet(canvas: Canvas) -> None:
        dots = " " + "." * 40 + " "
        entries = (
            f"Summary{dots}2",
            "What workers, managers and families in all five areas said about the first year of",
            f"the programme and its costs{dots}3",
            f"Method{dots}9",
        )
        write(canvas, entries, y=write(canvas, ["Contents"], size=16, bold=True) + 10)

    entry = (
        "What workers, managers and families in all five areas said about the first year of "
        "the programme and its costs 3"
    )
    contents = texts(read(pdf(sheet, prose, prose), reader), BlockKind.TOC)
    assert contents[1].split("\n") == ["Summary 2", entry, "Method 9"]


def test_sizes_that_a_machine_guessed_make_no_headings(reader: str) -> None:
    def sheet(canvas: Canvas) -> None:
        for index, line in enumerate(PROSE * 4):
            write(canvas, [line], y=160 + index * 14, size=(10, 11.5, 10.8)[index % 3])

    document = read(pdf(sheet), reader)
    assert texts(document, BlockKind.HEADING) == []
    paragraphs = document.text.split("\n\n")
    assert " ".join(paragraphs) == " ".join(PROSE * 4)
    assert all(paragraph.endswith(".") for paragraph in paragraphs)
