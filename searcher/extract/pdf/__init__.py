"""PDF in, a document out: two readers, one layout.

PDFium reads first; pdfminer.six reads what PDFium cannot open, finds empty or garbles.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from searcher.document import PageReading
from searcher.errors import ExtractionError, Reason
from searcher.extract.builder import DocumentBuilder
from searcher.extract.pdf import garble, labels, pdfium, pdfminer
from searcher.extract.pdf.layout import lay_out
from searcher.extract.pdf.metadata import find_metadata

if TYPE_CHECKING:
    from searcher.document import Document
    from searcher.extract.pdf.words import Reading

MEDIA_TYPE = "application/pdf"
_READERS = ("pdfium", "pdfminer")


class PdfExtractor:
    """Reads PDF. ``reader`` is "pdfium" (pdfminer helps out) or "pdfminer" (alone)."""

    version = 5

    def __init__(self, *, reader: str = "pdfium") -> None:
        if reader not in _READERS:
            msg = f"reader {reader!r} is neither of {_READERS}"
            raise ValueError(msg)
        self._reader = reader

    def extract(self, data: bytes) -> Document:
        """Return the document that ``data`` holds.

        Raises:
            ExtractionError: unsupported (no PDF at all), encrypted, damaged or no-text.
        """
        _check_is_pdf(data)
        try:
            return _document(self._read(data))
        except RecursionError as error:
            detail = "its parts contain one another without end"
            raise ExtractionError(Reason.DAMAGED, detail) from error

    def _read(self, data: bytes) -> Reading:
        if self._reader == "pdfminer":
            return _readable(_whole(pdfminer.read(data)))
        try:
            first = pdfium.read(data)
        except ExtractionError as error:
            if error.reason is Reason.ENCRYPTED:
                raise
            return _readable(_whole(pdfminer.read(data)))
        if _is_readable(first):
            return first
        try:
            second = pdfminer.read(data)
        except ExtractionError:
            return _readable(first)
        return _readable(second if _is_readable(second) else first)


def _check_is_pdf(data: bytes) -> None:
    if not data:
        raise ExtractionError(Reason.DAMAGED, "it is empty")
    if b"%PDF-" not in data and b"endobj" not in data:
        hint = "look at what it is and give it the right extension"
        raise ExtractionError(Reason.UNSUPPORTED, "there is no PDF in it", hint=hint)


def _whole(reading: Reading) -> Reading:
    """Return ``reading`` if it has all the sheets that the file says it has.

    Raises:
        ExtractionError: damaged; the rest of a report is not passed off as the report.
    """
    found = len(reading.pages)
    if found < reading.promised:
        detail = f"{found} of {reading.promised} pages could be found"
        raise ExtractionError(Reason.DAMAGED, detail, hint="download or save the file again")
    return reading


def _is_readable(reading: Reading) -> bool:
    return any(page.words for page in reading.pages) and not garble.is_garbled(reading)


def _readable(reading: Reading) -> Reading:
    """Return ``reading`` if somebody could read it.

    Raises:
        ExtractionError: no-text; the detail says what there is instead.
    """
    hint = "run text recognition (OCR) on it and add the result"
    if not any(page.words for page in reading.pages):
        inked = sum(page.has_ink for page in reading.pages)
        count = len(reading.pages)
        if not inked:
            detail = f"{count} blank page(s), no text"
            raise ExtractionError(Reason.NO_TEXT, detail)
        detail = f"{inked} of {count} page(s) show images or outlines of letters, none has text"
        raise ExtractionError(Reason.NO_TEXT, detail, hint=hint)
    if garble.is_garbled(reading):
        detail = "its letters cannot be told: the fonts do not say which they are"
        raise ExtractionError(Reason.NO_TEXT, detail, hint=hint)
    return reading


def _document(reading: Reading) -> Document:
    laid = lay_out(reading)
    printed = labels.page_labels([page.label for page in laid], reading.info.labels)
    builder = DocumentBuilder()
    for page, label, words in zip(laid, printed, reading.pages, strict=True):
        for draft in page.drafts:
            builder.add(draft.kind, draft.text, level=draft.level)
        how = PageReading(
            reader=words.reader or reading.reader,
            why=words.why,
            columns=page.columns,
            hyphens=page.hyphens,
            garbled=garble.garbled_share(words),
            confidence=words.confidence,
        )
        builder.end_page(label, has_ink=words.has_ink, reading=how)
    plain = builder.build(media_type=MEDIA_TYPE, reader=reading.reader)
    return replace(plain, metadata=find_metadata(plain, reading.info))
