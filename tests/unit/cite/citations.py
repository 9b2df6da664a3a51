"""Citations for tests: any at all, and one sample that every format is written from."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from searcher.cite.citation import Citation
from searcher.document import Span
from searcher.results.report import Report
from tests.strategies import labels, texts
from tests.unit.results.answers import many, reports

SAMPLE = Report(
    id="sample-2017",
    file="sample.pdf",
    sha256="0" * 64,
    media_type="application/pdf",
    title="What worked & why: SEND support in 2016_17?",
    authors=("{Sample Evaluation Unit}", "Given Surname"),
    publisher="Department for Samples",
    year=2017,
    identifiers=("RR 612", "ISBN 978-1-78105-000-0", "doi:10.1000/sample_1"),
    language="en-GB",
    url="https://example.org/reports/sample_1?a=b&c=50%25",
    pages=40,
)
QUOTED = Citation(
    SAMPLE,
    page=36,
    page_last=36,
    page_label="34",
    page_label_last="34",
    section=("Findings", "Costs"),
    quote="Costs fell by 12%\nin {most} of the\nareas.",
    span=Span(100, 140),
    projects=("Northshire Project",),
)
WHOLE = Citation(SAMPLE, projects=("Northshire Project",))
UNKNOWN = Citation(
    replace(SAMPLE, id="bare", title="A note", authors=(), publisher=None, year=None,
            identifiers=(), language=None, url=None, pages=0)
)  # fmt: skip
WEB = Citation(
    replace(SAMPLE, id="web", pages=0, media_type="text/html", url="https://example.org/web"),
    section=("Findings",),
    anchor="findings",
    quote="Staff stayed.",
    span=Span(5, 18),
)


@st.composite
def citations(draw: st.DrawFn) -> Citation:
    """Return a citation of a report, of its page or of a passage on one or two sheets."""
    page = draw(st.none() | st.integers(1, 500))
    last = None if page is None else page + draw(st.integers(0, 1))
    quote = draw(st.none() | texts(min_size=1))
    start = draw(st.integers(0, 9999))
    return Citation(
        draw(reports),
        page=page,
        page_last=last,
        page_label=draw(labels | texts()) if page is not None else None,
        page_label_last=draw(labels | texts()) if page is not None else None,
        section=draw(many),
        anchor=draw(st.none() | texts()) if page is None else None,
        quote=quote,
        span=Span(start, start + len(quote)) if quote is not None else None,
        projects=draw(many),
    )
