"""How well reports were read: the figures of a sheet and of a report, and the grade they earn.

Shares are 0 to 1. What has no sheets (HTML, plain text) has its figures on one page, number 1.
"""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING

from searcher.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searcher.results.report import Report


class Grade(StrEnum):
    """How far what was read can be relied on, best first; "A" < "B"."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


@dataclass(frozen=True, slots=True)
class Remark:
    """One reason why a grade is no better than ``grade``, in a few words."""

    grade: Grade
    text: str


@dataclass(frozen=True, slots=True)
class PageFigures:
    """What can be counted of one sheet, without furniture unless it says so.

    ``asked`` counts the words that a dictionary can be asked for, ``known`` those it knows.
    ``is_unread`` tells of ink without text. ``contradicted`` is the file's own label where the
    sheet shows another number. The rest is as in ``PageReading``.
    """

    number: int
    label: str | None
    words: int
    asked: int
    known: int
    is_unread: bool
    headings: int
    furniture: int
    furniture_words: int
    columns: int
    hyphens: int
    garbled: float
    contradicted: str | None
    reader: str
    why: str
    confidence: float | None

    @property
    def dictionary_share(self) -> float | None:
        """Return the share of its words that a dictionary knows, ``None`` where it has none."""
        return self.known / self.asked if self.asked else None


@dataclass(frozen=True, slots=True)
class ReportFigures:
    """The sums over a report's sheets; ``garbled`` and ``confidence`` are means over words.

    ``sheets`` is 0 for what has none. ``readers`` has each reader with why it was used, "" for
    the first choice, and on how many sheets that hold text.
    """

    sheets: int
    unread: int
    words: int
    asked: int
    known: int
    headings: int
    furniture: int
    furniture_words: int
    in_columns: int
    hyphens: int
    garbled: float
    contradicted: int
    confidence: float | None
    readers: tuple[tuple[str, str, int], ...]

    @property
    def dictionary_share(self) -> float | None:
        """Return the share of its words that a dictionary knows, ``None`` where it has none."""
        return self.known / self.asked if self.asked else None


@dataclass(frozen=True, slots=True)
class PageQuality:
    """One sheet with its grade and every reason for it, the gravest first."""

    figures: PageFigures
    grade: Grade
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class ReportQuality:
    """One report with its grade and every reason for it, the gravest first, and its sheets."""

    report: Report
    figures: ReportFigures
    grade: Grade
    remarks: tuple[Remark, ...]
    pages: tuple[PageQuality, ...]


def summed(pages: Sequence[PageFigures], *, paged: bool) -> ReportFigures:
    """Return the figures of the report whose sheets are ``pages``."""
    words = sum(page.words for page in pages)
    recognised = [(page.confidence, page.words) for page in pages if page.confidence is not None]
    readers = Counter((page.reader, page.why) for page in pages if page.words)
    return ReportFigures(
        sheets=len(pages) if paged else 0,
        unread=sum(page.is_unread for page in pages),
        words=words,
        asked=sum(page.asked for page in pages),
        known=sum(page.known for page in pages),
        headings=sum(page.headings for page in pages),
        furniture=sum(page.furniture for page in pages),
        furniture_words=sum(page.furniture_words for page in pages),
        in_columns=sum(page.columns > 1 for page in pages),
        hyphens=sum(page.hyphens for page in pages),
        garbled=_mean([(page.garbled, page.words) for page in pages]) or 0.0,
        contradicted=sum(page.contradicted is not None for page in pages),
        confidence=_mean(recognised),
        readers=tuple((*read_by, times) for read_by, times in readers.most_common()),
    )


def _mean(weighted: Sequence[tuple[float, int]]) -> float | None:
    """Return the mean of values, each with its weight, ``None`` where nothing has weight."""
    weight = sum(words for _, words in weighted)
    return sum(value * words for value, words in weighted) / weight if weight else None
