"""The words of a sheet as PDFium places their letters.

The text of a sheet comes in one call. Places are asked for at the first and the last letter of
each word, all of a sheet in one sweep; style once for each text object, whose letters share it.
PDFium's "loose" boxes are far too tall since 5.7 (pypdfium2 #421), so a word's place is its
origin and its tight boxes.
"""

from __future__ import annotations

import ctypes
import re
from collections import deque
from itertools import repeat
from math import hypot
from typing import TYPE_CHECKING, Any, NamedTuple

from pypdfium2 import raw

from searcher.extract.pdf import calls
from searcher.extract.pdf.fonts import is_bold, plain_name
from searcher.extract.pdf.words import Word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from searcher.extract.pdf.view import View

HYPHEN = "\ufffe"  # what PDFium writes for a hyphen at a line's end, without the line's end

_WORD = re.compile(rf"[^\s\x00{HYPHEN}]+{HYPHEN}?|{HYPHEN}")
_BOLD_WEIGHT = 600
_SWEEP = 512  # letters asked for with one set of places to answer to
_LARGER = 1.05  # than the first letter's size: the word's own, after a small mark


class _Style(NamedTuple):
    """What all letters of one text object share."""

    size: float
    bold: bool
    font: str


class _Answers:
    """Places for PDFium's answers to a sweep of questions, ``width`` numbers to each."""

    def __init__(self, kind: type[ctypes.c_double | ctypes.c_float], width: int) -> None:
        size = ctypes.sizeof(kind)
        numbers = (kind * (width * _SWEEP))()
        self._numbers = memoryview(numbers).cast("B").cast("d" if size == 8 else "f")
        self._places = [ctypes.byref(numbers, size * at) for at in range(width * _SWEEP)]
        self._width = width

    def asked(
        self, ask: Callable[..., int], handle: object, letters: Sequence[int], *, places: int = 1
    ) -> list[list[float]]:
        """Return what ``ask`` tells of each of ``letters``, as ``width`` columns.

        ``places`` is the number of places that ``ask`` takes to write all its answers to.
        """
        step = self._width // places
        into = [self._places[first :: self._width] for first in range(0, self._width, step)]
        flat: list[float] = []
        for start in range(0, len(letters), _SWEEP):
            some = letters[start : start + _SWEEP]
            deque(map(ask, repeat(handle), some, *into), 0)
            flat += self._numbers[: self._width * len(some)].tolist()
        return [flat[column :: self._width] for column in range(self._width)]


class LetterReader:
    """Reads the words of one sheet after the other; places for answers are made once."""

    def __init__(self) -> None:
        self._boxes = _Answers(ctypes.c_double, 4)
        self._origins = _Answers(ctypes.c_double, 2)
        self._matrices = _Answers(ctypes.c_float, 6)

    def words(self, text_page: raw.FPDF_TEXTPAGE, view: View) -> Iterator[Word]:
        """Yield the words that lie on the visible part of a sheet, in the stream's order."""
        text = _text(text_page)
        spans = [match.span() for match in _WORD.finditer(text)]
        text = text.replace(HYPHEN, "-")
        firsts, lasts = [first for first, _ in spans], [end - 1 for _, end in spans]
        handle = calls.handle_of(text_page)
        styles, bearers = self._styles(handle, firsts, lasts)
        columns = (
            [text[first:end] for first, end in spans],
            styles,
            *self._origins.asked(calls.TEXT_ORIGIN, handle, bearers, places=2),
            *self._boxes.asked(calls.TEXT_BOX, handle, firsts, places=4),
            *self._boxes.asked(calls.TEXT_BOX, handle, lasts, places=4),
        )
        return _words(zip(*columns, strict=True), view)

    def _styles(
        self, handle: object, firsts: Sequence[int], lasts: Sequence[int]
    ) -> tuple[list[_Style], Sequence[int]]:
        """Return the style of each word, and the letter that has it: the first or the last."""
        first_items = list(map(calls.TEXT_OBJECT, repeat(handle), firsts))
        last_items = list(map(calls.TEXT_OBJECT, repeat(handle), lasts))
        letters = dict(zip(first_items, firsts, strict=True))
        if first_items == last_items:
            known = self._read_styles(handle, letters)
            return [known[item] for item in first_items], firsts
        letters.update(zip(last_items, lasts, strict=True))
        known = self._read_styles(handle, letters)
        styles = [known[item] for item in first_items]
        bearers = list(firsts)
        for index, item in enumerate(last_items):
            if item != first_items[index] and known[item].size > styles[index].size * _LARGER:
                styles[index], bearers[index] = known[item], lasts[index]
        return styles, bearers

    def _read_styles(
        self, handle: object, letters: Mapping[int | None, int]
    ) -> dict[int | None, _Style]:
        """Return the style of each text object, named by its address; each has one letter given."""
        some = list(letters.values())
        sizes = map(calls.TEXT_SIZE, repeat(handle), some)
        _, _, c, d, _, _ = self._matrices.asked(calls.TEXT_MATRIX, handle, some)
        fonts = list(map(calls.FONT, map(ctypes.c_void_p.from_param, letters)))
        named = {font: _font(font) for font in set(fonts)}
        keys = list(zip(sizes, c, d, fonts, strict=True))
        styles = {key: _Style(key[0] * hypot(key[1], key[2]), *named[key[3]]) for key in set(keys)}
        return dict(zip(letters, map(styles.__getitem__, keys), strict=True))


def _text(text_page: raw.FPDF_TEXTPAGE) -> str:
    """Return the sheet's text, one code unit for each of PDFium's letters."""
    count = raw.FPDFText_CountChars(text_page)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(text_page, 0, count, buffer)
    text = bytes(buffer)[: 2 * max(written - 1, 0)].decode("utf-16-le", "replace")
    if len(text) == count:
        return text
    codes = (raw.FPDFText_GetUnicode(text_page, index) for index in range(count))
    return "".join(HYPHEN if code == 2 else chr(code) for code in codes)


def _words(rows: Iterable[tuple[Any, ...]], view: View) -> Iterator[Word]:
    """Yield the words of ``rows``: text, style, origin, and the boxes of two letters."""
    is_upright, left, top = view.turns == 0, view.left, view.top
    most_x, most_y = view.width + 1, view.height + 1
    for text, style, pen_x, pen_y, l1, r1, b1, t1, l2, r2, b2, t2 in rows:
        x0, x1 = l1 if l1 < l2 else l2, r1 if r1 > r2 else r2
        y0, y1 = t1 if t1 > t2 else t2, b1 if b1 < b2 else b2
        if is_upright:
            x, x0, x1 = pen_x - left, x0 - left, x1 - left
            baseline, y0, y1 = top - pen_y, top - y0, top - y1
        else:
            x, baseline = view.place(pen_x, pen_y)
            x0, y0, x1, y1 = view.box((x0, y1, x1, y0))
        if x1 >= -1 and x0 <= most_x and y1 >= -1 and y0 <= most_y:
            x0 = x if x < x0 else x0
            yield tuple.__new__(Word, (text, x0, y0, x1, y1, baseline, *style))


def _font(address: int | None) -> tuple[bool, str]:
    """Return whether a font is bold, and its name."""
    if not address:
        return False, ""
    font = ctypes.cast(address, raw.FPDF_FONT)
    buffer = ctypes.create_string_buffer(256)
    raw.FPDFFont_GetBaseFontName(font, buffer, 256)
    name = buffer.value.decode("utf-8", "replace")
    bold = is_bold(name) or raw.FPDFFont_GetWeight(font) >= _BOLD_WEIGHT
    return bold, plain_name(name)
