"""Sheets without words: whether there may be text on them that was not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from searcher.extract.pdf import PdfExtractor
from tests.unit.extract.pdf.drawing import pdf, picture, prose

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportlab.pdfgen.canvas import Canvas


def frame(canvas: Canvas) -> None:
    """Draw a frame with round corners, one of bars, a ground, and two rules."""
    canvas.roundRect(40, 40, 500, 700, 12)
    for x, y, width, height in ((60, 60, 2, 600), (500, 60, 2, 600), (60, 60, 442, 2)):
        canvas.rect(x, y, width, height, stroke=0, fill=1)
    canvas.setFillGray(0.9)
    canvas.rect(0, 700, 600, 80, stroke=0, fill=1)
    canvas.line(72, 300, 500, 300)
    canvas.line(72, 310, 80, 310)


def outlines(canvas: Canvas) -> None:
    """Draw a T and an L as programs do that turn letters into shapes."""
    for x, corners in (
        (72, ((0, 0), (0, 4), (5, 4), (5, 20), (9, 20), (9, 4), (14, 4), (14, 0))),
        (90, ((0, 0), (4, 0), (4, 16), (12, 16), (12, 20), (0, 20))),
    ):
        path = canvas.beginPath()
        path.moveTo(x, 400)
        for right, down in corners:
            path.lineTo(x + right, 400 - down)
        path.close()
        canvas.drawPath(path, stroke=0, fill=1)


def word_in_one_path(canvas: Canvas) -> None:
    """Draw what looks like a word of shapes that are one path."""
    path = canvas.beginPath()
    for letter in range(9):
        path.roundRect(72 + 14 * letter, 400, 9, 20, 3)
    canvas.drawPath(path, stroke=0, fill=1)


@pytest.mark.parametrize("drawn", [picture, outlines, word_in_one_path])
def test_what_may_show_text_and_has_no_words_is_unread(drawn: Callable[[Canvas], None]) -> None:
    assert PdfExtractor().extract(pdf(prose, drawn)).pages[1].is_unread


def test_rules_and_frames_around_nothing_are_not_unread() -> None:
    page = PdfExtractor().extract(pdf(prose, frame)).pages[1]
    assert not page.is_unread
