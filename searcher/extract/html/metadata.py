"""What a page says of itself, best source first.

``citation_*``, then JSON-LD, OpenGraph and ``article:*``, then Dublin Core, then the page's own
elements. What the head does not say is read off the top of the page, with its span.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bs4.element import Tag

from searcher.document import BlockKind, Found, Metadata, Source, Span
from searcher.extract.builder import clean
from searcher.extract.html.blocks import HtmlBlock
from searcher.extract.html.jsonld import facts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bs4 import BeautifulSoup

TITLES = ("citation_title", "jsonld:title", "og:title", "dc.title", "dcterms.title")
AUTHORS = ("citation_author", "jsonld:author", "article:author", "author", "dc.creator")
PUBLISHERS = (
    "citation_publisher",
    "citation_technical_report_institution",
    "jsonld:publisher",
    "govuk:primary-publishing-organisation",
    "dc.publisher",
    "dcterms.publisher",
    "og:site_name",
)
DATES = (
    "citation_publication_date",
    "citation_date",
    "jsonld:date",
    "article:published_time",
    "govuk:first-published-at",
    "dc.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dcterms.date",
    "date",
)
IDENTIFIERS = (
    "citation_doi",
    "citation_isbn",
    "citation_technical_report_number",
    "jsonld:identifier",
    "dc.identifier",
    "dcterms.identifier",
)
TAIL = re.compile(r"\s+[-–—|·:»]+\s+")
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE_ALONE = re.compile(
    rf"(?:published:?\s+)?(?:\d{{1,2}}\s+)?(?:{_MONTHS})\s+(?:\d{{1,2}},?\s+)?((?:19|20)\d\d)", re.I
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_TOP = 15
"""How many blocks from the top a date standing alone may be the report's own."""


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a page says, each name with its values in order."""

    values: dict[str, list[str]]
    title_element: str = ""
    site: str = ""
    language: str | None = None
    url: str | None = None

    @property
    def titles(self) -> str:
        """Return all that the head calls the page, a line each."""
        named = [value for name in TITLES for value in self.values.get(name, [])]
        return "\n".join(_one_line(value) for value in [*named, self.title_element])

    def complete(self, placed: Sequence[tuple[HtmlBlock, Span]]) -> Metadata:
        """Return the metadata of the page whose blocks lie at the spans given."""
        heading = next(
            ((block, span) for block, span in placed if block.kind is BlockKind.TITLE), None
        )
        return Metadata(
            title=self._title(heading),
            authors=self._authors(),
            publisher=_embedded(self._first(PUBLISHERS)),
            year=self._year(placed),
            identifiers=self._identifiers(),
            language=_embedded(self.language),
            url=_embedded(self.url),
        )

    def _first(self, names: Sequence[str]) -> str | None:
        return next((value for name in names for value in self.values.get(name, [])), None)

    def _title(self, heading: tuple[HtmlBlock, Span] | None) -> Found[str] | None:
        """Return the embedded title without the site's name, else the page's first heading."""
        own = clean(heading[0].text) if heading else ""
        title = without_site(self._first(TITLES) or self.title_element, self.site, own)
        if title:
            return Found(title, Source.EMBEDDED)
        return Found(own, Source.TITLE_PAGE, heading[1]) if heading else None

    def _authors(self) -> Found[tuple[str, ...]] | None:
        for name in AUTHORS:
            names = (value for value in self.values.get(name, []) if "://" not in value)
            authors = tuple(dict.fromkeys(names))
            if authors:
                return Found(authors, Source.EMBEDDED)
        return None

    def _year(self, placed: Sequence[tuple[HtmlBlock, Span]]) -> Found[int] | None:
        for name in DATES:
            for value in self.values.get(name, []):
                found = _YEAR.search(value)
                if found:
                    return Found(int(found.group()), Source.EMBEDDED)
        for block, span in placed[:_TOP]:
            found = _DATE_ALONE.fullmatch(block.text.strip())
            if found:
                return Found(int(found.group(1)), Source.TITLE_PAGE, span)
        return None

    def _identifiers(self) -> Found[tuple[str, ...]] | None:
        values = [value for name in IDENTIFIERS for value in self.values.get(name, [])]
        identifiers = tuple(dict.fromkeys(value for value in values if "://" not in value))
        return Found(identifiers, Source.EMBEDDED) if identifiers else None


def metadata_of(soup: BeautifulSoup) -> Head:
    """Return what the head of the page says; nothing of the page's text is needed yet."""
    values = facts_of(soup)
    for tag in soup.find_all("meta"):
        name = _attribute(tag, "name") or _attribute(tag, "property")
        content = clean(_attribute(tag, "content") or "")
        if name and content:
            values.setdefault(name.strip().lower(), []).append(content)
    title = soup.find("title")
    site = next(iter(values.get("og:site_name", [])), "")
    return Head(
        values,
        title_element=_one_line(title.get_text()) if isinstance(title, Tag) else "",
        site=site,
        language=_language(soup, values),
        url=_url(soup, values),
    )


def without_site(title: str, site: str, heading: str) -> str:
    """Return ``title`` without the name of the site behind it.

    What follows a separator goes if it is the site's name, if what is before it is the page's
    own heading, or if it is GOV.UK's.
    """
    title = _one_line(title)
    while separators := list(TAIL.finditer(title)):
        last = separators[-1]
        before, tail = title[: last.start()], title[last.end() :]
        known = {"gov.uk", site.casefold()}
        is_heading = bool(heading) and before.casefold().startswith(_one_line(heading).casefold())
        is_bar = "|" in last.group() and len(tail.split()) <= 4
        if not before or not (tail.casefold() in known or is_heading or is_bar):
            break
        title = before
    return title


def _embedded(value: str | None) -> Found[str] | None:
    return Found(value, Source.EMBEDDED) if value else None


def _attribute(tag: Tag, name: str) -> str | None:
    value = tag.get(name)
    return value if isinstance(value, str) else None


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())


def _language(soup: BeautifulSoup, values: dict[str, list[str]]) -> str | None:
    html = soup.find("html")
    declared = None
    if isinstance(html, Tag):
        declared = _attribute(html, "lang") or _attribute(html, "xml:lang")
    for value in (declared, *values.get("dc.language", []), *values.get("og:locale", [])):
        tag = (value or "").strip().replace("_", "-")
        if _LANGUAGE.fullmatch(tag):
            return tag
    return None


def _url(soup: BeautifulSoup, values: dict[str, list[str]]) -> str | None:
    links = [
        _attribute(link, "href") or ""
        for link in soup.find_all("link")
        if "canonical" in (link.get("rel") or [])
    ]
    for value in (*links, *values.get("og:url", []), *values.get("citation_public_url", [])):
        url = clean(value)
        if url.startswith(("https://", "http://")):
            return url
    return None
