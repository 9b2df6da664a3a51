"""What a page says of itself, best source first.

``citation_*``, then JSON-LD, OpenGraph and ``article:*``, then Dublin Core, then the page's own
elements. What the head does not say is read off the top of the page, with its span.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from bs4.element import Tag

from searcher.document import BlockKind, Found, Metadata, Source, Span
from searcher.extract.builder import clean
from searcher.extract.html.blocks import HtmlBlock
from searcher.extract.html.dates import date_of, date_standing_alone
from searcher.extract.html.jsonld import facts_of
from searcher.extract.html.titles import SEPARATOR, number_in, one_line, without_site

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bs4 import BeautifulSoup

TITLES = (
    "citation_title",
    "jsonld:title",
    "og:title",
    "dc.title",
    "dcterms.title",
    "eprints.title",
)
AUTHORS = (
    "citation_author",
    "citation_authors",
    "jsonld:author",
    "article:author",
    "microdata:author",
    "author",
    "dc.creator",
    "dcterms.creator",
    "eprints.creators_name",
)
PUBLISHERS = (
    "citation_publisher",
    "citation_technical_report_institution",
    "govuk:primary-publishing-organisation",
    "jsonld:publisher",
    "dc.publisher",
    "dcterms.publisher",
    "og:site_name",
)
DATES = (
    "citation_publication_date",
    "citation_date",
    "jsonld:date",
    "article:published_time",
    "og:published_time",
    "microdata:date",
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
    "eprints.number",
    "dc.identifier",
    "dcterms.identifier",
)
SERIES = (
    "citation_series_title",
    "jsonld:series",
    "eprints.series",
    "dc.relation.ispartof",
    "dcterms.ispartof",
)
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)(?P<doi>10\.\S+)", re.I)
_NAME_TURNED = re.compile(r"(?P<last>[\w’'-]+(?: [\w’'-]+)?), (?P<first>[\w.’'-]+(?: [\w.’'-]+)*)")
_BODY = re.compile(
    r"\b(?:of|for|and|department|office|council|unit|team|ltd|limited|inc|llp)\b", re.I
)
_TYPISTS = frozenset(
    "admin administrator webmaster web-admin webadmin editor root user staff anonymous".split()
)
_ORGANISATION = re.compile(
    r"(?:[A-Z][\w’'&.-]*,? (?:(?:of|for|and|the|on|&|in) )*){0,8}"
    r"(?:Department|Ministry|Office|Agency|Commission|Council|Institute|University|Bureau|Authority|"
    r"Inspectorate|Foundation|Directorate|Service|Treasury)"
    r"(?: (?:of|for|on|and|the|in|&|[A-Z][\w’'&.-]*,?)){0,10}"
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_TOP = 15
"""How many blocks from the top a date standing alone may be the report's own."""

_AUTHORS_NAMED = "h2.author, h3.author, h4.author, p.author"
_MOST_NAME_CHARS = 120
_MASTHEAD = 4
"""How many blocks from the top the name of who publishes it may stand."""


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
        return "\n".join(one_line(value) for value in [*named, self.title_element])

    def complete(self, placed: Sequence[tuple[HtmlBlock, Span]]) -> Metadata:
        """Return the metadata of the page whose blocks lie at the spans given."""
        heading = next(
            ((block, span) for block, span in placed if block.kind is BlockKind.TITLE), None
        )
        date = self._date(placed)
        return Metadata(
            title=self._title(heading),
            authors=self._authors(),
            publisher=_embedded(self._publisher()) or _masthead(placed),
            year=None if date is None else Found(int(date.value[:4]), date.source, date.span),
            date=date,
            series=_embedded(self._first(SERIES)),
            identifiers=self._identifiers(),
            language=_embedded(self.language),
            url=_embedded(self.url),
        )

    def _first(self, names: Sequence[str]) -> str | None:
        return next((value for name in names for value in self.values.get(name, [])), None)

    def _title(self, heading: tuple[HtmlBlock, Span] | None) -> Found[str] | None:
        """Return the embedded title without the site's name, else the page's first heading."""
        own = clean(heading[0].text) if heading else ""
        sites = (self.site, *self.values.get("jsonld:publisher", []))
        title = without_site(self._first(TITLES) or self.title_element, sites, own)
        if title:
            return Found(title, Source.EMBEDDED)
        return Found(own, Source.TITLE_PAGE, heading[1]) if heading else None

    def _publisher(self) -> str | None:
        """Return who publishes the page: the body that wrote it, where the site is GOV.UK's."""
        name = self._first(PUBLISHERS)
        bodies = self.values.get("jsonld:organisation", [])
        return bodies[0] if name is not None and name.upper() == "GOV.UK" and bodies else name

    def _authors(self) -> Found[tuple[str, ...]] | None:
        for name in AUTHORS:
            values = (part for value in self.values.get(name, []) for part in value.split(";"))
            authors = tuple(dict.fromkeys(_name(value) for value in values if _is_name(value)))
            if authors:
                return Found(authors, Source.EMBEDDED)
        return None

    def _date(self, placed: Sequence[tuple[HtmlBlock, Span]]) -> Found[str] | None:
        for name in DATES:
            for value in self.values.get(name, []):
                date = date_of(value)
                if date is not None:
                    return Found(date, Source.EMBEDDED)
        for block, span in placed[:_TOP]:
            date = date_standing_alone(block.text)
            if date is not None:
                return Found(date, Source.TITLE_PAGE, span)
        return None

    def _identifiers(self) -> tuple[Found[str], ...]:
        values = [value for name in IDENTIFIERS for value in self.values.get(name, [])]
        number = number_in(self._first(TITLES) or self.title_element)
        bare = [_DOI.sub(r"\g<doi>", value) for value in [*values, *([number] if number else [])]]
        identifiers = dict.fromkeys(value for value in bare if "://" not in value)
        return tuple(Found(value, Source.EMBEDDED) for value in identifiers)


def metadata_of(soup: BeautifulSoup) -> Head:
    """Return what the head of the page says; nothing of the page's text is needed yet."""
    values = facts_of(soup)
    for tag in soup.find_all("meta"):
        name = _attribute(tag, "name") or _attribute(tag, "property")
        content = clean(_attribute(tag, "content") or "")
        if name and content:
            plain = name.strip().lower().removeprefix("bepress_").replace("dc:", "dc.")
            values.setdefault(plain, []).append(content)
    for name, found in _microdata(soup):
        values.setdefault(name, []).append(found)
    title = soup.find("title")
    site = next(iter(values.get("og:site_name", [])), "")
    return Head(
        values,
        title_element=one_line(title.get_text()) if isinstance(title, Tag) else "",
        site=site,
        language=_language(soup, values),
        url=_url(soup, values),
    )


def _microdata(soup: BeautifulSoup) -> Iterator[tuple[str, str]]:
    """Yield what elements of the page itself say that they are: its authors, its date."""
    for tag in soup.find_all(itemprop="datePublished"):
        value = _attribute(tag, "datetime") or _attribute(tag, "content") or tag.get_text()
        yield "microdata:date", clean(value)
    authors = [*soup.find_all(itemprop="author"), *soup.select(_AUTHORS_NAMED)]
    for tag in authors:
        inner = tag.find(itemprop="name")
        value = one_line((inner if isinstance(inner, Tag) else tag).get_text())
        yield "microdata:author", value.removeprefix("By ").removeprefix("by ")


def _is_name(value: str) -> bool:
    plain = value.strip()
    return (
        bool(plain) and "://" not in plain and "@" not in plain and plain.casefold() not in _TYPISTS
    )


def _name(value: str) -> str:
    """Return a name the way it is said, "Ann One", where it is written "One, Ann"."""
    plain = one_line(value)
    turned = _NAME_TURNED.fullmatch(plain)
    if turned is None or _BODY.search(plain):
        return plain
    return f"{turned['first']} {turned['last']}"


def _masthead(placed: Sequence[tuple[HtmlBlock, Span]]) -> Found[str] | None:
    """Return the innermost of the bodies whose names alone stand at the top of the page."""
    found = None
    for block, span in placed[:_MASTHEAD]:
        name = SEPARATOR.split(one_line(block.text))[0]
        if len(name) <= _MOST_NAME_CHARS and _ORGANISATION.fullmatch(name):
            found = Found(name, Source.TITLE_PAGE, span)
    return found


def _embedded(value: str | None) -> Found[str] | None:
    return Found(value, Source.EMBEDDED) if value else None


def _attribute(tag: Tag, name: str) -> str | None:
    value = tag.get(name)
    return value if isinstance(value, str) else None


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
    base = soup.find("base", href=True)
    start = str(base["href"]) if isinstance(base, Tag) else ""
    links = [
        _joined(start, _attribute(link, "href") or "")
        for link in soup.find_all("link")
        if "canonical" in (link.get("rel") or [])
    ]
    for value in (*links, *values.get("og:url", []), *values.get("citation_public_url", [])):
        url = clean(value)
        if url.startswith(("https://", "http://")):
            return url
    return None


def _joined(base: str, href: str) -> str:
    """Return the address that ``href`` is on a page whose base is ``base``; "" if it is none."""
    try:
        return urljoin(base, href.strip())
    except ValueError:
        return ""
