"""What a reader of PDF hands to the layout: words with their places, and what the file says.

The one interface between the libraries and everything that is ours. Places are in points;
the origin is the top left of the sheet as it is looked at (cropped and turned), y grows
downwards. Words stand in the order of the file's content stream.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from searcher.extract.pdf.readers.xmp import NO_PACKET, Xmp

UNKNOWN = "\ufffd"
"""Stands in a word for a glyph whose font does not say which letter it is."""


class Word(NamedTuple):
    """A run of letters without white space; ``y0`` is its top, ``baseline`` where it stands.

    A word of mixed sizes (a footnote mark stuck to it) has the size and baseline of the larger.
    ``turn`` counts by how many quarters, against the clock, its letters are turned on the sheet:
    the baseline of a word that is read up or down is an ``x``. A report has a hundred thousand
    words, and a frozen dataclass takes five times as long to make.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    baseline: float
    size: float
    bold: bool
    font: str
    turn: int = 0


@dataclass(frozen=True, slots=True)
class TaggedHeading:
    """A heading as the file tags it, in its words; ``level`` counts from 1."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Panel:
    """A frame or a shaded ground drawn on a sheet; ``y0`` is its top.

    It may be a sidebar's, a heading's or a table cell's: what it is for is told by its text.
    """

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class PageWords:
    """One sheet: ``number`` from 1; ``has_ink`` tells whether anything is drawn on it.

    Of a sheet of few words or none it tells whether what is drawn beside them may hold others:
    rules and frames do not.
    ``reader`` names what read this sheet where that is not the file's reader, ``why`` says why;
    ``confidence``, 0 to 1, is that of text recognition. ``tagged`` holds the headings of the
    file's structure tree on this sheet, in the tree's order. ``panels`` are told by the first
    reader alone. ``has_letters`` tells of a sheet without words whether it draws any all the same.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    has_ink: bool
    reader: str = ""
    why: str = ""
    confidence: float | None = None
    tagged: tuple[TaggedHeading, ...] = ()
    panels: tuple[Panel, ...] = ()
    has_letters: bool = False

    @property
    def is_damaged(self) -> bool:
        """Tell whether the sheet itself could not be read."""
        return self.width <= 0


def damaged_page(number: int) -> PageWords:
    """Return what stands for a sheet that cannot be read: somebody drew it, so it has ink."""
    return PageWords(number, 0.0, 0.0, (), has_ink=True)


def chosen(sheets: range | None, count: int) -> range:
    """Return the numbers of those ``sheets`` that a file of ``count`` has; all if ``None``."""
    every = range(1, count + 1)
    return every[sheets.start - 1 : sheets.stop - 1] if sheets else every


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A line of the file's own outline; ``level`` from 1, ``page`` is the sheet it leads to."""

    title: str
    level: int
    page: int


@dataclass(frozen=True, slots=True)
class FileInfo:
    """What the file says of itself; empty where it says nothing.

    ``labels`` has one entry for each sheet or none at all. ``created`` is a year, or ``None``.
    """

    title: str = ""
    author: str = ""
    created: int | None = None
    language: str = ""
    labels: tuple[str | None, ...] = ()
    outline: tuple[Bookmark, ...] = ()
    xmp: Xmp = NO_PACKET


@dataclass(frozen=True, slots=True)
class Reading:
    """A file, or some of its sheets, as one library read it; ``reader`` names that library.

    ``count`` is the number of sheets that the library finds in the whole file. ``promised`` is
    the number that the file says it has, where the library does not hold it to that by itself;
    else 0. ``info`` is empty where the first sheet is not among ``pages``.
    """

    pages: tuple[PageWords, ...]
    info: FileInfo
    reader: str
    promised: int = 0
    count: int = 0
