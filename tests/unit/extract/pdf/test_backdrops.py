"""Watermarks, and what fills sheets that are left blank, are furniture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from searcher.document import BlockKind
from searcher.extract.pdf import PdfExtractor
from tests.unit.extract.pdf.drawing import HEIGHT, PROSE, WIDTH, pdf, prose, write

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportlab.pdfgen.canvas import Canvas

    Sheet = Callable[[Canvas], None]


def stamped(text: str, *, turned: float, size: float, lines: int = 30) -> Sheet:
    """Return what draws ``text`` over the middle of a sheet, and as many ``lines`` of prose."""

    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.translate(WIDTH / 2, HEIGHT / 2)
        canvas.rotate(turned)
        canvas.setFont("Helvetica-Bold", size)
        canvas.drawCentredString(0, -size / 3, text)
        canvas.restoreState()
        write(canvas, [PROSE[line % 3] for line in range(lines)], y=200)

    return draw


def alone(text: str, *, size: float = 11, y: float = 300) -> Sheet:
    """Return what draws ``text`` and nothing else."""

    def draw(canvas: Canvas) -> None:
        write(canvas, [text], x=220, y=y, size=size)

    return draw


def read(*sheets: Sheet) -> list[list[tuple[BlockKind, str]]]:
    document = PdfExtractor().extract(pdf(*sheets))
    return [
        [(block.kind, block.span.of(document.text)) for block in page.blocks]
        for page in document.pages
    ]


@pytest.mark.parametrize(
    ("text", "turned", "size"),
    [("DRAFT", 45, 90), ("DRAFT", 0, 90), ("NOT FOR RELEASE", 55, 60), ("CONFIDENTIAL", 0, 40)],
)
def test_a_watermark_parts_no_paragraph_and_is_kept(text: str, turned: float, size: float) -> None:
    plain = read(prose, stamped("", turned=0, size=9))[1]
    _, marked, short = read(
        prose,
        stamped(text, turned=turned, size=size),
        stamped(text, turned=turned, size=size, lines=1),
    )
    assert [block for block in marked if block[0] is not BlockKind.HEADER] == plain
    for blocks in (marked, short):
        kept = " ".join(said for kind, said in blocks if kind is BlockKind.HEADER)
        assert sorted(kept.split()) == sorted(text.split())


@pytest.mark.parametrize(
    ("text", "size"),
    [("This page intentionally left blank", 11), ("https://www.example.org", 26)],
)
def test_what_fills_a_blank_sheet_is_no_text_of_the_report(text: str, size: float) -> None:
    filler = alone(text, size=size)
    pages = read(prose, filler, prose, filler)
    assert pages[1] == pages[3] == [(BlockKind.HEADER, text)]


def test_what_stands_alone_and_says_something_stays() -> None:
    for sheets in (
        (alone("Caring for Hexley", size=26), alone("Caring for Hexley", size=26), prose),
        (prose, alone("Findings", size=26), prose, alone("Findings", size=26)),
        (prose, alone("Findings"), prose, alone("Findings", y=400)),
        (prose, alone("Findings"), prose, alone("Costs")),
    ):
        kinds = {kind for page in read(*sheets) for kind, _ in page}
        assert BlockKind.HEADER not in kinds


def test_large_letters_beside_the_text_are_no_watermark() -> None:
    def opening(canvas: Canvas) -> None:
        write(canvas, ["The"], x=72, y=172, size=36)
        write(canvas, PROSE, x=140, y=160)

    pages = read(prose, opening)
    assert all(kind is not BlockKind.HEADER for kind, _ in pages[1])
