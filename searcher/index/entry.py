"""One report as a build stores it: its record, its document, its passages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searcher.frozen import dataclass

if TYPE_CHECKING:
    from searcher.document import Document, Passage, Section, Source, Span
    from searcher.results.quality import PageQuality
    from searcher.results.report import Report


@dataclass(frozen=True, slots=True)
class Attribution:
    """One value of a field, on whose word, and where the text says so; score in 0..1."""

    field: str
    value: str
    source: Source
    span: Span | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A report ready to be indexed.

    ``record_hash`` is equal iff nothing would be stored anew; ``path`` is where its file lies;
    ``about`` is the report's record as words (publisher, place, labels, file name): evidence
    that each of its passages is searched with; ``qualities`` has one for each page.
    """

    report: Report
    record_hash: str
    path: str
    document: Document
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    attributions: tuple[Attribution, ...]
    about: str
    qualities: tuple[PageQuality, ...]


@dataclass(frozen=True, slots=True)
class Stored:
    """What the live generation has of one report."""

    id: str
    sha256: str
    file: str
    path: str
    record_hash: str
