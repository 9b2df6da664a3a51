"""Citations cut out of a real index: of the bundled sample reports."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.cite.citation import cite
from searcher.document import Span
from searcher.errors import UnknownNameError, UsageError
from searcher.index.library import Library
from searcher.index.snapshot import open_snapshot
from searcher.results.address import Address, parse_address
from searcher.results.report import Report


@pytest.fixture(scope="module")
def library(library_index: Path) -> Iterator[Library]:
    """Give the library of the bundled reports."""
    with open_snapshot(library_index) as snapshot:
        yield snapshot.library


@pytest.fixture(scope="module")
def paged(library: Library) -> Report:
    """Return a report with sheets, some of which print another label than their number."""
    for report in library.reports():
        pages = list(library.pages(report.id)) if report.pages > 1 else []
        if any(page.page_label not in {None, str(page.page)} for page in pages):
            return report
    pytest.fail("no bundled report prints labels that differ from its sheets")


@pytest.fixture(scope="module")
def web(library: Library) -> Report:
    """Return a report without sheets."""
    return next(report for report in library.reports() if not report.pages)


def length(library: Library, report: Report) -> int:
    return len(library.text(report.id, Span(0, 10**9)))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_quotation_is_exactly_what_its_span_says(library: Library, data: st.DataObject) -> None:
    report = data.draw(st.sampled_from(list(library.reports())), "report")
    end = length(library, report)
    start = data.draw(st.integers(0, end - 1), "start")
    span = Span(start, data.draw(st.integers(start + 1, min(end, start + 3000)), "end"))
    citation = cite(library, Address(report.id, span=span))
    assert citation.quote == library.text(report.id, span)
    assert cite(library, parse_address(str(citation.address))) == citation
    if citation.page is not None:
        assert citation.page <= (citation.page_last or 0) <= report.pages
        assert library.page(report.id, citation.page).page_label == citation.page_label


def test_a_report_alone_is_cited_whole(library: Library) -> None:
    vocabulary = library.vocabularies().projects
    for report in library.reports():
        citation = cite(library, Address(report.id))
        assert citation.report == report
        assert (citation.page, citation.quote, citation.span) == (None, None, None)
        assert citation.projects == tuple(map(vocabulary.label, report.projects))


def test_a_page_is_the_same_by_sheet_and_by_printed_label(library: Library, paged: Report) -> None:
    for page in library.pages(paged.id):
        if page.page_label and page.page == library.sheet(paged.id, page.page_label):
            by_sheet = cite(library, Address(paged.id, page=page.page))
            assert by_sheet == cite(library, Address(paged.id, label=page.page_label))
            assert (by_sheet.page, by_sheet.page_label) == (page.page, page.page_label)


def test_a_passage_is_refused_on_a_page_it_is_not_on(library: Library, paged: Report) -> None:
    citation = cite(library, Address(paged.id, span=Span(0, 10)))
    with pytest.raises(UsageError, match=f"not on sheet {paged.pages}") as refused:
        cite(library, Address(paged.id, page=paged.pages, span=Span(0, 10)))
    assert str(citation.address) in refused.value.hint


def test_a_span_is_never_cut_silently(library: Library, paged: Report) -> None:
    end = length(library, paged)
    with pytest.raises(UsageError, match="runs over the end"):
        cite(library, Address(paged.id, span=Span(end - 5, end + 5)))
    with pytest.raises(UsageError):
        cite(library, Address(paged.id, span=Span(end + 5, end + 9)))


def test_a_report_without_sheets_has_no_page_to_cite(library: Library, web: Report) -> None:
    for address in (Address(web.id, page=1), Address(web.id, page=1, span=Span(0, 5))):
        with pytest.raises(UsageError, match="has no pages"):
            cite(library, address)
    assert cite(library, Address(web.id, span=Span(0, 5))).page is None


def test_what_is_not_there_is_refused_by_name(library: Library, paged: Report) -> None:
    for address in (
        Address(paged.id + "x"),
        Address(paged.id, page=paged.pages + 1),
        Address(paged.id, label="no such label"),
    ):
        with pytest.raises(UnknownNameError):
            cite(library, address)
