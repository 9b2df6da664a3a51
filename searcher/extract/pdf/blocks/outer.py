"""The outermost lines of a sheet, where running headers, footers and page numbers stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.extract.pdf.blocks.lines import Line

_DEPTH = 4  # outermost lines looked at, at either end of the sheet
_ZONE = 0.16  # of the sheet's height: furniture lies this near to its edge
_LEAST_PART = 10  # letters and digits of an end of a line that comes back alone
NUMBER = r"\d{1,4}|[ivxlc]{1,7}|[IVXLC]{1,7}"
ALONE = re.compile(
    rf"^(?:page\s*)?[-–—|\[(\s]*({NUMBER})[-–—|\])\s]*(?:(?:of|/)\s*\d{{1,4}})?$", re.IGNORECASE
)
AT_END = re.compile(
    rf"(?:^|[\s|–—-])(?:page\s*)?({NUMBER})(?:\s*(?:of|/)\s*\d{{1,4}})?$", re.IGNORECASE
)
_ROMAN = frozenset("ivxlcIVXLC\u0130\u0131")  # the last two are an "i" to the pattern
AT_START = re.compile(rf"^(?:page\s*)?({NUMBER})(?=[\s|–—])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines of one sheet in stream order, and its size in points."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Outer:
    """An outermost line: its sheet, index in the stream, height from the nearer edge, words.

    ``keys`` are what may come back of it on other sheets. Two are equal only if they are one.
    """

    sheet: int
    index: int
    is_top: bool
    place: float
    line: Line
    keys: tuple[str, ...]

    @property
    def text(self) -> str:
        """Return the words of the line."""
        return self.line.text


def outer_lines(sheet: Sheet) -> Iterator[Outer]:
    """Yield the outermost lines at the top of ``sheet``, then those at its foot."""
    heights = [line.baseline for line in sheet.lines]
    order = sorted(range(len(heights)), key=heights.__getitem__)
    zone = sheet.height * _ZONE
    for is_top, indices in ((True, order[:_DEPTH]), (False, order[-_DEPTH:])):
        for index in indices:
            line = sheet.lines[index]
            place = line.baseline if is_top else sheet.height - line.baseline
            if place <= zone:
                yield Outer(sheet.number, index, is_top, place, line, _keys(line))


def _keys(line: Line) -> tuple[str, ...]:
    """Return what may come back: the whole line, or one end of it beside a section's name."""
    whole = key_of(line.text)
    if len(line.segments) < 2:
        return (whole,)
    ends = (line.segments[0].text, line.segments[-1].text)
    parts = (f"{side}|{key_of(text)}" for side, text in zip("lr", ends, strict=True))
    return (whole, *(part for part in parts if len(part) >= _LEAST_PART))


def key_of(text: str) -> str:
    """Return what comes back of a running line: its letters without the page's number."""
    if ALONE.match(text):
        return "#"
    last = text[-1:]
    kept = AT_END.sub("", text) if last.isdigit() or last in _ROMAN else text
    number = AT_START.match(kept)
    kept = kept[number.end() :] if number else kept
    return "".join(kept.casefold().split())
