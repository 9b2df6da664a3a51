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
from math import hypot
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2
from pypdfium2 import raw

from searcher.errors import ExtractionError, Reason
from searcher.extract.pdf.dates import year_of
from searcher.extract.pdf.fonts import is_bold, plain_name
from searcher.extract.pdf.panels import panels_of
from searcher.extract.pdf.tags import TagReader
from searcher.extract.pdf.view import view_of
from searcher.extract.pdf.words import (
    Bookmark,
    FileInfo,
    PageWords,
    Reading,
    Word,
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


class _Style(NamedTuple):
    """What all letters of one text object share."""

    size: float
    bold: bool
    font: str


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
            pages = tuple(_read_page(document, number, tags) for number in numbers)
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


def _read_page(document: pypdfium2.PdfDocument, number: int, tags: TagReader | None) -> PageWords:
    with _page(document, number) as page:
        if page is None:
            return damaged_page(number)
        width = float(raw.FPDF_GetPageWidthF(page))
        height = float(raw.FPDF_GetPageHeightF(page))
        has_ink = raw.FPDFPage_CountObjects(page) > 0
        text_page = raw.FPDFText_LoadPage(page)
        if not text_page:
            return PageWords(number, width, height, (), has_ink=has_ink)
        try:
            words = tuple(_Places(page, text_page, (width, height)).words())
            tagged = tags.headings(page, text_page) if tags and words else ()
        finally:
            raw.FPDFText_ClosePage(text_page)
        panels = panels_of(page, view_of(page)) if words else ()
        return PageWords(
            number, width, height, words, has_ink=has_ink, tagged=tagged, panels=panels
        )


class _Places:
    """Asks PDFium for the places of one page's letters, with buffers made once."""

    def __init__(
        self, page: raw.FPDF_PAGE, text_page: raw.FPDF_TEXTPAGE, size: tuple[float, float]
    ) -> None:
        self._text_page = text_page
        self._width, self._height = size
        self._numbers = tuple(ctypes.c_double() for _ in range(4))
        self._matrix = raw.FS_MATRIX()
        self._styles: dict[int, _Style] = {}
        self._fonts: dict[int, tuple[bool, str]] = {}
        self._rotation = raw.FPDFPage_GetRotation(page)
        self._left, self._bottom, self._right, self._top = _visible_box(page, size)

    def words(self) -> Iterator[Word]:
        """Yield the page's words that lie on the visible part of the sheet."""
        for match in _WORD.finditer(self._text()):
            text = match.group()
            if text.endswith(HYPHEN):
                text = text[:-1] + "-"
            word = self._word(text, match.start(), match.end() - 1)
            if self._shows(word):
                yield word

    def _shows(self, word: Word) -> bool:
        across = word.x1 >= -1 and word.x0 <= self._width + 1
        return across and word.y1 >= -1 and word.y0 <= self._height + 1

    def _text(self) -> str:
        """Return the page's text, one code unit for each of PDFium's letters."""
        count = raw.FPDFText_CountChars(self._text_page)
        if count <= 0:
            return ""
        buffer = (ctypes.c_ushort * (count + 1))()
        written = raw.FPDFText_GetText(self._text_page, 0, count, buffer)
        text = bytes(buffer)[: 2 * max(written - 1, 0)].decode("utf-16-le", "replace")
        if len(text) == count:
            return text
        codes = (raw.FPDFText_GetUnicode(self._text_page, index) for index in range(count))
        return "".join(HYPHEN if code == 2 else chr(code) for code in codes)

    def _word(self, text: str, first: int, last: int) -> Word:
        style = self._style(first)
        x, y = self._origin(first)
        x0, y0, x1, y1 = self._box(first)
        if last > first:
            last_style = self._style(last)
            if last_style.size > style.size * 1.05:
                style = last_style
                y = self._origin(last)[1]
            box = self._box(last)
            x0, y0, x1, y1 = min(x0, box[0]), min(y0, box[1]), max(x1, box[2]), max(y1, box[3])
        return Word(text, min(x, x0), y0, x1, y1, y, *style)

    def _origin(self, index: int) -> tuple[float, float]:
        x, y = self._numbers[:2]
        raw.FPDFText_GetCharOrigin(self._text_page, index, x, y)
        return self._turn(x.value, y.value)

    def _box(self, index: int) -> tuple[float, float, float, float]:
        left, right, bottom, top = self._numbers
        raw.FPDFText_GetCharBox(self._text_page, index, left, right, bottom, top)
        if not self._rotation:
            x, y = self._left, self._top
            return left.value - x, y - top.value, right.value - x, y - bottom.value
        xa, ya = self._turn(left.value, bottom.value)
        xb, yb = self._turn(right.value, top.value)
        return min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)

    def _turn(self, x: float, y: float) -> tuple[float, float]:
        """Return the place on the sheet as it is looked at, from the top left."""
        match self._rotation:
            case 1:
                return y - self._bottom, x - self._left
            case 2:
                return self._right - x, y - self._bottom
            case 3:
                return self._top - y, self._right - x
            case _:
                return x - self._left, self._top - y

    def _style(self, index: int) -> _Style:
        text_object = raw.FPDFText_GetTextObject(self._text_page, index)
        key = ctypes.addressof(text_object.contents) if text_object else 0
        known = self._styles.get(key)
        if known is None:
            known = self._styles[key] = self._read_style(index, text_object)
        return known

    def _read_style(self, index: int, text_object: raw.FPDF_PAGEOBJECT) -> _Style:
        matrix = self._matrix
        size = float(raw.FPDFText_GetFontSize(self._text_page, index))
        if raw.FPDFText_GetMatrix(self._text_page, index, matrix):
            size *= hypot(matrix.c, matrix.d)
        font = raw.FPDFTextObj_GetFont(text_object) if text_object else None
        if not font:
            return _Style(size, bold=False, font="")
        key = ctypes.addressof(font.contents)
        if key not in self._fonts:
            self._fonts[key] = _read_font(font)
        return _Style(size, *self._fonts[key])


def _read_font(font: raw.FPDF_FONT) -> tuple[bool, str]:
    """Return whether ``font`` is bold, and its name."""
    buffer = ctypes.create_string_buffer(256)
    raw.FPDFFont_GetBaseFontName(font, buffer, 256)
    name = buffer.value.decode("utf-8", "replace")
    bold = is_bold(name) or raw.FPDFFont_GetWeight(font) >= _BOLD_WEIGHT
    return bold, plain_name(name)


def _visible_box(
    page: raw.FPDF_PAGE, size: tuple[float, float]
) -> tuple[float, float, float, float]:
    """Return left, bottom, right and top of the part of the sheet that is shown."""
    numbers = tuple(ctypes.c_float() for _ in range(4))
    for ask in (raw.FPDFPage_GetCropBox, raw.FPDFPage_GetMediaBox):
        if ask(page, *numbers):
            left, bottom, right, top = (number.value for number in numbers)
            return min(left, right), min(bottom, top), max(left, right), max(bottom, top)
    return 0.0, 0.0, *size


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
