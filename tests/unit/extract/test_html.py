from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.document import BlockKind, Document, Found, Source
from searcher.errors import ExtractionError, Reason
from searcher.extract.builder import clean
from searcher.extract.html import HtmlExtractor

PROSE = (
    "The evaluation followed families for eighteen months and compared them with a matched "
    "group, so that what changed could be set beside what would have changed anyway. "
)
PAGE = f"""<!DOCTYPE html>
<html lang="en-GB"><head>
<title>Family hubs: an evaluation - GOV.UK</title>
<meta property="og:site_name" content="GOV.UK">
<meta name="govuk:primary-publishing-organisation" content="A department">
<meta name="govuk:first-published-at" content="2019-07-03T09:30:00+01:00">
<link rel="canonical" href="https://www.example.org/hubs">
<style>p {{ color: red }}</style>
</head><body>
<div id="global-cookie-message" class="gem-c-cookie-banner"><p>We use cookies to make this site
work, and a great many words to say so, more than anyone will read in a banner.</p></div>
<header role="banner"><a href="/">GOV.UK</a></header>
<div class="gem-c-breadcrumbs"><ol><li><a href="/">Home</a></li></ol></div>
<main id="content"><h1 id="title">Family hubs: an evaluation</h1>
<nav><h2>Contents</h2><ol><li><a href="#method">Method</a></li></ol></nav>
<div class="govspeak">
<h2 id="method">1. Method</h2>
<p>{PROSE * 3}</p><p>Outcomes<sup id="fnref:1"><a href="#fn:1">1</a></sup> were coded
by <em>two</em> people,<br>each alone.</p>
<ul><li>first<ul><li>nested</li></ul></li><li>second</li></ul>
<a name="sample"></a><h3>Sample</h3>
<table><caption>Table 1: families</caption><thead><tr><th>Arm</th><th>N</th></tr></thead>
<tr><td>Hub</td><td>1,204</td></tr><tr><td></td><td></td></tr></table>
<p hidden>Hidden words.</p><p style="display: none">More hidden words.</p>
<figure><img src="x.png" alt="chart"><figcaption>Figure 1: trend</figcaption></figure>
<div class="footnotes" role="doc-endnotes"><ol><li id="fn:1"><p>As defined in the annex.
<a href="#fnref:1" class="backlink">↩</a></p></li></ol></div>
</div></main>
<div class="related"><h2>Related content</h2><ul><li><a href="/a">Another evaluation</a></li>
</ul></div>
<footer role="contentinfo"><p>All content is available under a licence, except where otherwise
stated, which is a sentence long enough to be taken for prose.</p></footer>
<script>document.write("scripted")</script></body></html>"""


def read(page: str | bytes) -> Document:
    return HtmlExtractor().extract(page.encode() if isinstance(page, str) else page)


def body(inside: str, head: str = "") -> Document:
    return read(f"<html><head>{head}</head><body>{inside}</body></html>")


def blocks(document: Document) -> list[tuple[BlockKind, str]]:
    (page,) = document.pages
    return [(block.kind, block.span.of(document.text)) for block in page.blocks]


def test_a_publication_page_is_read_without_the_site_around_it() -> None:
    assert blocks(read(PAGE)) == [
        (BlockKind.TITLE, "Family hubs: an evaluation"),
        (BlockKind.HEADING, "1. Method"),
        (BlockKind.PARAGRAPH, clean(PROSE * 3)),
        (BlockKind.PARAGRAPH, "Outcomes [1] were coded by two people,\neach alone."),
        (BlockKind.LIST_ITEM, "first"),
        (BlockKind.LIST_ITEM, "nested"),
        (BlockKind.LIST_ITEM, "second"),
        (BlockKind.HEADING, "Sample"),
        (BlockKind.CAPTION, "Table 1: families"),
        (BlockKind.TABLE, "Arm | N\nHub | 1,204"),
        (BlockKind.CAPTION, "Figure 1: trend"),
        (BlockKind.FOOTNOTE, "As defined in the annex."),
    ]


def test_headings_carry_their_level_and_the_nearest_anchor() -> None:
    (page,) = read(PAGE).pages
    found = [
        (block.kind, block.level, block.anchor)
        for block in page.blocks
        if block.kind in {BlockKind.TITLE, BlockKind.HEADING}
    ]
    assert found == [
        (BlockKind.TITLE, None, "title"),
        (BlockKind.HEADING, 2, "method"),
        (BlockKind.HEADING, 3, "sample"),
    ]


def test_a_page_has_no_sheets() -> None:
    document = read(PAGE)
    assert not document.paged
    assert [page.label for page in document.pages] == [None]


def test_what_the_head_says_is_embedded() -> None:
    metadata = read(PAGE).metadata
    assert metadata.title == Found("Family hubs: an evaluation", Source.EMBEDDED)
    assert metadata.publisher == Found("A department", Source.EMBEDDED)
    assert metadata.year == Found(2019, Source.EMBEDDED)
    assert metadata.language == Found("en-GB", Source.EMBEDDED)
    assert metadata.url == Found("https://www.example.org/hubs", Source.EMBEDDED)


def test_citation_fields_come_before_json_ld_and_that_before_open_graph() -> None:
    graph = json.dumps({
        "@graph": [
            {"@type": "WebSite", "name": "Site"},
            {
                "@type": ["ScholarlyArticle"],
                "headline": "From JSON-LD",
                "author": [{"name": "Ann One"}, "Bea Two"],
                "datePublished": "2018-01-02",
                "publisher": {"name": "A press"},
            },
        ]
    })
    head = f'<script type="application/ld+json">{graph}</script>'
    head += '<meta property="og:title" content="From OpenGraph">'
    head += '<meta property="article:published_time" content="2015-01-01">'
    metadata = body("<p>words", head).metadata
    assert metadata.title == Found("From JSON-LD", Source.EMBEDDED)
    assert metadata.authors == Found(("Ann One", "Bea Two"), Source.EMBEDDED)
    assert metadata.publisher == Found("A press", Source.EMBEDDED)
    assert metadata.year == Found(2018, Source.EMBEDDED)
    head += '<meta name="citation_title" content="From citation">'
    head += '<meta name="citation_author" content="Cas Three">'
    head += '<meta name="citation_doi" content="10.1000/1">'
    metadata = body("<p>words", head).metadata
    assert metadata.title == Found("From citation", Source.EMBEDDED)
    assert metadata.authors == Found(("Cas Three",), Source.EMBEDDED)
    assert metadata.identifiers == (Found("10.1000/1", Source.EMBEDDED),)


@pytest.mark.parametrize("graph", ["{", "[" * 9000, '{"@type": 7}', '{"@type": "Report"}', "null"])
def test_broken_json_ld_is_passed_over(graph: str) -> None:
    document = body("<p>words", f'<script type="application/ld+json">{graph}</script>')
    assert document.metadata.title is None


def test_without_a_head_title_and_year_are_read_off_the_page_with_their_span() -> None:
    document = body(f"<h1>A  report</h1><p>3 July 2017</p><p>{PROSE}</p>")
    title, year = document.metadata.title, document.metadata.year
    assert title is not None
    assert year is not None
    assert title.span is not None
    assert year.span is not None
    assert title.source is year.source is Source.TITLE_PAGE
    assert title.value == title.span.of(document.text) == "A report"
    assert (year.value, year.span.of(document.text)) == (2017, "3 July 2017")


@pytest.mark.parametrize(
    ("element", "title"),
    [
        ("A report - GOV.UK", "A report"),
        ("A report – phase 2 - GOV.UK", "A report – phase 2"),
        ("A report | A council", "A report"),
        ("Cost - benefit of hubs", "Cost - benefit of hubs"),
    ],
)
def test_the_name_of_the_site_is_no_part_of_the_title(element: str, title: str) -> None:
    found = body("<p>words", f"<title>{element}</title>").metadata.title
    assert found == Found(title, Source.EMBEDDED)


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>café’s £5".encode(), "café’s £5"),
        (b'<meta charset="iso-8859-1"><p>' + "café’s".encode(), "café’s"),
        (b'<meta charset="iso-8859-1"><p>caf\xe9\x92s \x80', "café’s €"),
        (b'<meta charset="utf-8"><p>caf\xe9\x92s', "café’s"),
        (b"<p>caf\xe9\x92s", "café’s"),
        (b"\xff\xfe" + "<p>café’s".encode("utf-16-le"), "café’s"),
        (b'<meta charset="koi8-r"><p>' + "отчёт".encode("koi8-r"), "отчёт"),
        (b'<meta charset="nonsense"><p>caf\xe9', "café"),
        ("<p>café’s déjà vu ".encode() + b"\x93mixed\x94", "café’s déjà vu “mixed”"),
    ],
)
def test_the_encoding_is_found_whatever_is_declared(page: bytes, text: str) -> None:
    assert read(page).text == text


@given(st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1))
def test_words_survive_in_any_script(words: str) -> None:
    assert read(f"<p>{words}</p>").text == clean(words)


def test_old_pages_that_lay_out_with_tables_are_read_in_order() -> None:
    document = body(
        f"<table><tr><td>Left words</td><td><h2>Findings</h2><p>{PROSE}</p></td></tr></table>"
    )
    kinds = [BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.PARAGRAPH]
    assert [kind for kind, _ in blocks(document)] == kinds


def test_a_paragraph_all_in_bold_is_a_heading_and_a_bold_sentence_is_not() -> None:
    document = body("<h2>A</h2><p><b>Summary:</b></p><p><b>It failed.</b></p><p><b>So</b> it</p>")
    assert [kind for kind, _ in blocks(document)] == [
        BlockKind.HEADING,
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
        BlockKind.PARAGRAPH,
    ]


def test_lists_of_links_and_the_headings_over_them_are_left_out() -> None:
    links = "".join(f"<li><a href='/{n}'>Another page {n}</a></li>" for n in range(4))
    document = body(f"<h2>Findings</h2><p>{PROSE}</p><h2>Read on</h2><ul>{links}</ul>")
    assert [text for _, text in blocks(document)] == ["Findings", clean(PROSE)]


@given(st.lists(st.sampled_from(["div", "section", "article", "td", "main"]), max_size=5))
def test_a_long_paragraph_is_kept_wherever_it_stands(wrappers: list[str]) -> None:
    opening = "".join(f"<{name}>" for name in wrappers)
    closing = "".join(f"</{name}>" for name in reversed(wrappers))
    document = body(f"<div>{f'<p>{PROSE * 3}</p>' * 9}</div><div><p>Alone {PROSE * 3}</p></div>")
    assert "Alone" in document.text
    document = body(f"{opening}<p>Alone {PROSE * 3}</p>{closing}")
    assert "Alone" in document.text


@pytest.mark.parametrize("name", ["div", "b", "ul", "table", "blockquote", "span"])
def test_a_page_may_nest_as_deeply_as_it_likes(name: str) -> None:
    assert "deep" in body(f"<{name}>" * 20_000 + "deep").text


@pytest.mark.parametrize(
    ("page", "reason", "word"),
    [
        ("", Reason.NO_TEXT, "words"),
        ("<html><body></body></html>", Reason.NO_TEXT, "words"),
        ("<div id=app></div><script>run()</script>", Reason.NO_TEXT, "scripts"),
        ("<p hidden>words", Reason.NO_TEXT, "words"),
        ("%PDF-1.7", Reason.UNSUPPORTED, "PDF"),
        ("a\0b", Reason.UNSUPPORTED, "binary"),
        ("PK\x03\x04", Reason.UNSUPPORTED, "ZIP"),
    ],
)
def test_a_page_that_shows_nothing_says_why(page: str, reason: Reason, word: str) -> None:
    with pytest.raises(ExtractionError) as error:
        read(page)
    assert error.value.reason is reason
    assert word in error.value.detail


@given(st.text("<>/abp\"'= !-&;\n") | st.binary())
def test_anything_gives_a_document_or_a_reason(page: str | bytes) -> None:
    try:
        document = read(page)
    except ExtractionError:
        return
    assert document.text
    assert read(page) == document
