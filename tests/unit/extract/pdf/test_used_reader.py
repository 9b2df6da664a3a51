"""A reader that has read other files before reads as a new one does."""

from __future__ import annotations

from contextlib import suppress

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption

from searcher.errors import ExtractionError, Reason
from searcher.extract.pdf import PdfExtractor
from searcher.extract.pdf.readers import pdfium
from tests.unit.extract.pdf.drawing import pdf, prose

NO_SHEET = b"""%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [] /Count 0>> endobj
xref
0 3
0000000000 65535 f\x20
0000000009 00000 n\x20
0000000056 00000 n\x20
trailer <</Root 1 0 R /Size 3>>
startxref
106
%%EOF
"""


@pytest.mark.parametrize("password", ["", "secret"])
def test_a_file_without_sheets_is_damaged_whatever_was_read_before(password: str) -> None:
    lock = StandardEncryption(password) if password else None
    with suppress(ExtractionError):
        PdfExtractor().extract(pdf(prose, encrypt=lock))
    with pytest.raises(ExtractionError) as caught:
        pdfium.read(NO_SHEET)
    assert caught.value.reason is Reason.DAMAGED
