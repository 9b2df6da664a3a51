"""The third reader: tesseract, for sheets that show something and hold no text to speak of.

A sheet is drawn in grey and given to tesseract as a file in the folder for temporary ones, which
is deleted at once. Its words come with boxes; size and baseline, which it does not tell, are
those that its letters imply: a word with a "d" and one with a "p" show how far a line reaches.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import pytesseract
from pytesseract import Output, TesseractError

from searcher.errors import ExtractionError
from searcher.extract.pdf.pictures import picture_of, png
from searcher.extract.pdf.readers import garble
from searcher.extract.pdf.words import Word
from searcher.extract.recogniser import ENGLISH, reader_name
from searcher.extract.worker_limits import room_to_write

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from searcher.extract.pdf.words import PageWords, Reading
    from searcher.extract.recogniser import Recogniser

DOTS_PER_INCH = 300
"""What tesseract's models were trained on."""

NO_TEXT, GARBLED = "no text", "garbled"
"""Why the usual reader did not do."""
LEAST_SURE = 30.0
"""Of a word, in percent: what it is less sure of is a stain, a rule or a piece of a photograph."""
LEAST_SURE_PAGE = 0.5
"""Of all words: a photograph, too, is read as something."""

_ASCENDING = frozenset("bdfhklt'\"’“”()[]{}|!?/%&$£€")
_DESCENDING = frozenset("gjpqyQ,;()[]{}|/")
_BULLETS = frozenset("e©«»°¢*®@")
"""What a bullet is read as; none of these is a word of English that begins a line."""
_SIGNS = frozenset(mark for mark in _BULLETS if not mark.isalpha())
"""What a bullet is read as in other languages, of which a letter may be a word."""
_X_HEIGHT, _ASCENT, _DESCENT = 0.5, 0.72, 0.21  # of a letter's size, in common book types
_STEADY = 0.12  # a line's size may be misjudged by that share


@dataclass(frozen=True, slots=True)
class _Seen:
    """A word as tesseract gives it: box in pixels, confidence in percent, and its line."""

    text: str
    left: int
    top: int
    width: int
    height: int
    confidence: float
    line: tuple[int, int, int]


def recognised(reading: Reading, data: bytes, recogniser: Recogniser) -> Reading:
    """Return ``reading`` with words on those sheets that show something and had none.

    In a file of which nobody could read anything, sheets whose words are garbled are read too.
    A sheet on which no text is found, or on which tesseract fails, stays as it is.
    """
    pytesseract.pytesseract.tesseract_cmd = recogniser.program
    is_garbled = garble.is_garbled(reading)
    pages = tuple(
        _recognised(page, data, recogniser.languages)
        if not page.words or (is_garbled and garble.is_page_garbled(page))
        else page
        for page in reading.pages
    )
    return replace(reading, pages=pages)


def _recognised(page: PageWords, data: bytes, languages: str) -> PageWords:
    if not page.has_ink or page.is_damaged:
        return page
    try:
        drawn = picture_of(data, page.number, dots_per_inch=DOTS_PER_INCH, is_grey=True)
        seen = tuple(_look(png(drawn), languages))
    except (ExtractionError, TesseractError):
        return page
    letters = sum(len(word.text) for word in seen)
    sure = sum(word.confidence * len(word.text) for word in seen) / 100 / max(letters, 1)
    if sure < LEAST_SURE_PAGE:
        return page
    reader = reader_name(str(pytesseract.get_tesseract_version()), languages)
    bullets = _BULLETS if languages == ENGLISH else _SIGNS
    words = tuple(_words(seen, drawn.scale, bullets))
    why = GARBLED if page.words else NO_TEXT
    return replace(page, words=words, reader=reader, why=why, confidence=round(sure, 4))


def _look(picture: bytes, languages: str) -> Iterator[_Seen]:
    """Yield what tesseract sees in a PNG, in its reading order."""
    with tempfile.TemporaryDirectory(prefix="searcher-ocr-") as folder:
        path = Path(folder) / "sheet.png"
        with room_to_write(len(picture)):
            path.write_bytes(picture)
        table = pytesseract.image_to_data(
            str(path),
            lang=languages,
            config=f"--dpi {DOTS_PER_INCH}",
            output_type=Output.DICT,
        )
    names = ("text", "left", "top", "width", "height", "conf", "block_num", "par_num", "line_num")
    for text, left, top, width, height, sure, *line in zip(*(table[n] for n in names), strict=True):
        said = str(text).strip()
        if said and float(sure) >= LEAST_SURE:
            block, paragraph, number = line
            place = (block, paragraph, number)
            yield _Seen(said, left, top, width, height, float(sure), place)


def _words(seen: Sequence[_Seen], scale: float, bullets: frozenset[str]) -> Iterator[Word]:
    """Yield the words in points, each with its line's size and baseline."""
    lines = [tuple(line) for _, line in groupby(seen, key=lambda word: word.line)]
    sizes = [median(map(_size, line)) / scale for line in lines]
    usual = median(sizes)
    for line, measured in zip(lines, sizes, strict=True):
        size = usual if abs(measured - usual) <= _STEADY * usual else measured
        baseline = median(_baseline(word, size * scale) for word in line) / scale
        for at, word in enumerate(line):
            text = "•" if not at and len(line) > 1 and word.text in bullets else word.text
            right, bottom = word.left + word.width, word.top + word.height
            yield Word(
                text, word.left / scale, word.top / scale, right / scale, bottom / scale,
                baseline, round(size, 1), bold=False, font="",
            )  # fmt: skip


def _size(word: _Seen) -> float:
    """Return the size, in pixels, of letters that stand as high as this word's do."""
    reach = _ASCENT if _ascends(word.text) else _X_HEIGHT
    reach += _DESCENT if _DESCENDING.intersection(word.text) else 0.0
    return word.height / reach


def _ascends(text: str) -> bool:
    return any(letter in _ASCENDING or letter.isupper() or letter.isdigit() for letter in text)


def _baseline(word: _Seen, size: float) -> float:
    """Return where the word stands, in pixels from the top."""
    below = _DESCENT * size if _DESCENDING.intersection(word.text) else 0.0
    return word.top + word.height - below
