"""What of a page is the report: laws for pages as governments, blogs and papers write them."""

from __future__ import annotations

import pytest

from searcher.document import BlockKind, Document
from searcher.errors import ExtractionError, Reason
from searcher.extract.html import HtmlExtractor

PROSE = (
    "The evaluation followed families for eighteen months and compared them with a matched "
    "group, so that what changed could be set beside what would have changed anyway, and it "
    "asked those who took part what they made of it themselves once all of it was over. "
)
REPORT = f"<p>{PROSE}</p>" * 4


def read(page: str) -> Document:
    return HtmlExtractor().extract(page.encode())


def body(inside: str, head: str = "") -> Document:
    return read(f"<html><head>{head}</head><body>{inside}</body></html>")


def blocks(document: Document) -> list[tuple[BlockKind, str]]:
    (page,) = document.pages
    return [(block.kind, block.span.of(document.text)) for block in page.blocks]


def texts(document: Document) -> list[str]:
    return [text for _, text in blocks(document)]


@pytest.mark.parametrize(
    "site",
    [
        '<div class="RightRail-promo"><h2>Nearby</h2><p>SITE words</p></div>',
        '<div class="sharedaddy"><p>SITE words</p></div>',
        '<section id="comments" class="comments-area"><p>SITE words</p></section>',
        '<div class="newsletterSignup"><p>SITE words about a newsletter</p></div>',
        '<div role="region" class="gem-c-cookie-banner"><p>SITE words</p></div>',
        '<div class="gem-c-breadcrumbs"><ol><li><a href="/">SITE</a></li></ol></div>',
        "<nav><p>SITE words</p></nav>",
        "<aside><p>SITE words</p></aside>",
        "<p hidden>SITE words</p>",
        '<div style="display:none"><p>SITE words</p></div>',
        "<article><p>SITE words of another post</p></article>",
        "<p>Share this page on Facebook, Twitter, LinkedIn and WhatsApp</p>",
        "<p>Advertisement</p>",
        "<p>Sign up here for SITE news by email</p>",
        '<p><a href="/other">SITE has another page that you could read</a></p>',
    ],
)
def test_what_is_the_sites_is_left_out_of_the_report(site: str) -> None:
    found = texts(body(f"<article><h1>A report</h1>{REPORT}{site}{REPORT}</article>"))
    assert found == texts(body(f"<article><h1>A report</h1>{REPORT}{REPORT}</article>"))


def test_titles_of_other_pages_with_a_few_words_each_are_left_out() -> None:
    cards = "".join(
        f'<div><h3><a href="/{n}">Another page, number {n}</a></h3><p>A few words of it.</p></div>'
        for n in range(3)
    )
    document = body(f"<main>{REPORT}<div><h2>You could read</h2>{cards}</div></main>")
    assert "Another page" not in document.text
    assert "You could read" not in document.text


@pytest.mark.parametrize(
    "part",
    [
        '<div id="related-work" class="section level2"><h2>Related work</h2><p>KEPT</p></div>',
        '<section id="comments"><h2>Comments of the agency</h2><p>KEPT</p></section>',
        '<div class="elementor-widget"><h3>Costs</h3><p>KEPT</p></div>',
        '<div id="feedback"><h2>Feedback of parents</h2><p>KEPT</p></div>',
        f'<div class="has-sidebar"><p>KEPT {PROSE}</p></div>',
        "<table><tr><th>Area</th><th>N</th></tr><tr><td>KEPT</td><td>1</td></tr></table>",
        "<div><table><tr><td>KEPT</td><td>1</td></tr><tr><td>b</td><td>2</td></tr></table></div>",
        '<blockquote class="tweet"><p>KEPT</p></blockquote>',
        "<h2>KEPT</h2><ul><li>a</li><li>b</li></ul>",
        "<details><summary>More</summary><p>KEPT</p></details>",
        '<div role="tabpanel" hidden><h3>Costs</h3><p>KEPT</p></div>',
        '<p hidden="until-found">KEPT</p>',
        '<section class="gem-c-attachment"><h3><a href="/annex.pdf">KEPT</a></h3></section>',
        '<p><a href="/media/annex.pdf">The annex with all tables KEPT</a></p>',
        '<div role="doc-endnotes"><p>KEPT</p></div>',
    ],
)
def test_a_part_of_the_report_is_kept_whatever_it_is_called(part: str) -> None:
    assert "KEPT" in body(f"<main><h1>A report</h1><div>{REPORT}</div>{part}</main>").text
    assert "KEPT" in body(f"<main><h1>A report</h1>{REPORT}{part}</main>").text


def test_a_list_of_references_is_kept_though_it_is_all_links() -> None:
    links = "".join(f'<li><a href="/{n}">Author (200{n}) A study</a></li>' for n in range(4))
    document = body(f"<main>{REPORT}<h2>References</h2><ul>{links}</ul></main>")
    assert "Author (2003) A study" in texts(document)


def test_a_box_of_the_report_is_a_sidebar() -> None:
    document = body(f"<main>{REPORT}<aside><p>{PROSE}</p></aside>{REPORT}</main>")
    assert blocks(document)[4][0] is BlockKind.SIDEBAR


def test_a_summary_above_the_body_is_kept() -> None:
    lead = "This is what the whole of the report comes to, said in two lines for busy readers. " * 2
    document = body(f"<div><div><p>{lead}</p></div><div>{REPORT * 3}</div></div>")
    assert texts(document)[0] == lead.strip()


@pytest.mark.parametrize("credit", ["(Image: Getty)", "Photo: A. Name", "A. Name / AP"])
def test_a_credited_photograph_is_left_out_and_a_numbered_figure_is_not(credit: str) -> None:
    photo = f"<figure><img src=p.jpg><figcaption>A street {credit}</figcaption></figure>"
    chart = "<figure><img src=c.png><figcaption>Figure 2: trend, © Crown</figcaption></figure>"
    found = blocks(body(f"<main>{REPORT}{photo}{REPORT}{chart}{REPORT}</main>"))
    captions = [text for kind, text in found if kind is BlockKind.CAPTION]
    assert captions == ["Figure 2: trend, © Crown"]


@pytest.mark.parametrize(
    "said",
    [
        "Like this evaluation, an earlier one found no difference.",
        "Share this with care: the numbers are small.",
        "You may also count the children who left.",
        "Follow up was by post.",
        "Sign up was slow in the first year.",
        "View all results with care.",
        "Subscribers were asked twice.",
        "Reports came by 10:30 on Monday from two of the hubs.",
    ],
)
def test_a_sentence_of_the_report_is_no_call_of_the_site(said: str) -> None:
    assert said in texts(body(f"<main>{REPORT}<p>{said}</p>{REPORT}</main>"))


def test_the_caption_of_a_pressless_picture_is_a_caption() -> None:
    picture = '<div class="wp-caption"><img src=c.png><p class="wp-caption-text">By area</p></div>'
    assert (BlockKind.CAPTION, "By area") in blocks(body(f"<main>{REPORT}{picture}</main>"))


def test_the_title_is_the_heading_that_the_head_knows_and_says_most() -> None:
    page = (
        '<header><h1><a href="/">Site of Hope</a></h1></header><main><article><header>'
        f"<h1>What we learned</h1></header><div>{REPORT}</div></article></main>"
    )
    document = body(page, "<title>Site of Hope | What we learned</title>")
    assert blocks(document)[0] == (BlockKind.TITLE, "What we learned")


def test_the_kind_of_page_over_a_title_is_no_part_of_it() -> None:
    heading = '<h1><span class="govuk-caption-xl">Research</span>Family hubs evaluated</h1>'
    document = body(
        f"<main><header>{heading}</header><div>{REPORT}</div></main>",
        "<title>Family hubs evaluated - GOV.UK</title>",
    )
    assert blocks(document)[0] == (BlockKind.TITLE, "Family hubs evaluated")


def test_numbered_chapters_are_headings_and_none_is_the_title() -> None:
    document = body(f"<h1>1 Aims</h1>{REPORT}<h1>2 Method</h1>{REPORT}", "<title>Hubs</title>")
    assert [kind for kind, text in blocks(document) if text[0].isdigit()] == [BlockKind.HEADING] * 2


def test_word_processors_mark_title_contents_and_notes_in_their_own_way() -> None:
    page = (
        "<div><p class=MsoTitle>Hubs evaluated</p>"
        + "".join(f'<p class=MsoToc1><a href="#_{n}">{n} Part</a></p>' for n in range(4))
        + f'<h1><a name="_1">1 Part</a></h1>{REPORT}</div>'
        + "<div style='mso-element:footnote-list'><div style='mso-element:footnote'>"
        + "<p class=MsoFootnoteText>See the annex.</p></div></div>"
    )
    found = blocks(body(page, "<title>x</title>"))
    assert found[0] == (BlockKind.TITLE, "Hubs evaluated")
    assert found[1] == (BlockKind.HEADING, "1 Part")
    assert found[-1] == (BlockKind.FOOTNOTE, "See the annex.")


def test_a_mark_of_a_note_is_its_number_in_brackets() -> None:
    mark = '<sup><a href="#fn:1">[footnote 1]</a></sup>'
    assert body(f"<p>Outcomes{mark} were coded").text == "Outcomes [1] were coded"


def test_a_definition_is_a_list_item_as_its_term_is() -> None:
    found = blocks(body(f"<main>{REPORT}<dl><dt>Hub</dt><dd>A place.</dd></dl></main>"))
    assert found[-2:] == [(BlockKind.LIST_ITEM, "Hub"), (BlockKind.LIST_ITEM, "A place.")]


def test_a_page_that_is_nothing_but_links_is_read_as_it_is() -> None:
    links = "".join(f'<li><a href="/{n}">Report number {n}</a></li>' for n in range(4))
    assert texts(body(f"<ul>{links}</ul>")) == [f"Report number {n}" for n in range(4)]


def test_frames_are_named_and_what_they_say_to_browsers_without_is_read() -> None:
    page = "<html><frameset><frame src=a.htm><frame src=b.htm>{}</frameset></html>"
    with pytest.raises(ExtractionError) as error:
        read(page.format("<noframes>Your browser has no frames.</noframes>"))
    assert error.value.reason is Reason.NO_TEXT
    assert "a.htm, b.htm" in error.value.detail
    inner = f"<noframes><body><h2>Findings</h2>{REPORT}</body></noframes>"
    assert texts(read(page.format(inner)))[0] == "Findings"


def test_a_heading_has_the_anchor_over_it_unless_text_stands_between() -> None:
    page = (
        f'<div id="a"><h2>One</h2><p id="b">{PROSE}</p><h2>Two</h2><a name="c"></a><h2>Three</h2>'
    )
    (sheet,) = body(f"{page}{REPORT}</div>").pages
    anchors = [block.anchor for block in sheet.blocks if block.kind is BlockKind.HEADING]
    assert anchors == ["a", None, "c"]


@pytest.mark.parametrize("name", ["h2", "h2><a href=x", "div class=photo", "aside", "figure"])
def test_nesting_costs_no_more_than_its_depth(name: str) -> None:
    assert "deep" in body(f"<{name}>" * 5_000 + "deep").text
