"""What is printed behind the text or instead of it: watermarks, and what fills a blank sheet.

A watermark's letters are far larger than the text's and lie over lines of it, which nothing else
does; where it is known from one sheet, it is known in its place on all. What fills a sheet is all
that stands on it and comes back, word for word and in its place, on others: "http://…". A title
page and a part's divider say something, and stay.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from searcher.extract.pdf.blocks.lines import Line
    from searcher.extract.pdf.blocks.outer import Sheet

    Place = tuple[str, int, int]

_FAR_LARGER = 2.0  # than the text's letters
_LEAST_LETTERS = 3  # of a watermark's word: fewer are an initial's, which stands beside lines
_LEAST_LINES = 2  # of the text, that one word lies over
_BELOW_MIDDLE = 0.35  # of a letter's size, from its middle to where it stands
_SAME_PLACE = 4  # points
_PLAIN = 1.3  # times the text's letters: what is larger may be a heading
_TWICE, _OFTEN = 2, 4  # sheets that a plain line, and a large one, must fill
_ADDRESS = re.compile(r"^(?:https?://|www\.)\S+$", re.IGNORECASE)
_LEFT_BLANK = re.compile(
    r"^\W*(?:this )?page (?:is |was |has been )?(?:(?:intention|deliberate)(?:al)?ly )?"
    r"(?:left )?blank\W*$",
    re.IGNORECASE,
)


def backdrops(
    sheets: Sequence[Sheet], known: Sequence[Collection[int]], size: float
) -> Iterator[tuple[int, int]]:
    """Yield (sheet, line) for each line, by its index, that stands behind the text or for it.

    ``known`` are the indices of each sheet's running lines; the text's letters are of ``size``.
    """
    marks = frozenset(
        _place(line)
        for sheet in sheets
        for line in sheet.lines
        if line.size >= _FAR_LARGER * size and _lies_over(line, sheet, size)
    )
    if marks:
        yield from (
            (sheet.number, index)
            for sheet in sheets
            for index, line in enumerate(sheet.lines)
            if line.size >= _FAR_LARGER * size and _place(line) in marks
        )
    yield from _fillers(sheets, known, size)


def _lies_over(line: Line, sheet: Sheet, size: float) -> bool:
    """Tell whether a word of ``line`` lies over lines of the text."""
    text = [other for other in sheet.lines if other.size * _FAR_LARGER <= line.size]
    words = [word for segment in line.segments for word in segment.words]
    return any(
        sum(
            word.y0 < other.baseline - _BELOW_MIDDLE * other.size < word.y1
            and min(other.x1, word.x1) - max(other.x0, word.x0) > size
            for other in text
        )
        >= _LEAST_LINES
        for word in words
        if len(word.text) >= _LEAST_LETTERS
    )


def _fillers(
    sheets: Sequence[Sheet], known: Sequence[Collection[int]], size: float
) -> Iterator[tuple[int, int]]:
    """Yield the lines that stand alone on sheets which nobody has written on."""
    alone: dict[Place, list[tuple[int, int, Line]]] = defaultdict(list)
    first = next((sheet.number for sheet in sheets if sheet.lines), 0)
    for sheet, running in zip(sheets, known, strict=True):
        if len(sheet.lines) - len(running) != 1 or sheet.number == first:
            continue
        index = next(index for index in range(len(sheet.lines)) if index not in running)
        line = sheet.lines[index]
        alone[_place(line)].append((sheet.number, index, line))
    for found in alone.values():
        line = found[0][2]
        is_plain = line.size < _PLAIN * size or _ADDRESS.match(line.text)
        if _LEFT_BLANK.match(line.text) or len(found) >= (_TWICE if is_plain else _OFTEN):
            yield from ((number, index) for number, index, _ in found)


def _place(line: Line) -> Place:
    return line.text, round(line.x0 / _SAME_PLACE), round(line.baseline / _SAME_PLACE)
