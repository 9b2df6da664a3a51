"""The second reader: pdfminer.six, for files that PDFium does not open or misreads.

pdfminer gives letters, not words; spaces are often only gaps. It defines many exceptions and
lets Python's own through wherever a file breaks a promise, so both are caught by name here.
"""

from __future__ import annotations

import io
import logging
import re
import struct
import warnings
import zlib
from itertools import islice, product
from typing import TYPE_CHECKING, Any

import pdfminer
from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTComponent, LTContainer, LTPage
from pdfminer.pdfdocument import (
    PDFDocument,
    PDFEncryptionError,
    PDFPasswordIncorrect,
    PDFTextExtractionNotAllowed,
)
from pdfminer.pdfexceptions import PDFNotImplementedError
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1
from pdfminer.psexceptions import PSException
from pdfminer.utils import decode_text

from searcher.errors import ExtractionError, Reason
from searcher.extract.pdf.dates import year_of
from searcher.extract.pdf.readers.fonts import is_bold, plain_name
from searcher.extract.pdf.words import (
    UNKNOWN,
    Bookmark,
    FileInfo,
    PageWords,
    Reading,
    Word,
    chosen,
    damaged_page,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

READER = f"pdfminer.six {pdfminer.__version__}"

_BROKEN_PROMISES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    NotImplementedError,
    struct.error,
    zlib.error,
)
FAILURES: tuple[type[Exception], ...] = (PSException, Warning, *_BROKEN_PROMISES)
"""All that pdfminer raises: its own root, its warnings, and Python's own errors."""

_UNMAPPED = re.compile(r"\(cid:\d+\)$")  # what pdfminer writes for a glyph without a letter
_LINEARIZED = re.compile(rb"/Linearized\b[^>]{0,200}/N\s+(\d{1,6})\b")
_HEAD_BYTES = 2048  # where a file made for the web says how long it is
_SAME_PLACE = 0.1  # of the letter's size: the same letter there again only makes it bolder
_CELL = 2.0  # points
_GAP = 0.2  # of the letter's size: a wider gap is a space
_MAX_BOOKMARKS = 5000


def read(data: bytes, sheets: range | None = None) -> Reading:
    """Return the words of all pages of the PDF in ``data``, or of those ``sheets`` it has.

    A page whose content cannot be read has no words and counts as inked.

    Raises:
        ExtractionError: encrypted, unsupported or damaged.
    """
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            document = PDFDocument(PDFParser(io.BytesIO(data)))
            found = tuple(PDFPage.create_pages(document))
            numbers = chosen(sheets, len(found))
            pages = tuple(_read_pages(found, numbers))
        except FAILURES as error:
            raise failure(error) from error
        if len(pages) == len(found) and all(page.is_damaged for page in pages):
            raise ExtractionError(Reason.DAMAGED, "none of its pages can be read")
        info = _info(document, len(found)) if 1 in numbers else FileInfo()
        return Reading(pages, info, READER, _promised(document, data), len(found))


def read_sheets(data: bytes, numbers: Iterable[int]) -> dict[int, PageWords]:
    """Return those of the sheets ``numbers``, from 1, that the PDF in ``data`` is found to have.

    Raises:
        ExtractionError: as ``read``.
    """
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found = tuple(PDFPage.create_pages(PDFDocument(PDFParser(io.BytesIO(data)))))
            wanted = [number for number in numbers if number <= len(found)]
            return {page.number: page for page in _read_pages(found, wanted)}
        except FAILURES as error:
            raise failure(error) from error


def failure(error: Exception) -> ExtractionError:
    """Return what ``error``, one of ``FAILURES``, means to a reader of reports."""
    match error:
        case PDFPasswordIncorrect() | PDFTextExtractionNotAllowed():
            hint = "save a copy without the password"
            return ExtractionError(Reason.ENCRYPTED, "it opens only with a password", hint=hint)
        case PDFEncryptionError():
            detail = "it is encrypted in a way nobody here can read"
            return ExtractionError(Reason.ENCRYPTED, detail)
        case PDFNotImplementedError() | NotImplementedError():
            return ExtractionError(Reason.UNSUPPORTED, "it uses a feature that is not supported")
        case RecursionError():
            return ExtractionError(Reason.DAMAGED, "its parts contain one another without end")
        case _:
            return ExtractionError(Reason.DAMAGED, "it could not be opened as a PDF")


def _promised(document: PDFDocument, data: bytes) -> int:
    """Return the number of sheets that the page tree tells, or the file's first bytes; else 0."""
    try:
        tree = resolve1(document.catalog.get("Pages"))
        count = resolve1(tree.get("Count")) if isinstance(tree, dict) else None
    except FAILURES:
        count = None
    if isinstance(count, int):
        return count
    linearized = _LINEARIZED.search(data, 0, _HEAD_BYTES)
    return int(linearized[1]) if linearized else 0


def _read_pages(pages: Sequence[PDFPage], numbers: Iterable[int]) -> Iterator[PageWords]:
    resources = PDFResourceManager()
    device = PDFPageAggregator(resources, laparams=None)
    interpreter = PDFPageInterpreter(resources, device)
    for number in numbers:
        try:
            interpreter.process_page(pages[number - 1])
            yield _page_words(device.get_result(), number)
        except FAILURES:
            yield damaged_page(number)


def _page_words(layout: LTPage, number: int) -> PageWords:
    letters = _once(_letters(layout))
    has_ink = len(layout) > 0
    words = tuple(_words(letters, layout.height))
    return PageWords(number, layout.width, layout.height, words, has_ink=has_ink)


def _letters(container: LTContainer[Any]) -> Iterator[LTChar]:
    """Yield the letters of ``container`` and of the figures in it, in stream order."""
    waiting: list[Iterator[LTComponent]] = [iter(container)]
    while waiting:
        item = next(waiting[-1], None)
        if item is None:
            waiting.pop()
        elif isinstance(item, LTChar):
            yield item
        elif isinstance(item, LTContainer):
            waiting.append(iter(item))


def _once(letters: Iterable[LTChar]) -> Iterator[LTChar]:
    """Yield ``letters`` without those drawn again at nearly the same place, to look bold."""
    places: dict[tuple[str, int, int], tuple[float, float]] = {}
    for letter in letters:
        _, _, _, _, x, y = letter.matrix
        text, reach = letter.get_text(), min(_SAME_PLACE * letter.size, _CELL)
        columns = range(int((x - reach) // _CELL), int((x + reach) // _CELL) + 1)
        rows = range(int((y - reach) // _CELL), int((y + reach) // _CELL) + 1)
        for key in product((text,), columns, rows):
            place = places.get(key)
            if place and abs(x - place[0]) <= reach and abs(y - place[1]) <= reach:
                break
        else:
            places[text, int(x // _CELL), int(y // _CELL)] = (x, y)
            yield letter


def _words(letters: Iterable[LTChar], height: float) -> Iterator[Word]:
    """Cut the stream of letters at spaces, at gaps, and where the pen moves elsewhere."""
    run: list[LTChar] = []
    for letter in letters:
        is_space = letter.get_text().isspace()
        if run and (is_space or not _continues(run[-1], letter)):
            yield _word(run, height)
            run = []
        if not is_space:
            run.append(letter)
    if run:
        yield _word(run, height)


def _continues(last: LTChar, letter: LTChar) -> bool:
    size = max(last.size, letter.size)
    gap = letter.x0 - last.x1
    return abs(letter.matrix[5] - last.matrix[5]) < 0.6 * size and -0.5 * size < gap < _GAP * size


def _word(run: list[LTChar], height: float) -> Word:
    largest = max(run, key=lambda letter: letter.size)
    texts = (letter.get_text() for letter in run)
    return Word(
        text="".join(UNKNOWN if _UNMAPPED.match(text) else text for text in texts),
        x0=min(letter.x0 for letter in run),
        y0=height - max(letter.y1 for letter in run),
        x1=max(letter.x1 for letter in run),
        y1=height - min(letter.y0 for letter in run),
        baseline=height - largest.matrix[5],
        size=largest.size,
        bold=is_bold(largest.fontname),
        font=plain_name(largest.fontname),
    )


def _info(document: PDFDocument, count: int) -> FileInfo:
    """Return what the file says of itself; a part that is broken is a part that is missing."""
    said: dict[str, str] = {}
    for entry in reversed(document.info):
        said.update({key: _text(value) for key, value in entry.items()})
    return FileInfo(
        title=said.get("Title", ""),
        author=said.get("Author", ""),
        created=year_of(said.get("CreationDate", "")),
        language=_text(document.catalog.get("Lang")),
        labels=_labels(document, count),
        outline=_outline(document),
    )


def _text(value: object) -> str:
    try:
        resolved = resolve1(value)
    except FAILURES:
        return ""
    match resolved:
        case bytes():
            return decode_text(resolved).strip("\x00 \t\r\n")
        case str():
            return resolved.strip()
        case _:
            return ""


def _labels(document: PDFDocument, count: int) -> tuple[str | None, ...]:
    try:
        labels = tuple(label or None for label in islice(document.get_page_labels(), count))
    except FAILURES:
        return ()
    return labels if len(labels) == count and any(labels) else ()


def _outline(document: PDFDocument) -> tuple[Bookmark, ...]:
    """Return the outline's lines that name their page directly."""
    found: list[Bookmark] = []
    try:
        numbers = {
            page.pageid: number
            for number, page in enumerate(PDFPage.create_pages(document), start=1)
        }
        for level, title, dest, action, _ in islice(document.get_outlines(), _MAX_BOOKMARKS):
            target = resolve1(dest) or resolve1((resolve1(action) or {}).get("D"))
            page = getattr(target[0], "objid", None) if isinstance(target, list) else None
            if title.strip() and page in numbers:
                found.append(Bookmark(title.strip(), level, numbers[page]))
    except FAILURES:
        return tuple(found)
    return tuple(found)
