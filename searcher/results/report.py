"""A report and a passage as an answer names them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searcher.frozen import dataclass

if TYPE_CHECKING:
    from searcher.document import Block, SectionKind, Source, Span


@dataclass(frozen=True, slots=True)
class Report:
    """One report of the index, with the source of each value that has one.

    ``file`` is the path below the folder that was ingested; ``pages`` is 0 for what has no
    sheets; ``themes`` and its like are concept ids; ``duplicate_of`` is the id of a report
    with the same bytes that came first. ``date`` is ISO 8601 as far as it is known, and in
    ``year``; the report's number in its ``series`` is one of the ``identifiers``.
    """

    id: str
    file: str
    sha256: str
    media_type: str
    title: str
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    year: int | None = None
    date: str | None = None
    series: str | None = None
    identifiers: tuple[str, ...] = ()
    language: str | None = None
    url: str | None = None
    notes: str | None = None
    pages: int = 0
    pages_without_text: int = 0
    words: int = 0
    grade: str | None = None
    projects: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    designs: tuple[str, ...] = ()
    sources: tuple[tuple[str, Source], ...] = ()
    duplicate_of: str | None = None
    reader: str = ""


@dataclass(frozen=True, slots=True)
class PassageRef:
    """Where a passage stands. ``page`` is ``None`` in a report without sheets."""

    id: str
    section: tuple[str, ...]
    section_kind: SectionKind
    page: int | None
    page_last: int | None
    page_label: str | None
    span: Span
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class SectionEntry:
    """One line of a report's outline."""

    path: tuple[str, ...]
    level: int
    kind: SectionKind
    page: int | None
    span: Span
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One value of a field, on whose word, and what makes us think so.

    ``score`` is in 0..1; ``quote`` is exactly what ``span`` of the report's text says, and
    ``page`` the sheet it begins on. A value without a span rests on its source alone.
    """

    field: str
    value: str
    source: Source
    span: Span | None = None
    page: int | None = None
    score: float | None = None
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """A report with its sections in order, and why each value of its record is what it is."""

    report: Report
    sections: tuple[SectionEntry, ...]
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class PageText:
    """One page of a report: its body, and its blocks with their texts."""

    report: str
    page: int | None
    page_label: str | None
    text: str
    blocks: tuple[tuple[Block, str], ...]
    reader: str
    grade: str | None = None


@dataclass(frozen=True, slots=True)
class PassageText:
    """One passage with its own text."""

    report: Report
    passage: PassageRef
    text: str


def passage_id(report_id: str, page: int | None, span: Span) -> str:
    """Return the id ``report@page#start-end``; without sheets, ``report#start-end``."""
    at = f"@{page}" if page is not None else ""
    return f"{report_id}{at}#{span.start}-{span.end}"
