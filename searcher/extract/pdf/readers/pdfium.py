"""The first reader: PDFium, through its raw interface, because a page has thousands of letters.

The text of a page comes in one call; places are asked for at the first and the last letter of
each word. PDFium's "loose" boxes are far too tall since 5.7 (pypdfium2 #421), so a word's place
is its origin and its tight boxes.
"""

from __future__ import annotations

import ctypes
import logging
import re
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2
from pypdfium2 import raw

from searcher.errors import ExtractionError, Reason
from searcher.extract.pdf.collector import collector_paused
from searcher.extract.pdf.dates import year_of
from searcher.extract.pdf.readers.ink import FEW_WORDS, draws_more, shows_something
from searcher.extract.pdf.readers.letters import LetterReader
from searcher.extract.pdf.readers.panels import draws_letters, panels_of
from searcher.extract.pdf.readers.spacing import closed_up
from searcher.extract.pdf.readers.tags import TagReader
from searcher.extract.pdf.view import view_of
from searcher.extract.pdf.words import (
    Bookmark,
    FileInfo,
    PageWords,
    Reading,
    chosen,
    damaged_page,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Buffer = ctypes.Array[ctypes.c_char] | None
    Ask = Callable[[Buffer, int], int]

READER = f"pypdfium2 {pypdfium2.version.PYPDFIUM_INFO.version}"
HYPHEN = "\ufffe"  # what PDFium writes for a hyphen at a line's end, without the line's end

_WORD = re.compile(rf"[^\s\x00{HYPHEN}]+{HYPHEN}?|{HYPHEN}")
_BOLD_WEIGHT = 600
_MAX_BOOKMARKS = 5000
_MAX_LABEL_BYTES = 256


FAILURES = (pypdfium2.PdfiumError, pypdfium2.PdfiumWarning, UnicodeError)
"""All that pypdfium2 raises, and what its decoding of names lets through."""


class _Readers(NamedTuple):
    """What reads the parts of a file's sheets, one after the other."""

    letters: LetterReader
    tags: TagReader | None


@collector_paused()
def read(data: bytes, sheets: range | None = None) -> Reading:
    """Return the words of all pages of the PDF in ``data``, or of those ``sheets`` it has.

    A page that cannot be loaded has no words and counts as inked: somebody drew it.

    Raises:
        ExtractionError: encrypted or damaged.
    """
    logging.getLogger("pypdfium2").setLevel(logging.CRITICAL)
    forget_errors()
    try:
        with pypdfium2.PdfDocument(data) as document:
            count = len(document)
            numbers = chosen(sheets, count)
            tags = TagReader() if raw.FPDFCatalog_IsTagged(document) else None
            readers = _Readers(LetterReader(), tags)
            pages = tuple(_read_page(document, number, readers) for number in numbers)
            if len(pages) == count and all(page.is_damaged for page in pages):
                raise ExtractionError(Reason.DAMAGED, "none of its pages can be read")
            info = _info(document, count) if 1 in numbers else FileInfo()
            return Reading(pages, info, READER, count=count)
    except FAILURES as error:
        raise failure(error) from error


def forget_errors() -> None:
    """Make PDFium forget what was wrong with the file before.

    A file that opens without a sheet sets no error, so it was said to have the last one's.
    """
    raw.FPDF_LoadMemDocument64(b"", 0, None)  # opens nothing, and says "not a PDF"


def failure(error: Exception) -> ExtractionError:
    """Return what ``error``, one of ``FAILURES``, means to a reader of reports."""
    code = getattr(error, "err_code", None)
    if code == raw.FPDF_ERR_PASSWORD:
        hint = "save a copy without the password"
        return ExtractionError(Reason.ENCRYPTED, "it opens only with a password", hint=hint)
    if code == raw.FPDF_ERR_SECURITY:
        return ExtractionError(Reason.ENCRYPTED, "it is encrypted in a way nobody here can read")
    return ExtractionError(Reason.DAMAGED, "it could not be opened as a PDF")


@contextmanager
def _page(document: pypdfium2.PdfDocument, number: int) -> Iterator[raw.FPDF_PAGE | None]:
    """Yield the handle of sheet ``number``, or ``None`` where it cannot be loaded; close it."""
    handle = raw.FPDF_LoadPage(document, number - 1)
    try:
        yield handle or None
    finally:
        if handle:
            raw.FPDF_ClosePage(handle)


def _read_page(document: pypdfium2.PdfDocument, number: int, readers: _Readers) -> PageWords:
    with _page(document, number) as page:
        if page is None:
            return damaged_page(number)
        view = view_of(page)
        has_ink = raw.FPDFPage_CountObjects(page) > 0
        text_page = raw.FPDFText_LoadPage(page)
        if not text_page:
            return PageWords(number, view.width, view.height, (), has_ink=has_ink)
        try:
            words, view = readers.letters.words(text_page, view)
            tagged = readers.tags.headings(page, text_page) if readers.tags and words else ()
        finally:
            raw.FPDFText_ClosePage(text_page)
        panels = panels_of(page, view, texts=readers.letters.objects) if words else ()
        if len(words) <= FEW_WORDS:
            has_ink = draws_more(page, view) if words else shows_something(page, view)
        return PageWords(
            number,
            view.width,
            view.height,
            closed_up(words),
            has_ink=has_ink,
            tagged=tagged,
            panels=panels,
            has_letters=bool(words) or draws_letters(page),
        )


def _info(document: pypdfium2.PdfDocument, count: int) -> FileInfo:
    labels = tuple(_label(document, index) for index in range(count))
    return FileInfo(
        title=_meta(document, b"Title"),
        author=_meta(document, b"Author"),
        created=year_of(_meta(document, b"CreationDate")),
        language=_language(document),
        labels=labels if any(labels) else (),
        outline=_outline(document),
    )


def _utf16(ask: Ask, limit: int = 1 << 16) -> str:
    """Return the text that ``ask(buffer, size_bytes)`` writes; empty where it is absurdly long."""
    size = ask(None, 0)
    if not 2 < size <= limit:
        return ""
    buffer = ctypes.create_string_buffer(size)
    ask(buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace").strip("\x00 \t\r\n")


def _meta(document: pypdfium2.PdfDocument, key: bytes) -> str:
    def ask(buffer: Buffer, size: int) -> int:
        return int(raw.FPDF_GetMetaText(document, key, buffer, size))

    return _utf16(ask)


def _label(document: pypdfium2.PdfDocument, index: int) -> str | None:
    def ask(buffer: Buffer, size: int) -> int:
        return int(raw.FPDF_GetPageLabel(document, index, buffer, size))

    return _utf16(ask, _MAX_LABEL_BYTES) or None


def _language(document: pypdfium2.PdfDocument) -> str:
    def ask(buffer: Buffer, size: int) -> int:
        pointer = ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)) if buffer else None
        return int(raw.FPDFCatalog_GetLanguage(document, pointer, size))

    return _utf16(ask)


def _outline(document: pypdfium2.PdfDocument) -> tuple[Bookmark, ...]:
    """Return the outline in its order, as far as it can be read."""
    found: list[Bookmark] = []
    try:
        for bookmark in islice(document.get_toc(max_depth=8), _MAX_BOOKMARKS):
            target = bookmark.get_dest()
            index = target.get_index() if target else None
            title = bookmark.get_title().strip()
            if title and index is not None and index >= 0:
                found.append(Bookmark(title, bookmark.level + 1, index + 1))
    except FAILURES:
        return tuple(found)
    return tuple(found)
