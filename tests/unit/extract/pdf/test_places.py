from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from searcher.document import BlockKind
from searcher.errors import ExtractionError
from searcher.extract.layout_serial import from_json, to_json
from searcher.extract.pdf import PdfExtractor
from searcher.extract.pdf.pictures import LONGEST_PIXELS, Picture, picture_of, png
from searcher.results.layout import Box, LaidBlock, PageLayout
from tests.unit.extract.pdf.drawing import HEIGHT, PROSE, WIDTH, pdf, prose, write

BLOCKS = st.builds(
    LaidBlock,
    st.sampled_from(BlockKind),
    st.none() | st.integers(1, 6),
    st.text(st.characters(exclude_categories=["Cs"])),
    st.lists(st.tuples(*[st.floats(-9, 900)] * 4), max_size=2).map(tuple),
)
LAYOUTS = st.builds(
    PageLayout, st.text("ab"), st.none() | st.integers(1, 9), st.none() | st.text("ivx"),
    st.floats(0, 900), st.floats(0, 900), st.text("ab"), st.integers(1, 3),
    st.lists(BLOCKS, max_size=3).map(tuple), st.binary(max_size=9),
)  # fmt: skip


def sheet(canvas: Canvas) -> None:
    """Draw a heading and a paragraph."""
    y = write(canvas, ["Findings"], size=18, bold=True)
    write(canvas, PROSE, y=y + 20)


def pixels(box: Box, scale: float) -> tuple[int, int, int, int]:
    """Return ``box`` in pixels of a picture."""
    left, top, right, bottom = (round(edge * scale) for edge in box)
    return left, top, right, bottom


@given(LAYOUTS)
def test_a_layout_comes_back_as_it_was_sent(layout: PageLayout) -> None:
    assert from_json(to_json(layout)) == layout


@pytest.mark.parametrize("data", [b"", b"[]", b'{"blocks": [{}]}', b'{"blocks": 3}'])
def test_what_is_no_layout_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 -- json's own error is one
        from_json(data)


def test_the_blocks_of_a_drawing_are_those_of_the_document_in_the_same_order() -> None:
    data = pdf(sheet, prose)
    document = PdfExtractor().extract(data)
    for page in document.pages:
        drawn = PdfExtractor().draw(data, page.number, with_picture=False)
        assert [(b.kind, b.level, b.text) for b in drawn.blocks] == [
            (b.kind, b.level, b.span.of(document.text)) for b in page.blocks
        ]
        assert not drawn.picture


def test_a_block_stands_where_its_letters_are() -> None:
    drawn = PdfExtractor().draw(pdf(sheet), 1, with_picture=True)
    assert (drawn.width, drawn.height) == pytest.approx((WIDTH, HEIGHT), abs=0.1)
    with Image.open(io.BytesIO(drawn.picture)) as opened:
        seen = opened.convert("L")
    scale = seen.width / drawn.width
    for block in drawn.blocks:
        ((left, top, right, bottom),) = block.boxes
        assert 0 <= left < right <= WIDTH
        assert 0 <= top < bottom <= HEIGHT
        inside = seen.crop(pixels((left, top, right, bottom), scale))
        assert min(inside.tobytes()) < 80
        seen.paste(255, pixels((left - 2, top, right + 2, bottom), scale))
    assert min(seen.tobytes()) > 200


def test_a_paragraph_over_two_columns_has_a_box_in_each() -> None:
    def columns(canvas: Canvas) -> None:
        left = [f"left {n} the words of this column run on and" for n in range(20)]
        write(canvas, left, x=60, y=150, size=9)
        right = [f"right {n} go on in the other one until the" for n in range(20)]
        write(canvas, right, x=320, y=150, size=9)

    drawn = PdfExtractor().draw(pdf(columns), 1, with_picture=False)
    boxes = [box for block in drawn.blocks for box in block.boxes]
    assert len(boxes) == 2
    assert boxes[0][2] < boxes[1][0]


def test_a_sheet_that_is_not_there_is_said_to_be_so() -> None:
    with pytest.raises(ExtractionError, match="no sheet 3"):
        PdfExtractor().draw(pdf(prose), 3, with_picture=False)


@given(st.integers(1, 5), st.integers(1, 5), st.sampled_from([1, 3]), st.data())
def test_a_picture_is_a_png_of_the_same_pixels(
    width: int, height: int, channels: int, data: st.DataObject
) -> None:
    size = width * height * channels
    pixels = data.draw(st.binary(min_size=size, max_size=size))
    with Image.open(io.BytesIO(png(Picture(width, height, channels, pixels, 2.0)))) as opened:
        assert opened.size == (width, height)
        assert opened.tobytes() == pixels


def test_a_huge_sheet_is_drawn_smaller() -> None:
    def huge(canvas: Canvas) -> None:
        canvas.setPageSize((14400, 7200))
        canvas.rect(0, 0, 7200, 7200, fill=1)

    picture = picture_of(pdf(huge), 1, dots_per_inch=300, is_grey=True)
    assert picture.width == LONGEST_PIXELS
    assert len(picture.pixels) == picture.width * picture.height
