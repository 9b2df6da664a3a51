"""A citation: a report, perhaps a page or a passage of it, and the passage's own words.

A quotation is never composed, only cut out: ``citation.quote == library.text(report, span)``.
Sheets count from 1; labels are what is printed; spans are code points of the report's text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from searcher.index.target import resolve
from searcher.results.address import Address
from searcher.results.shape import Shape, span_shape, summary_shape

if TYPE_CHECKING:
    from searcher.document import Span
    from searcher.index.library import Library
    from searcher.results.report import PassageRef, PassageText, Report

_NOT_IN_A_KEY = re.compile(r"[^A-Za-z0-9._-]")


@dataclass(frozen=True, slots=True)
class Citation:
    """What a citation says. ``page`` is ``None`` for a whole report and where there are no sheets.

    ``page_label`` and ``page_label_last`` are what the first and the last sheet print;
    ``quote`` is exactly the text of ``span``; ``projects`` are labels.
    """

    report: Report
    page: int | None = None
    page_last: int | None = None
    page_label: str | None = None
    page_label_last: str | None = None
    section: tuple[str, ...] = ()
    anchor: str | None = None
    quote: str | None = None
    span: Span | None = None
    projects: tuple[str, ...] = ()

    @property
    def address(self) -> Address:
        """The address that leads back to what is cited."""
        return Address(self.report.id, page=self.page, span=self.span)

    @property
    def key(self) -> str:
        """A name for reference managers: unique for each address, the same every time."""
        parts = [_NOT_IN_A_KEY.sub(lambda found: f"+{ord(found[0]):x}+", self.report.id)]
        if self.page is not None:
            parts.append(f"p{self.page}")
        if self.span is not None:
            parts.append(f"{self.span.start}-{self.span.end}")
        return ":".join(parts)


def cite(library: Library, address: Address) -> Citation:
    """Return the citation of what ``address`` names: a report, a page, or a passage word for word.

    Raises:
        UnknownNameError: there is no such report, page, label or span.
        UsageError: the span is not on the page named beside it, or there are no pages to name.
    """
    named = resolve(library, address)
    projects = _projects(library, named.report)
    if named.passage is not None:
        return _cite_passage(library, named.passage, projects)
    if named.page is None:
        return Citation(named.report, projects=projects)
    page, label = named.page.page, named.page.page_label
    return Citation(named.report, page, page, label, label, projects=projects)


def _cite_passage(library: Library, found: PassageText, projects: tuple[str, ...]) -> Citation:
    report, where = found.report, found.passage
    return Citation(
        report,
        page=where.page,
        page_last=where.page_last,
        page_label=where.page_label,
        page_label_last=_last_label(library, report, where),
        section=where.section,
        anchor=where.anchor,
        quote=found.text,
        span=where.span,
        projects=projects,
    )


def _last_label(library: Library, report: Report, where: PassageRef) -> str | None:
    if where.page_last is None or where.page_last == where.page:
        return where.page_label
    return library.page(report.id, where.page_last).page_label


def _projects(library: Library, report: Report) -> tuple[str, ...]:
    if not report.projects:
        return ()
    vocabulary = library.vocabularies().projects
    return tuple(vocabulary.label(project) for project in report.projects)


def citation_shape(citation: Citation) -> Shape:
    """Return a citation as JSON; ``cite --json`` prints a list of them."""
    return {
        "key": citation.key,
        "address": str(citation.address),
        "report": summary_shape(citation.report),
        "page": citation.page,
        "page_last": citation.page_last,
        "page_label": citation.page_label,
        "page_label_last": citation.page_label_last,
        "section": list(citation.section),
        "anchor": citation.anchor,
        "quote": citation.quote,
        "span": span_shape(citation.span) if citation.span is not None else None,
        "projects": list(citation.projects),
    }
