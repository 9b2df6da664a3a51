from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from searcher.extract.pdf.readers import pdfium
from tests.unit.extract.pdf.drawing import HEIGHT, WIDTH, pdf, prose

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportlab.pdfgen.canvas import Canvas

    from searcher.extract.pdf.words import Panel


def panels(draw: Callable[[Canvas], None]) -> tuple[Panel, ...]:
    def sheet(canvas: Canvas) -> None:
        draw(canvas)
        canvas.setFillGray(0)
        prose(canvas)

    return pdfium.read(pdf(sheet)).pages[0].panels


def ground(canvas: Canvas, top: float, height: float, *, grey: float = 0.8) -> None:
    canvas.setFillGray(grey)
    canvas.rect(60, HEIGHT - top - height, 300, height, stroke=0, fill=1)


def slices(canvas: Canvas) -> None:
    for part in range(10):
        ground(canvas, 140 + 12 * part, 12)


def frame(canvas: Canvas) -> None:
    canvas.rect(60, HEIGHT - 260, 300, 120)


def bars(canvas: Canvas, *heights: float) -> None:
    for x in (60, 359):
        canvas.rect(x, HEIGHT - 260, 1, 120, fill=1)
    for top in (140, 260, *heights):
        canvas.rect(60, HEIGHT - top, 300, 1, fill=1)


@pytest.mark.parametrize(
    "draw",
    [
        frame,
        bars,
        lambda canvas: ground(canvas, 140, 120),
        slices,
        lambda canvas: canvas.roundRect(60, HEIGHT - 260, 300, 120, 8),
    ],
    ids=["frame", "four bars", "shaded ground", "shaded line by line", "round corners"],
)
def test_what_is_framed_or_shaded_is_one_panel_at_its_place(
    draw: Callable[[Canvas], None],
) -> None:
    (panel,) = panels(draw)
    box = (panel.x0, panel.y0, panel.x1, panel.y1)
    assert box == pytest.approx((60, 140, 360, 260), abs=2)


@pytest.mark.parametrize(
    "draw",
    [
        lambda _: None,
        lambda canvas: ground(canvas, 140, 120, grey=1),
        lambda canvas: bars(canvas, 180, 220),
        lambda canvas: canvas.circle(200, 400, 60),
        lambda canvas: canvas.line(60, 400, 360, 520),
        lambda canvas: canvas.rect(0, 0, WIDTH, HEIGHT, stroke=0, fill=1),
    ],
    ids=["nothing", "white", "a table's rules", "a circle", "a slanted line", "the whole sheet"],
)
def test_what_is_no_frame_and_no_ground_of_a_part_is_no_panel(
    draw: Callable[[Canvas], None],
) -> None:
    assert panels(draw) == ()
