"""A report as text: its record, its outline, a page, a passage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searcher.cli.render import table
from searcher.cli.render.places import counted, imprint, page, place
from searcher.cli.render.terminal import clean, columns, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.cli.render.terminal import Style
    from searcher.results.report import Outline, PageText, PassageText, Report
    from searcher.vocabulary import Vocabularies

HEADER = ("id", "year", "pages", "title", "publisher")
CSV_HEADER = (
    "id", "file", "title", "authors", "publisher", "year", "identifiers", "language", "pages",
    "pages_without_text", "words", "grade", "projects", "themes", "outcomes", "designs", "url",
    "duplicate_of", "sha256", "date", "series",
)  # fmt: skip
INDENT = "  "


def row(report: Report) -> tuple[object, ...]:
    """Return a report as a row under ``HEADER``."""
    return report.id, report.year, report.pages or None, report.title, report.publisher


def csv_row(report: Report) -> tuple[object, ...]:
    """Return a report as a row under ``CSV_HEADER``."""
    return tuple(getattr(report, name) for name in CSV_HEADER)


def outline(shown: Outline, style: Style, vocabularies: Vocabularies) -> Iterator[str]:
    """Yield what is known of a report, each value with its source, then its sections."""
    report = shown.report
    yield style.bold(one_line(report.title))
    yield style.dim(imprint(report))
    yield ""
    sources = dict(report.sources)
    known = _facts(report, vocabularies)
    told = (
        (name, f"{value} ({sources[name]})" if name in sources else value) for name, value in known
    )
    yield from table.facts(told, style)
    yield ""
    for entry in shown.sections:
        if not entry.path:
            continue
        where = page(entry.page, None).replace("sheet ", "@")
        anchor = "#" + one_line(entry.anchor) if entry.page is None and entry.anchor else where
        heading = INDENT * len(entry.path) + one_line(entry.path[-1])
        yield _spread(heading, anchor, style)


def page_text(shown: PageText, style: Style) -> Iterator[str]:
    """Yield where the page is and its text."""
    where = page(shown.page, shown.page_label)
    yield style.dim(" · ".join(part for part in (one_line(shown.report), where) if part))
    yield ""
    text = clean(shown.text)
    yield from text.split("\n") if text.strip() else ["(no text on this page)"]


def passage_text(shown: PassageText, style: Style) -> Iterator[str]:
    """Yield where the passage stands and its text."""
    yield style.bold(one_line(shown.report.title))
    yield style.dim(imprint(shown.report))
    yield style.place(place(shown.passage))
    yield ""
    yield from clean(shown.text).split("\n")


def _facts(report: Report, vocabularies: Vocabularies) -> Iterator[tuple[str, str]]:
    """Yield the fields of a report that have a value, in words."""
    of = vocabularies
    yield "file", report.file
    yield from _imprint(report)
    for name, ids, vocabulary in (
        ("projects", report.projects, of.projects),
        ("themes", report.themes, of.themes),
        ("outcomes", report.outcomes, of.outcomes),
        ("designs", report.designs, of.designs),
    ):
        if ids:
            yield name, "; ".join(vocabulary.label(concept) for concept in ids)
    if report.url:
        yield "url", report.url
    yield "extent", _extent(report)
    if report.grade:
        yield "read", f"grade {report.grade} (searcher quality {report.id} tells why)"
    if report.duplicate_of:
        yield "same as", report.duplicate_of


def _imprint(report: Report) -> Iterator[tuple[str, str]]:
    """Yield who made the report and when; a date that is no more than its year is not repeated."""
    if report.authors:
        yield "authors", "; ".join(report.authors)
    if report.publisher:
        yield "publisher", report.publisher
    if report.year is not None:
        yield "year", str(report.year)
    if report.date and report.date != str(report.year):
        yield "date", report.date
    if report.series:
        yield "series", report.series
    if report.identifiers:
        yield "identifiers", "; ".join(report.identifiers)


def _extent(report: Report) -> str:
    parts = [counted(report.pages, "page")] if report.pages else []
    if report.pages_without_text:
        parts.append(f"{report.pages_without_text:,} without text")
    return ", ".join([*parts, counted(report.words, "word")])


def _spread(left: str, right: str, style: Style) -> str:
    """Return ``left`` and ``right`` on one line, ``right`` at the margin of a terminal."""
    if not right:
        return left
    gap = max((style.width or 0) - columns(left) - columns(right), 2)
    return left + " " * min(gap, max(70 - columns(left) - columns(right), 2)) + style.place(right)
