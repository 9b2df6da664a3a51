"""PDF in, a document out: two readers, one layout.

PDFium reads first; pdfminer.six reads files that PDFium cannot open, and single sheets that it
cannot load, finds empty or garbles (``opinion``). A long file is read in parts (``parts``), here
one after another, in the pool side by side.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from searcher.document import FURNITURE, PageReading
from searcher.errors import ExtractionError, Reason
from searcher.extract.builder import DocumentBuilder
from searcher.extract.extractor import Begun
from searcher.extract.pdf import parts, places, spool
from searcher.extract.pdf.collector import collector_paused
from searcher.extract.pdf.headings import labels
from searcher.extract.pdf.layout import lay_out
from searcher.extract.pdf.metadata.find import find_metadata
from searcher.extract.pdf.readers import garble, pdfium, pdfminer
from searcher.extract.pdf.readers.opinion import with_second_opinion
from searcher.extract.pdf.readers.xmp import read_xmp

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from searcher.document import Document
    from searcher.extract.pdf.words import Reading
    from searcher.extract.recogniser import Recogniser
    from searcher.results.layout import PageLayout

MEDIA_TYPE = "application/pdf"
_READERS = ("pdfium", "pdfminer")


class PdfExtractor:
    """Reads PDF. ``reader`` is "pdfium" (pdfminer helps out) or "pdfminer" (alone).

    With a ``recogniser``, sheets that show something and hold no text are read by text recognition.
    """

    version = 6

    def __init__(
        self, *, reader: str = "pdfium", why: str = "", recogniser: Recogniser | None = None
    ) -> None:
        if reader not in _READERS:
            msg = f"reader {reader!r} is neither of {_READERS}"
            raise ValueError(msg)
        self._reader = reader
        self._why = why
        self._recogniser = recogniser

    @collector_paused()
    def extract(self, data: bytes) -> Document:
        """Return the document that ``data`` holds.

        Raises:
            ExtractionError: unsupported (no PDF at all), encrypted, damaged or no-text.
        """
        with _endless_nesting():
            first = _with_packet(self._read(data, 1), data)
            others = range(2, parts.count_parts(first) + 1)
            return _document([first, *(self._read(data, part) for part in others)])

    @collector_paused()
    def begin(self, data: bytes) -> Document | Begun:
        """Return the document that ``data`` holds, or the first part of a long one.

        Raises:
            ExtractionError: as ``extract``.
        """
        with _endless_nesting():
            first = _with_packet(self._read(data, 1), data)
            count = parts.count_parts(first)
            if count == 1:
                return _document([first])
            return Begun(spool.dump(first), parts=count, sheets=first.count)

    @collector_paused()
    def read_part(self, data: bytes, part: int) -> bytes:
        """Return what stands on the sheets of ``part``, from 1, for ``join``.

        Raises:
            ExtractionError: as ``extract``.
        """
        with _endless_nesting():
            return spool.dump(self._read(data, part))

    @collector_paused()
    def join(self, read: Iterable[bytes]) -> Document:
        """Return the document whose parts, in order, are ``read``: as ``extract`` gives it.

        Raises:
            ExtractionError: damaged or no-text.
            ValueError: they are not what ``begin`` and ``read_part`` return.
        """
        with _endless_nesting():
            return _document([spool.load(part) for part in read])

    def draw(self, data: bytes, sheet: int, *, with_picture: bool) -> PageLayout:
        """Return how sheet ``sheet`` of ``data`` is read; its report and its label are not known.

        The whole file is read for it: what repeats from sheet to sheet is known by that alone.

        Raises:
            ExtractionError: as ``extract``, or there is no such sheet.
        """
        with _endless_nesting():
            first = _with_packet(self._read(data, 1), data)
            others = range(2, parts.count_parts(first) + 1)
            reading = _readable(_whole(parts.join([first, *(self._read(data, n) for n in others)])))
        return places.placed_sheet(reading, sheet, data if with_picture else None)

    def _read(self, data: bytes, part: int) -> Reading:
        """Return ``part``, what has no text in it recognised, if there is what recognises."""
        reading = self._read_text(data, part)
        if self._recogniser is None:
            return reading
        from searcher.extract.pdf.readers import ocr

        return ocr.recognised(reading, data, self._recogniser)

    def _read_text(self, data: bytes, part: int) -> Reading:
        """Return ``part``; where the second reader had to read it, its sheets say why."""
        _check_is_pdf(data)
        sheets = parts.sheets_of(part)
        if self._reader == "pdfminer":
            return _because(self._why, pdfminer.read(data, sheets))
        try:
            first = pdfium.read(data, sheets)
        except ExtractionError as error:
            if error.reason is Reason.ENCRYPTED:
                raise
            return _because("failed", pdfminer.read(data, sheets))
        return with_second_opinion(first, data)


def _with_packet(reading: Reading, data: bytes) -> Reading:
    """Return ``reading`` with what the XMP packet of the file ``data`` says."""
    return replace(reading, info=replace(reading.info, xmp=read_xmp(data)))


def _because(why: str, reading: Reading) -> Reading:
    """Return ``reading`` with ``why`` on each of its sheets."""
    return replace(reading, pages=tuple(replace(page, why=why) for page in reading.pages))


@contextmanager
def _endless_nesting() -> Iterator[None]:
    try:
        yield
    except RecursionError as error:
        detail = "its parts contain one another without end"
        raise ExtractionError(Reason.DAMAGED, detail) from error


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


def _readable(reading: Reading) -> Reading:
    """Return ``reading`` if somebody could read it.

    Raises:
        ExtractionError: damaged, or no-text; the detail says what there is instead.
    """
    hint = "searcher ingest --ocr reads it by text recognition"
    if all(page.is_damaged for page in reading.pages):
        raise ExtractionError(Reason.DAMAGED, "none of its pages can be read")
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


def _document(read: Sequence[Reading]) -> Document:
    reading = _readable(_whole(parts.join(read)))
    laid = lay_out(reading)
    stated = reading.info.labels
    edges = [[d.text for d in page.drafts if d.kind in FURNITURE] for page in laid]
    printed = labels.page_labels([page.label for page in laid], stated, edges)
    wrong = labels.contradicted_labels([page.label for page in laid], stated)
    builder = DocumentBuilder()
    for page, label, other, words in zip(laid, printed, wrong, reading.pages, strict=True):
        for draft in page.drafts:
            builder.add(draft.kind, draft.text, level=draft.level)
        how = PageReading(
            reader=words.reader or reading.reader,
            why=words.why,
            columns=page.columns,
            hyphens=page.hyphens,
            garbled=garble.garbled_share(words),
            confidence=words.confidence,
            contradicted=other,
        )
        builder.end_page(label, has_ink=words.has_ink, reading=how)
    plain = builder.build(media_type=MEDIA_TYPE, reader=reading.reader)
    return replace(plain, metadata=find_metadata(plain, laid, reading.info))
