"""In which order a sheet is read: scattered streams, boxes beside the text, columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from searcher.document import BlockKind, Document
from searcher.extract.pdf import PdfExtractor
from searcher.extract.pdf.blocks.lines import lines_of
from searcher.extract.pdf.blocks.reading_order import in_reading_order
from searcher.extract.pdf.words import PageWords, Word
from tests.unit.extract.pdf.drawing import HEIGHT, LEADING, LEFT, PROSE, RIGHT, pdf, write

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

    from searcher.extract.pdf.blocks.lines import Line

BOX = (
    "One worker kept a diary for",
    "the whole of the first year,",
    "and let us read all of it as",
    "we wrote about the teams and",
    "what they did in each month.",
)


def read(data: bytes) -> Document:
    return PdfExtractor().extract(data)


def page_of(*rows: tuple[str, float, float], width: float = 200) -> tuple[Line, ...]:
    """Return lines of text at left edges and baselines, in the order given."""
    words = tuple(
        Word(text, x, y - 8, x + width, y + 2, y, 10.0, bold=False, font="F") for text, x, y in rows
    )
    return lines_of(PageWords(1, 600.0, 800.0, words, has_ink=True))


def texts(lines: tuple[Line, ...]) -> list[str]:
    return [line.text for line in lines]


@given(st.permutations(range(8)))
def test_one_column_is_read_downwards_however_it_is_written(order: list[int]) -> None:
    lines = page_of(*((f"line{index}", 72, 100 + 14 * index) for index in order))
    assert texts(in_reading_order(lines)) == [f"line{index}" for index in range(8)]


@given(st.integers(2, 8), st.integers(2, 8))
def test_columns_written_one_after_the_other_stay_as_they_are(left: int, right: int) -> None:
    rows = [(f"left{index}", 72.0, 100.0 + 14 * index) for index in range(left)]
    rows += [(f"right{index}", 320.0, 100.0 + 14 * index) for index in range(right)]
    lines = page_of(*rows)
    assert in_reading_order(lines) == lines


def test_pieces_of_a_line_that_are_written_apart_are_one_line_again() -> None:
    rows = (("begins", 72, 100), ("below", 72, 128), ("ends", 275, 100), ("mid", 170, 114))
    lines = page_of(*rows)
    assert texts(in_reading_order(lines)) == ["begins ends", "mid", "below"]


def test_a_box_beside_the_text_is_read_after_it() -> None:
    def sheet(canvas: Canvas) -> None:
        canvas.rect(310, HEIGHT - 260, 200, 120)
        write(canvas, LEFT[:3], x=72)
        write(canvas, BOX, x=320)
        write(canvas, LEFT[3:], x=72, y=160 + 3 * LEADING)
        write(canvas, PROSE * 2, y=300)

    document = read(pdf(sheet))
    assert document.text.split() == " ".join([*LEFT, *PROSE * 2, *BOX]).split()
    kinds = [block.kind for block in document.pages[0].blocks]
    assert kinds[-1] is BlockKind.SIDEBAR


def test_a_box_as_wide_as_the_text_keeps_its_place() -> None:
    def sheet(canvas: Canvas) -> None:
        end = write(canvas, PROSE)
        canvas.rect(62, HEIGHT - end - 80, 470, 80)
        after = write(canvas, PROSE * 2, y=end + 10)
        write(canvas, ["After the box comes this."], y=after + 20)

    assert read(pdf(sheet)).text.endswith("After the box comes this.")


def test_a_paragraph_of_a_narrow_column_is_not_torn_at_its_edge() -> None:
    def sheet(canvas: Canvas) -> None:
        write(canvas, ["Sentences end at the edge."], x=86)
        write(canvas, LEFT, x=72, y=160 + LEADING)
        write(canvas, RIGHT, x=320)

    page = read(pdf(sheet)).pages[0]
    assert page.reading.columns == 2
    assert len(page.blocks) == 3


def test_words_joined_over_a_lines_end_are_counted() -> None:
    def sheet(canvas: Canvas) -> None:
        write(canvas, ["All of this was an evalu-", "ation, and no small evalu-", "ation at all."])

    assert read(pdf(sheet)).pages[0].reading.hyphens == 2


def test_a_turned_label_left_of_a_paragraph_is_read_before_it() -> None:
    def sheet(canvas: Canvas) -> None:
        write(canvas, PROSE)
        write(canvas, LEFT, y=240)
        canvas.saveState()
        canvas.translate(60, HEIGHT - 300)
        canvas.rotate(90)
        canvas.drawString(0, 0, "Teams")
        canvas.restoreState()

    words = read(pdf(sheet)).text.split()
    assert words == " ".join([*PROSE, "Teams", *LEFT]).split()
