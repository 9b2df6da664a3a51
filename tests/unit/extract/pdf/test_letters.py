from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.extract.pdf.blocks.lines import lines_of
from searcher.extract.pdf.readers import pdfium
from searcher.extract.pdf.readers.spacing import closed_up
from searcher.extract.pdf.words import Word
from tests.unit.extract.pdf.drawing import HEIGHT, PROSE, WIDTH, pdf, prose, write

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

    from searcher.extract.pdf.words import PageWords

ASIDE = ("Outcomes by area", "and by year")


def read(data: bytes) -> PageWords:
    return pdfium.read(data).pages[0]


def texts(data: bytes) -> list[str]:
    return [line.text for line in lines_of(read(data))]


def turned(canvas: Canvas, degrees: int, lines: tuple[str, ...] = ASIDE) -> None:
    canvas.saveState()
    canvas.translate(WIDTH / 2, HEIGHT / 2)
    canvas.rotate(degrees)
    write(canvas, lines, x=-200, y=HEIGHT)
    canvas.restoreState()


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_turned_text_is_read_in_its_own_direction_after_what_stands(degrees: int) -> None:
    def sheet(canvas: Canvas) -> None:
        turned(canvas, degrees)
        prose(canvas)

    assert texts(pdf(sheet)) == [*PROSE, *ASIDE]


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_turned_line_lies_where_the_sheet_shows_it(degrees: int) -> None:
    def sheet(canvas: Canvas) -> None:
        turned(canvas, degrees, ASIDE[:1])
        prose(canvas)

    line = lines_of(read(pdf(sheet)))[-1]
    (segment,) = line.segments
    is_upright = degrees == 180
    assert (line.x1 - line.x0 > 80) is is_upright
    assert (segment.y1 - segment.y0 > 80) is not is_upright
    assert all(segment.x0 <= word.x0 and word.y1 <= segment.y1 for word in segment.words)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_sheet_set_along_its_side_is_read_as_it_is_held(degrees: int) -> None:
    page = read(pdf(lambda canvas: turned(canvas, degrees, PROSE)))
    assert [line.text for line in lines_of(page)] == list(PROSE)
    assert not any(word.turn for word in page.words)
    assert (page.width > page.height) is (degrees != 180)
    assert all(0 <= word.x0 < word.x1 <= page.width for word in page.words)


def hidden(canvas: Canvas, lines: tuple[str, ...]) -> None:
    text = canvas.beginText(72, 300)
    text.setTextRenderMode(3)
    for line in lines:
        text.textLine(line)
    canvas.drawText(text)


def test_words_without_ink_count_only_where_most_words_have_none() -> None:
    def few(canvas: Canvas) -> None:
        prose(canvas)
        hidden(canvas, ASIDE)

    def most(canvas: Canvas) -> None:
        write(canvas, ASIDE)
        hidden(canvas, PROSE)

    assert texts(pdf(few)) == list(PROSE)
    assert texts(pdf(most)) == [*ASIDE, *PROSE]


def spread(text: str, *gaps: float) -> list[Word]:
    words: list[Word] = []
    x = 72.0
    for letter, gap in zip(text, (*gaps, 0.0), strict=True):
        words.append(Word(letter, x, 90, x + 6, 100, 100, 10, bold=False, font="Arial"))
        x += 6 + 10 * gap
    return words


@pytest.mark.parametrize(
    ("text", "gaps", "words"),
    [
        ("REPORT", [0.3] * 5, ["REPORT"]),
        ("FINALREPORT", [0.3] * 4 + [0.7] + [0.3] * 5, ["FINAL", "REPORT"]),
        ("content", [0.05] * 6, ["content"]),
        ("ofthem", [0.05, 0.3, 0.05, 0.05, 0.05], ["of", "them"]),
        ("ABCDE", [0.3] * 4, list("ABCDE")),
        ("YNYN", [3.0] * 3, list("YNYN")),
        ("aioe", [0.3] * 3, list("aioe")),
    ],
)
def test_letters_set_apart_are_the_words_that_they_show(
    text: str, gaps: list[float], words: list[str]
) -> None:
    assert [word.text for word in closed_up(spread(text, *gaps))] == words


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=2),
            st.sampled_from([-0.3, 0.0, 0.05, 0.3, 0.31, 0.9, 4.0]),
            st.sampled_from([100.0, 114.0]),
        )
    )
)
def test_putting_letters_together_loses_none(given_words: list[tuple[str, float, float]]) -> None:
    words: list[Word] = []
    x = 0.0
    for text, gap, y in given_words:
        words.append(Word(text, x, y - 8, x + 6, y, y, 10, bold=False, font=""))
        x += 6 + 10 * gap
    closed = closed_up(words)
    assert "".join(word.text for word in closed) == "".join(word.text for word in words)
    assert all(word.x0 <= word.x1 for word in closed)
