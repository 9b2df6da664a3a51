"""The report and its parts: what extraction makes and what a citation points into.

Offsets count code points of ``Document.text`` from 0; spans are half-open.
Page numbers count sheets from 1; a page label is what is printed on the sheet.

A page's text is its body in reading order, then its footnotes, then its furniture
(running header, footer, page number), so ``Page.body`` is a prefix of ``Page.span``.
"""

from __future__ import annotations

from bisect import bisect_right
from enum import StrEnum
from typing import Generic, TypeVar

from searcher.frozen import dataclass

T = TypeVar("T")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The code points ``start <= i < end`` of a document's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            msg = f"span {self.start}:{self.end} is not 0 <= start <= end"
            raise ValueError(msg)

    def of(self, text: str) -> str:
        """Return the text this span covers."""
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        """Tell whether ``other`` lies inside this span."""
        return self.start <= other.start and other.end <= self.end


class BlockKind(StrEnum):
    """What a block of a page is."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE = "table"
    CAPTION = "caption"
    FOOTNOTE = "footnote"
    SIDEBAR = "sidebar"
    TOC = "toc"
    HEADER = "header"
    FOOTER = "footer"
    PAGE_NUMBER = "page_number"


FURNITURE = frozenset({BlockKind.HEADER, BlockKind.FOOTER, BlockKind.PAGE_NUMBER})


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text with one function on its page; ``level`` of a heading counts from 1."""

    kind: BlockKind
    span: Span
    level: int | None = None
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class PageReading:
    """How one sheet was read: what its text can be judged by.

    ``reader`` names what read its letters, ``why`` why the first choice did not ("": it did).
    ``columns`` counts the columns its body was set in, ``hyphens`` the words put together again
    over a line's end. ``garbled`` is the share, 0 to 1, of its words that its fonts garble;
    ``confidence``, 0 to 1, is that of text recognition, ``None`` for text the file holds.
    ``contradicted`` is the file's own label where the sheet shows another number.
    """

    reader: str = ""
    why: str = ""
    columns: int = 1
    hyphens: int = 0
    garbled: float = 0.0
    confidence: float | None = None
    contradicted: str | None = None


UNTOLD = PageReading()
"""Of a page whose reader tells nothing of how it was read."""


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet. Blocks lie inside ``span`` in order; furniture lies behind ``body``.

    ``has_ink`` tells whether anything is drawn: ink without text is a page nobody could read.
    """

    number: int
    label: str | None
    span: Span
    body: Span
    blocks: tuple[Block, ...] = ()
    has_ink: bool = True
    reading: PageReading = UNTOLD

    def __post_init__(self) -> None:
        if self.number < 1:
            msg = f"page number {self.number} is not from 1"
            raise ValueError(msg)
        if self.body.start != self.span.start or not self.span.holds(self.body):
            msg = f"body {self.body} is no prefix of page {self.span}"
            raise ValueError(msg)

    @property
    def has_text(self) -> bool:
        """Tell whether any block of the page, furniture aside, holds text."""
        return self.body.end > self.body.start

    @property
    def is_unread(self) -> bool:
        """Tell whether the page shows something and none of it could be read."""
        return self.has_ink and not self.has_text


class Source(StrEnum):
    """Where a catalogue value comes from, the most trusted first."""

    HUMAN = "human"
    EMBEDDED = "embedded"
    TITLE_PAGE = "title-page"
    CLASSIFIED = "classified"


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A value with its source and, if it was read in the text, where."""

    value: T
    source: Source
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file says of itself; ``None`` is unknown. ``language`` is a BCP 47 tag.

    ``authors`` stand in the order printed. ``date`` is when it came out, as precisely as is known:
    "2017", "2017-07" or "2017-07-14"; ``year`` is its year. ``series`` is the name of the series
    the report is part of; its number there is one of the ``identifiers``, each of which has a place
    of its own.
    """

    title: Found[str] | None = None
    authors: Found[tuple[str, ...]] | None = None
    publisher: Found[str] | None = None
    year: Found[int] | None = None
    date: Found[str] | None = None
    series: Found[str] | None = None
    identifiers: tuple[Found[str], ...] = ()
    language: Found[str] | None = None
    url: Found[str] | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A report as it was read: one text, tiled by its pages.

    ``paged`` is false for what has no sheets (HTML, plain text): it has one page, number 1,
    without a label, which no citation names. ``reader`` says what read it.
    """

    text: str
    pages: tuple[Page, ...]
    media_type: str
    reader: str
    metadata: Metadata = Metadata()
    paged: bool = True

    def __post_init__(self) -> None:
        end = 0
        for number, page in enumerate(self.pages, start=1):
            if page.span.start != end or page.number != number:
                msg = f"page {page.number} at {page.span} does not tile the text at {end}"
                raise ValueError(msg)
            end = page.span.end
        if end != len(self.text):
            msg = f"pages end at {end}, the text at {len(self.text)}"
            raise ValueError(msg)

    def page_at(self, offset: int) -> Page:
        """Return the page that holds the code point at ``offset``.

        Raises:
            ValueError: the offset lies outside the text.
        """
        if not 0 <= offset <= len(self.text) or not self.pages:
            msg = f"offset {offset} is outside the document"
            raise ValueError(msg)
        starts = [page.span.start for page in self.pages]
        return self.pages[max(bisect_right(starts, offset) - 1, 0)]


class SectionKind(StrEnum):
    """The part a section plays in a report."""

    FRONT = "front"
    SUMMARY = "summary"
    BACKGROUND = "background"
    METHOD = "method"
    FINDINGS = "findings"
    CONCLUSIONS = "conclusions"
    RECOMMENDATIONS = "recommendations"
    REFERENCES = "references"
    ANNEX = "annex"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it, up to the next heading of any level.

    ``path`` holds the headings from the outermost to its own; before the first heading it is ().
    """

    path: tuple[str, ...]
    level: int
    kind: SectionKind
    span: Span
    page: int
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit of retrieval: about 120–250 words inside one section."""

    span: Span
    page: int
    page_last: int
    section: Section
