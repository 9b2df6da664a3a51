"""Web pages: the report without the site around it.

What a page shows beside its main content (navigation, banners, related links, comments) is not
the report and is not kept. A page has no sheets: it is one page without a label, and its
headings carry the anchors that a citation can name.
"""

from __future__ import annotations

import warnings
from importlib.metadata import version

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, XMLParsedAsHTMLWarning
from bs4.element import Tag

from searcher.document import Document
from searcher.errors import ExtractionError, Reason
from searcher.extract.builder import DocumentBuilder
from searcher.extract.decode import refuse_binary
from searcher.extract.html.asides import without_asides
from searcher.extract.html.blocks import HtmlBlock, blocks_of
from searcher.extract.html.content import content_of, heads_in, prune, title_above
from searcher.extract.html.encoding import decode_html
from searcher.extract.html.metadata import Head, metadata_of

MAX_FRAMES = 4
MIN_FRAMELESS_CHARS = 500
HINT = "save the page from a browser, or as PDF"


class HtmlExtractor:
    """Reads HTML and XHTML, however old or broken."""

    version = 2

    def extract(self, data: bytes) -> Document:
        """Return the document that ``data`` holds.

        Raises:
            ExtractionError: unsupported (a PDF, binary), damaged (nested too deeply to be
                walked), no text.
        """
        if data.lstrip()[:5] == b"%PDF-":
            raise ExtractionError(Reason.UNSUPPORTED, "is a PDF, not HTML", hint="name it .pdf")
        refuse_binary(data)
        try:
            return _document(_parse(decode_html(data)))
        except RecursionError as exc:
            raise ExtractionError(Reason.DAMAGED, "is nested too deeply", hint=HINT) from exc


def _parse(text: str) -> BeautifulSoup:
    with warnings.catch_warnings():
        # XHTML is read as what it is meant to be, and a short text is no file name.
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        return BeautifulSoup(text, "lxml")


def _document(soup: BeautifulSoup) -> Document:
    why_empty = _why_empty(soup)
    head = metadata_of(soup)  # before pruning, which takes the scripts and their JSON-LD
    soup = _beside_frames(soup)
    prune(soup)
    builder = DocumentBuilder()
    placed = []
    for block in _blocks(soup, head):
        span = builder.add(block.kind, block.text, level=block.level, anchor=block.anchor)
        if span is not None:
            placed.append((block, span))
    builder.end_page()
    reader = f"beautifulsoup4 {version('beautifulsoup4')}"
    document = builder.build(
        media_type="text/html", reader=reader, metadata=head.complete(placed), paged=False
    )
    if not any(char.isalnum() for char in document.text):
        raise ExtractionError(Reason.NO_TEXT, why_empty, hint=HINT)
    return document


def _blocks(soup: BeautifulSoup, head: Head) -> list[HtmlBlock]:
    """Return the blocks of the report; of a page that is nothing but links and labels, all."""
    content = content_of(soup)
    if content is None:
        return []
    heads = heads_in(content)
    is_numbered = len(heads) > 1 and heads[0].casefold() not in head.titles.casefold()
    blocks = without_asides(blocks_of(content.root, content.skipped, has_title=is_numbered))
    if not any(char.isalnum() for block in blocks for char in block.text):
        return blocks_of(soup.body or soup, frozenset(), has_title=False)
    return [*title_above(soup, content, titles=head.titles), *blocks]


def _beside_frames(soup: BeautifulSoup) -> BeautifulSoup:
    """Return what a page of frames says to browsers that have none, where that is a page itself."""
    inner = soup.find("noframes")
    if not isinstance(inner, Tag) or soup.find("frameset") is None:
        return soup
    page = _parse(inner.get_text())
    return page if len(page.get_text()) >= MIN_FRAMELESS_CHARS else soup


def _why_empty(soup: BeautifulSoup) -> str:
    """Return what to say of the page should it hold no words."""
    frames = [str(frame.get("src", "")) for frame in soup.find_all("frame")]
    if frames:
        return f"only frames other pages: {', '.join(frames[:MAX_FRAMES])}"
    return "shows nothing without scripts" if soup.find("script") else "holds no words"
