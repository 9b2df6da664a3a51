"""A long file is the same whether it is read in one go or in parts, anywhere, in any order."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from searcher.document import Document
from searcher.errors import ExtractionError, Reason
from searcher.extract.extractor import Begun, PartwiseExtractor
from searcher.extract.pdf import PdfExtractor
from searcher.extract.pdf.parts import SHEETS
from tests.unit.extract.pdf.drawing import PROSE, blank, pdf, prose, write

if TYPE_CHECKING:
    from pathlib import Path

    from reportlab.pdfgen.canvas import Canvas

READERS = ("pdfium", "pdfminer")


def sheet(canvas: Canvas, number: int) -> None:
    write(canvas, [f"A report on families, part {number // 30}"], y=40, size=8)
    if number % 30 == 1:
        write(canvas, [f"{number // 30 + 1}. Another chapter"], y=120, size=16, bold=True)
    write(canvas, [*PROSE, f"Sheet {number} says so."])
    write(canvas, [str(number)], y=800, size=8)


def long_file(sheets: int) -> bytes:
    return pdf(*[partial(sheet, number=number) for number in range(1, sheets + 1)])


def joined(extractor: PdfExtractor, data: bytes) -> Document:
    """Read ``data`` in parts, the last one first."""
    begun = extractor.begin(data)
    assert isinstance(begun, Begun)
    others = [extractor.read_part(data, part) for part in range(begun.parts, 1, -1)]
    return extractor.join([begun.first, *reversed(others)])


def test_the_reader_of_pdf_reads_in_parts() -> None:
    assert isinstance(PdfExtractor(), PartwiseExtractor)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("sheets", [SHEETS + 1, 2 * SHEETS])
def test_parts_put_together_are_the_document(reader: str, sheets: int) -> None:
    data = long_file(sheets)
    document = PdfExtractor(reader=reader).extract(data)
    assert len(document.pages) == sheets
    assert f"Sheet {sheets} says so." in document.text
    assert joined(PdfExtractor(reader=reader), data) == document


def test_the_largest_real_report_is_the_same_in_parts(shared: Path) -> None:
    largest = max((shared / "corpus/pdf").rglob("*.pdf"), key=lambda path: path.stat().st_size)
    data = largest.read_bytes()
    assert joined(PdfExtractor(), data) == PdfExtractor().extract(data)


def test_a_file_that_fits_one_part_is_read_at_once() -> None:
    data = long_file(SHEETS)
    assert PdfExtractor().begin(data) == PdfExtractor().extract(data)


def test_sheets_that_the_second_reader_read_say_so_and_why() -> None:
    data = long_file(SHEETS + 2)
    begun = PdfExtractor().begin(data)
    assert isinstance(begun, Begun)
    second = PdfExtractor(reader="pdfminer", why="the reader crashed with SIGABRT")
    document = PdfExtractor().join([begun.first, second.read_part(data, 2)])
    how = [(page.reading.reader.split()[0], page.reading.why) for page in document.pages]
    assert how[:SHEETS] == [("pypdfium2", "")] * SHEETS
    assert how[SHEETS:] == [("pdfminer.six", "the reader crashed with SIGABRT")] * 2


def test_a_part_without_words_costs_nothing_else() -> None:
    data = pdf(*[prose] * SHEETS, *[blank] * 3)
    document = PdfExtractor().extract(data)
    assert [page.has_text for page in document.pages] == [True] * SHEETS + [False] * 3


def test_a_long_file_without_any_words_has_no_text() -> None:
    with pytest.raises(ExtractionError) as caught:
        PdfExtractor().extract(pdf(*[blank] * (SHEETS + 1)))
    assert caught.value.reason is Reason.NO_TEXT
