"""What a page says of itself, and what of that is believed."""

from __future__ import annotations

import json

import pytest
from bs4 import BeautifulSoup

from searcher.document import Found, Metadata, Source
from searcher.extract.html import HtmlExtractor
from searcher.extract.html.dates import date_of, date_standing_alone
from searcher.extract.html.metadata import metadata_of
from searcher.extract.html.titles import number_in, without_site


def of(head: str, inside: str = "<p>words") -> Metadata:
    page = f"<html><head>{head}</head><body>{inside}</body></html>"
    return HtmlExtractor().extract(page.encode()).metadata


def meta(**values: str) -> str:
    return "".join(f'<meta name="{name}" content="{value}">' for name, value in values.items())


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2019-07-03T09:30:00+01:00", "2019-07-03"),
        ("2019/7/3", "2019-07-03"),
        ("20190703", "2019-07-03"),
        ("2019-07", "2019-07"),
        ("3rd July 2019", "2019-07-03"),
        ("July 3, 2019", "2019-07-03"),
        ("Sept. 2019", "2019-09"),
        ("31/12/2019", "2019-12-31"),
        ("12/31/2019", "2019"),
        ("2019-13-40", "2019"),
        ("published in 2019", "2019"),
        ("no date", None),
        ("9" * 5000, None),
    ],
)
def test_a_date_is_as_precise_as_the_page_is(text: str, date: str | None) -> None:
    assert date_of(text) == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Published 3 July 2019", "2019-07-03"),
        ("Wednesday, July 3, 2019", "2019-07-03"),
        ("July 2019", "2019-07"),
        ("In July 2019 it began", None),
        ("2019", None),
    ],
)
def test_only_a_date_that_stands_alone_is_the_pages_own(text: str, date: str | None) -> None:
    assert date_standing_alone(text) == date


def test_the_date_on_the_page_is_found_with_its_span_and_gives_the_year() -> None:
    page = b"<h1>A report</h1><p>Published 3 July 2017</p><p>words"
    document = HtmlExtractor().extract(page)
    date, year = document.metadata.date, document.metadata.year
    assert date is not None
    assert year is not None
    assert (date.value, date.source) == ("2017-07-03", Source.TITLE_PAGE)
    assert date.span is not None
    assert date.span.of(document.text) == "Published 3 July 2017"
    assert (year.value, year.span) == (2017, date.span)


@pytest.mark.parametrize(
    ("title", "site", "heading", "bare"),
    [
        ("Site of Hope | What we learned", "Site of Hope", "", "What we learned"),
        ("What we learned — Site of Hope", "Site of Hope", "", "What we learned"),
        ("Reports » What we learned « x", "", "", "Reports » What we learned « x"),
        ("Council: reports - Hubs evaluated - 2019", "", "Hubs evaluated", "Hubs evaluated"),
        ("Costs - benefits", "", "", "Costs - benefits"),
        (
            'Audit - "Review of the Costs of Care," (A-01-02-03)',
            "",
            "",
            "Review of the Costs of Care",
        ),
        ('What "care" means', "", "", 'What "care" means'),
    ],
)
def test_a_title_is_without_the_name_of_its_site(
    title: str, site: str, heading: str, bare: str
) -> None:
    assert without_site(title, [site], heading) == bare


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("Review of costs (A-01-02-03)", "A-01-02-03"),
        ('"Review of costs, (A-01-02-03)"', "A-01-02-03"),
        ("Hubs (phase two)", None),
        ("Hubs (A-B)", None),
    ],
)
def test_a_number_in_brackets_behind_a_title_identifies_it(title: str, number: str | None) -> None:
    assert number_in(title) == number


def test_names_are_the_way_they_are_said_and_typists_are_none() -> None:
    head = meta(citation_author="One, Ann") + meta(citation_author="Bea Two")
    assert of(head).authors == Found(("Ann One", "Bea Two"), Source.EMBEDDED)
    assert of(meta(author="admin")).authors is None
    assert of(meta(author="Centre for Care, University of Hope")).authors == Found(
        ("Centre for Care, University of Hope",), Source.EMBEDDED
    )


def test_the_page_itself_may_say_who_wrote_it() -> None:
    marked = '<p><span itemprop="author">Ann One</span> words'
    assert of("", marked).authors == Found(("Ann One",), Source.EMBEDDED)


def test_the_body_that_wrote_a_page_of_a_platform_publishes_it() -> None:
    work = {
        "@type": "Article",
        "headline": "Hubs",
        "author": {"@type": "Organization", "name": "A department"},
        "publisher": {"@type": "Organization", "name": "GOV.UK"},
        "isPartOf": {"@type": "CreativeWorkSeries", "name": "Research reports"},
    }
    found = of(f'<script type="application/ld+json">{json.dumps(work)}</script>')
    assert found.publisher == Found("A department", Source.EMBEDDED)
    assert found.series == Found("Research reports", Source.EMBEDDED)


def test_a_masthead_names_the_publisher_where_the_head_does_not() -> None:
    page = b"<h2>Department of Health</h2><h3>Office of Inspector General -- AUDIT</h3><p>It is so"
    document = HtmlExtractor().extract(page)
    publisher = document.metadata.publisher
    assert publisher is not None
    assert (publisher.value, publisher.source) == ("Office of Inspector General", Source.TITLE_PAGE)
    assert publisher.span is not None
    assert publisher.span.of(document.text).startswith(publisher.value)


def test_a_doi_is_one_however_it_is_written() -> None:
    for written in ("10.1000/1", "https://doi.org/10.1000/1", "doi:10.1000/1"):
        found = of(meta(citation_doi=written)).identifiers
        assert found == (Found("10.1000/1", Source.EMBEDDED),)


def test_dublin_core_comes_last_and_is_read_with_either_sign() -> None:
    assert of('<meta name="DC:title" content="Core">').title == Found("Core", Source.EMBEDDED)
    both = '<meta name="DC.title" content="Core"><meta property="og:title" content="Open">'
    assert of(both).title == Found("Open", Source.EMBEDDED)


@pytest.mark.parametrize(
    ("base", "href", "url"),
    [
        ("https://example.org/a/", "b", "https://example.org/a/b"),
        ("https://example.org/", "https://example.com/c", "https://example.com/c"),
        ("http://[", "b", None),
        ("", "b", None),
    ],
)
def test_an_address_is_read_from_where_the_page_says_it_lies(
    base: str, href: str, url: str | None
) -> None:
    soup = BeautifulSoup(f'<base href="{base}"><link rel=canonical href="{href}">', "lxml")
    assert metadata_of(soup).url == url
