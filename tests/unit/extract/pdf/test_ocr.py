from __future__ import annotations

import io
import shutil
from dataclasses import replace

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from searcher.errors import ExtractionError, Reason
from searcher.extract.pdf import PdfExtractor
from searcher.extract.pdf.pictures import picture_of, png
from searcher.extract.pdf.readers import ocr, pdfium
from searcher.extract.recogniser import Recogniser
from tests.unit.extract.pdf.drawing import HEIGHT, PROSE, WIDTH, pdf, picture, prose, write

TESSERACT = Recogniser(shutil.which("tesseract") or "")
needs_tesseract = pytest.mark.skipif(not TESSERACT.program, reason="needs the program tesseract")


def page(canvas: Canvas) -> None:
    """Draw a heading and a paragraph."""
    y = write(canvas, ["Findings"], size=20, bold=True)
    write(canvas, PROSE, y=y + 24, size=12)


def scanned(canvas: Canvas) -> None:
    """Draw the picture of ``page``, in grey, as a scanner would."""
    seen = png(picture_of(pdf(page), 1, dots_per_inch=200, is_grey=True))
    canvas.drawImage(ImageReader(Image.open(io.BytesIO(seen))), 0, 0, WIDTH, HEIGHT)


@needs_tesseract
def test_a_scanned_sheet_is_read_as_the_sheet_that_was_scanned() -> None:
    document = PdfExtractor(recogniser=TESSERACT).extract(pdf(scanned))
    expected = PdfExtractor().extract(pdf(page))
    assert document.text == expected.text
    assert [block.kind for block in document.pages[0].blocks] == [
        block.kind for block in expected.pages[0].blocks
    ]


@needs_tesseract
def test_only_what_shows_something_and_has_no_text_is_recognised_and_it_says_so() -> None:
    document = PdfExtractor(recogniser=TESSERACT).extract(pdf(prose, scanned, picture))
    typed, read, drawn = (page.reading for page in document.pages)
    assert typed.reader.startswith("pypdfium2")
    assert typed.confidence is None
    assert read.reader.startswith("tesseract ")
    assert read.why == "no text"
    assert 0.8 < (read.confidence or 0.0) <= 1.0
    assert drawn.confidence is None
    assert document.pages[2].is_unread


@needs_tesseract
def test_a_file_whose_letters_nobody_can_tell_is_read_from_what_it_shows() -> None:
    def twice(canvas: Canvas) -> None:
        write(canvas, PROSE * 2)

    data = pdf(twice)
    told = pdfium.read(data)
    (sheet,) = told.pages
    shifted = tuple(
        word._replace(text="".join(chr(ord(letter) - 29) for letter in word.text))
        for word in sheet.words
    )
    garbled = replace(told, pages=(replace(sheet, words=shifted),))
    (read,) = ocr.recognised(garbled, data, TESSERACT).pages
    assert read.why == "garbled"
    assert [word.text for word in read.words] == [word.text for word in sheet.words]
    assert ocr.recognised(told, data, TESSERACT) == told


@needs_tesseract
def test_words_stand_where_they_stood() -> None:
    drawn = PdfExtractor(recogniser=TESSERACT).draw(pdf(scanned), 1, with_picture=False)
    expected = PdfExtractor().draw(pdf(page), 1, with_picture=False)
    for block, other in zip(drawn.blocks, expected.blocks, strict=True):
        assert block.boxes[0] == pytest.approx(other.boxes[0], abs=5)


@needs_tesseract
def test_a_sheet_that_cannot_be_drawn_stays_as_it_was() -> None:
    reading = PdfExtractor()._read(pdf(scanned), 1)  # noqa: SLF001 -- what extract begins with
    assert ocr.recognised(reading, pdf(scanned), TESSERACT).pages[0].words
    assert ocr.recognised(reading, b"no PDF", TESSERACT) == reading


def test_without_recognition_the_hint_names_it() -> None:
    with pytest.raises(ExtractionError) as refused:
        PdfExtractor().extract(pdf(scanned))
    assert refused.value.reason is Reason.NO_TEXT
    assert "--ocr" in refused.value.hint
