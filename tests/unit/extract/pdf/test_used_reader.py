"""A reader that has read other files before reads as a new one does."""

from __future__ import annotations

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption

from searcher.errors import ExtractionError, Reason
from searcher.extract.pdf import PdfExtractor, pdfium
from tests.unit.extract.pdf.drawing import pdf, prose

NO_SHEET = b"""%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [] /Count 0>> endobj
trailer <</Root 1 0 R /Size 3>>
"""


def test_a_file_without_sheets_is_damaged_whatever_was_read_before() -> None:
    locked = pdf(prose, encrypt=StandardEncryption("secret"))
    for before in (pdf(prose), locked, b"%PDF-1.4 nothing"):
        try:
            PdfExtractor().extract(before)
        except ExtractionError as error:
            assert error.reason is not Reason.NO_TEXT  # each of them leaves a trace in PDFium
        with pytest.raises(ExtractionError) as caught:
            pdfium.read(NO_SHEET)
        assert caught.value.reason is Reason.DAMAGED
