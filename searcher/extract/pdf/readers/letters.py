"""The words of a sheet as PDFium places their letters.

The text of a sheet comes in one call. Places are asked for at the first and the last letter of
each word, all of a sheet in one sweep; style once for each text object, whose letters share it.
PDFium's "loose" boxes are far too tall since 5.7 (pypdfium2 #421), so a word's place is its
origin and its tight boxes.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter, deque
from itertools import repeat
from math import hypot
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from pypdfium2 import raw

from searcher.extract.pdf.blocks.lines import downwards
from searcher.extract.pdf.readers import calls
from searcher.extract.pdf.readers.fonts import is_bold, plain_name
from searcher.extract.pdf.words import Word

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from searcher.extract.pdf.view import View

HYPHEN = "\ufffe"  # what PDFium writes for a hyphen at a line's end, without the line's end

_WORD = re.compile(rf"[^\s\x00{HYPHEN}]+{HYPHEN}?|{HYPHEN}")
_PLAIN_WORD = re.compile(r"\S+")  # the same where there is neither, in half the time
_BOLD_WEIGHT = 600
_SWEEP = 512  # letters asked for with one set of places to answer to
_INVISIBLE = 3  # PDF's text rendering mode: neither filled nor stroked
_TURN = itemgetter(3)
_SPAN: Callable[[re.Match[str]], tuple[int, int]] = re.Match.span
_LARGER = 1.05  # than the first letter's size: the word's own, after a small mark


class _Style(NamedTuple):
    """What all letters of one text object share."""

    size: float
    bold: bool
    font: str
    turn: int


class _Drawn(NamedTuple):
    """How words are drawn: the letters that have their styles, and the indices of the unseen."""

    styles: list[_Style]
    bearers: list[int]
    hidden: frozenset[int]


class _Answers:
    """Places for PDFium's answers to a sweep of questions, ``width`` numbers to each.

    ``places`` is the number of places that a question takes to write all its answers to.
    """

    def __init__(
        self, kind: type[ctypes.c_double | ctypes.c_float], width: int, *, places: int = 1
    ) -> None:
        size = ctypes.sizeof(kind)
        numbers = (kind * (width * _SWEEP))()
        self._numbers = memoryview(numbers).cast("B").cast("d" if size == 8 else "f")
        self._places = [
            [ctypes.byref(numbers, size * at) for at in range(first, width * _SWEEP, width)]
            for first in range(0, width, width // places)
        ]
        self._width = width

    def asked(
        self, ask: Callable[..., int], handle: object, letters: Sequence[int]
    ) -> list[list[float]]:
        """Return what ``ask`` tells of each of ``letters``, as ``width`` columns."""
        flat: list[float] = []
        for start in range(0, len(letters), _SWEEP):
            some = letters[start : start + _SWEEP]
            deque(map(ask, repeat(handle), some, *self._places), 0)
            flat += self._numbers[: self._width * len(some)].tolist()
        return [flat[column :: self._width] for column in range(self._width)]


class LetterReader:
    """Reads the words of one sheet after the other; places for answers are made once."""

    def __init__(self) -> None:
        self._boxes = _Answers(ctypes.c_double, 4, places=4)
        self._origins = _Answers(ctypes.c_double, 2, places=2)
        self._matrices = _Answers(ctypes.c_float, 6)
        self.objects: Collection[int | None] = ()
        """The addresses of the text objects in which the words of the last sheet stand."""

    def words(self, text_page: raw.FPDF_TEXTPAGE, view: View) -> tuple[tuple[Word, ...], View]:
        """Return the words on the visible part of a sheet, in the stream's order, and its view.

        That is ``view``, turned if most words are: a wide table is often set along the sheet.
        Words that are drawn without ink count only where most are: recognised text under a scan.
        """
        text = _text(text_page)
        word = _WORD if HYPHEN in text or "\x00" in text else _PLAIN_WORD
        spans = list(map(_SPAN, word.finditer(text)))
        is_plain = word is _PLAIN_WORD
        texts = text.split() if is_plain else [text[a:b].replace(HYPHEN, "-") for a, b in spans]
        letters = [first for first, _ in spans], [end - 1 for _, end in spans]
        handle = calls.handle_of(text_page)
        drawn = self._drawn(handle, *letters)
        seen, styles = _righted(view, drawn.styles)
        columns = (
            texts,
            styles,
            *self._origins.asked(calls.TEXT_ORIGIN, handle, drawn.bearers),
            *self._boxes.asked(calls.TEXT_BOX, handle, letters[0]),
            *self._boxes.asked(calls.TEXT_BOX, handle, letters[1]),
        )
        rows: Iterable[tuple[Any, ...]] = zip(*columns, strict=True)
        if drawn.hidden and 2 * len(drawn.hidden) < len(spans):
            rows = (row for index, row in enumerate(rows) if index not in drawn.hidden)
        words = tuple(_words(rows, seen))
        return words if seen is view else tuple(downwards(words)), seen

    def _drawn(self, handle: object, firsts: Sequence[int], lasts: Sequence[int]) -> _Drawn:
        """Return how the words from ``firsts`` to ``lasts`` are drawn."""
        first_items = list(map(calls.TEXT_OBJECT, repeat(handle), firsts))
        tails = _tails(handle, first_items, lasts)
        letters = dict(zip(first_items, firsts, strict=True))
        letters |= {item: lasts[index] for index, item in tails.items()}
        self.objects = letters.keys()
        items = list(map(ctypes.c_void_p.from_param, letters))
        known = self._read_styles(handle, letters, items)
        styles = [known[item] for item in first_items]
        bearers = list(firsts)
        for index, item in tails.items():
            if known[item].size > styles[index].size * _LARGER:
                styles[index], bearers[index] = known[item], lasts[index]
        modes = map(calls.RENDER_MODE, items)
        bare = {item for item, mode in zip(letters, modes, strict=True) if mode == _INVISIBLE}
        hidden = (index for index, item in enumerate(first_items) if item in bare) if bare else ()
        return _Drawn(styles, bearers, frozenset(hidden))

    def _read_styles(
        self, handle: object, letters: Mapping[int | None, int], items: Sequence[object]
    ) -> dict[int | None, _Style]:
        """Return the style of each text object, named by its address; each has one letter given.

        ``items`` stand for the objects in calls.
        """
        some = list(letters.values())
        sizes = map(calls.TEXT_SIZE, repeat(handle), some)
        matrices = self._matrices.asked(calls.TEXT_MATRIX, handle, some)[:4]
        fonts = list(map(calls.FONT, items))
        named = {font: _font(font) for font in set(fonts)}
        keys = list(zip(sizes, fonts, *matrices, strict=True))
        styles = {key: _style(key[0], named[key[1]], key[2:]) for key in set(keys)}
        return dict(zip(letters, map(styles.__getitem__, keys), strict=True))


def _tails(
    handle: object, first_items: Sequence[int | None], lasts: Sequence[int]
) -> dict[int, int | None]:
    """Return the text object of the last letter by the word's index, where it is not the first's.

    It is the first's where that goes on in the next word.
    """
    ahead = zip(first_items, (*first_items[1:], 0), strict=False)  # a blank sheet has none
    ends = [index for index, (item, after) in enumerate(ahead) if item != after]
    tails = {index: calls.TEXT_OBJECT(handle, lasts[index]) for index in ends}
    return {index: item for index, item in tails.items() if item != first_items[index]}


def _style(size: float, font: tuple[bool, str], matrix: Sequence[float]) -> _Style:
    """Return the style of letters of ``size`` that the first four of ``matrix`` scale and turn."""
    a, b, c, d = (-number if size < 0 else number for number in matrix)
    is_upright = abs(b) <= abs(a)
    turn = (2 if a < 0 and d < 0 else 0) if is_upright else (1 if b > 0 else 3)
    return _Style(size * hypot(c, d), *font, turn)


def _righted(view: View, styles: list[_Style]) -> tuple[View, list[_Style]]:
    """Return ``view`` so that most words stand upright in it, and the styles as it shows them."""
    times = Counter(map(_TURN, styles))
    turn = next((turn for turn, seen in times.items() if 2 * seen > len(styles)), view.turns)
    if turn == view.turns == 0 and len(times) <= 1:  # nearly always
        return view, styles
    shown = {style: style._replace(turn=(style.turn - turn) % 4) for style in set(styles)}
    return view.turned((turn - view.turns) % 4), [shown[style] for style in styles]


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
    make = tuple.__new__
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
            turn = style.turn
            if turn % 2:
                baseline = x
            elif x < x0 and not turn:
                x0 = x
            yield make(Word, (text, x0, y0, x1, y1, baseline) + style)  # noqa: RUF005 - faster


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
