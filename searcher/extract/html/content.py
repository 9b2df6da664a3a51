"""Where the report is in a page, and what of the site around it goes.

First out goes what no page means as content, then the content is the element that says so
(``main``, ``article``), if it holds most of the prose, else the smallest one that holds nearly
all of it. Prose is text in blocks that are long and not made of links.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bs4.element import Comment, Declaration, Doctype, NavigableString, ProcessingInstruction, Tag

from searcher.document import BlockKind
from searcher.extract.html.blocks import BLOCKS, HtmlBlock, anchor_of, text_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from bs4 import BeautifulSoup

NO_CONTENT = frozenset(
    "script style noscript template iframe object embed applet svg canvas audio video map button "
    "select input textarea option datalist dialog nav menu link meta base".split()
)
ROLES = frozenset(
    "navigation banner contentinfo search complementary dialog alertdialog menu menubar toolbar "
    "tablist".split()
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_SITE = re.compile(
    r"(?:^|[-_ ])(?:breadcrumbs?|cookies?|cookie-?(?:banner|bar|notice|consent)|skip-?link|"
    r"site-?(?:header|footer|nav)|global-?(?:header|footer|nav)|nav-?bar|navigation|menu|"
    r"masthead|share|sharing|social|addthis|newsletter|subscribe|subscription|sign-?up|promo|"
    r"advert|advertisement|ads?|banner|sponsored|paywall|popup|modal|side-?bar|pagination|pager|"
    r"print-?link|feedback|phase-banner|user-survey|related|recommended|recirc|trending|"
    r"most-?(?:read|popular)|more-?(?:stories|news|from)|comments?|comment-?list|disqus|"
    r"tags?|byline|author-?bio|outbrain|taboola|visually-?hidden|sr-only|screen-reader-text)"
    r"(?:$|[-_ ])",
    re.I,
)
NEVER_SITE = frozenset("html body main article h1 h2 h3 h4 h5 h6 p table tbody tr td th".split())
CONTAINERS = ["div", "section", "article", "main", "center", "form"]
KEPT_SHARE = 0.4
"""What holds more of the page's text than this is not the site, whatever its class says."""

MAIN_SHARE = 0.5
SMALLEST_SHARE = 0.7
PROSE_CHARS = 40
LINKED_SHARE = 0.4
LONG_CHARS = 250
"""A paragraph of this length is never left out for standing outside the content."""


@dataclass(slots=True)
class _Weight:
    """Characters of an element: all, in links, in prose, in long paragraphs; its own lines'."""

    chars: int = 0
    linked: int = 0
    prose: int = 0
    long: int = 0
    own_chars: int = 0
    own_linked: int = 0


def prune(soup: BeautifulSoup) -> None:
    """Take out of ``soup`` what is not content: scripts, hidden elements, the site's frame."""
    for comment in soup.find_all(string=_is_unseen):
        comment.extract()
    _remove(soup, lambda tag: tag.name in NO_CONTENT or _is_hidden(tag))
    weights = _weigh(soup)
    most = KEPT_SHARE * max(weights[id(soup)].chars, 1)
    _remove(soup, lambda tag: weights[id(tag)].chars <= most and _is_site(tag, weights[id(tag)]))


def weigh_and_find(soup: BeautifulSoup) -> Tag | None:
    """Return the element that holds the report, ``None`` if the page holds nothing."""
    body = soup.body or soup
    weights = _weigh(soup)
    whole = weights[id(body)]
    if whole.prose == 0:
        return body if whole.chars else None
    for candidates, is_sure in (
        (soup.find_all("main") + soup.find_all(role="main"), True),
        (soup.find_all("article") + soup.find_all(itemprop="articleBody"), False),
    ):
        best = max(candidates, key=lambda tag: weights[id(tag)].prose, default=None)
        if best is None or weights[id(best)].prose <= MAIN_SHARE * whole.prose:
            continue
        if is_sure or weights[id(best)].long >= whole.long:
            return _smallest(best, weights)
    return _smallest(body, weights)


def title_above(soup: BeautifulSoup, root: Tag, *, titles: str) -> list[HtmlBlock]:
    """Return the page's ``h1`` where it stands outside ``root`` and none stands inside.

    One that ``titles``, all that the head calls the page, do not know is the site's name.
    """
    if root.find("h1") is not None or root.name == "h1":
        return []
    for heading in soup.find_all("h1"):
        text = text_of(heading)
        if text and (not titles or text.casefold() in titles.casefold()):
            return [HtmlBlock(BlockKind.TITLE, text, None, anchor_of(heading))]
    return []


def _remove(soup: BeautifulSoup, is_unwanted: Callable[[Tag], bool]) -> None:
    """Take each element that ``is_unwanted`` out, asking about none inside another."""
    removed: set[int] = set()
    for tag in soup.find_all(_is_any):
        if id(tag.parent) in removed:
            removed.add(id(tag))
        elif is_unwanted(tag):
            removed.add(id(tag))
            tag.extract()


def _is_unseen(text: object) -> bool:
    return isinstance(text, Comment | Declaration | Doctype | ProcessingInstruction)


def _is_any(_: Tag) -> bool:
    return True


def _is_hidden(tag: Tag) -> bool:
    style = tag.get("style")
    return (
        tag.has_attr("hidden")
        or (isinstance(style, str) and _HIDDEN.search(style) is not None)
        or tag.get("aria-hidden") == "true"
    )


def _is_site(tag: Tag, weight: _Weight) -> bool:
    """Tell whether ``tag`` belongs to the site and not to the report."""
    role = tag.get("role")
    if isinstance(role, str) and role.lower() in ROLES:
        return True
    is_linked = weight.linked > LINKED_SHARE * weight.chars
    if tag.name in {"header", "footer"}:
        return is_linked or tag.find_parent(["main", "article"]) is None
    if tag.name == "aside":
        return not _is_notes(tag)
    if tag.name in NEVER_SITE:
        return False
    classes = tag.get("class")
    names = [*classes] if isinstance(classes, list) else []
    identifier = tag.get("id")
    if is_linked and isinstance(identifier, str):
        names.append(identifier)
    if not any(_SITE.search(name) for name in names):
        return False
    return tag.find(["main", "article", "h1"]) is None


def _is_notes(tag: Tag) -> bool:
    return str(tag.get("role", "")).startswith("doc-")


def _smallest(root: Tag, weights: dict[int, _Weight]) -> Tag:
    """Return the smallest container in ``root`` that holds its prose, and all of what is long."""
    whole = weights[id(root)]
    while True:
        for child in root.find_all(CONTAINERS, recursive=False):
            inner = weights[id(child)]
            if inner.prose >= SMALLEST_SHARE * whole.prose and inner.long >= whole.long:
                root = child
                break
        else:
            return root


def _weigh(soup: BeautifulSoup) -> dict[int, _Weight]:
    """Return the weight of each element, in one pass down the page and one up."""
    weights: dict[int, _Weight] = {id(soup): _Weight()}
    blocks: dict[int, Tag] = {id(soup): soup}
    in_link: set[int] = set()
    tags: list[Tag] = [soup]
    for node in soup.descendants:
        parent = node.parent
        if parent is None:
            continue
        if isinstance(node, Tag):
            tags.append(node)
            weights[id(node)] = _Weight()
            blocks[id(node)] = node if node.name in BLOCKS else blocks[id(parent)]
            if node.name == "a" or id(parent) in in_link:
                in_link.add(id(node))
        elif isinstance(node, NavigableString):
            chars = len(node.strip())
            linked = chars if id(parent) in in_link else 0
            weights[id(parent)].chars += chars
            weights[id(parent)].linked += linked
            own = weights[id(blocks[id(parent)])]
            own.own_chars += chars
            own.own_linked += linked
    for tag in reversed(tags):
        _pass_up(tag, weights)
    return weights


def _pass_up(tag: Tag, weights: dict[int, _Weight]) -> None:
    """Count the prose of ``tag`` itself, then add all of it to its parent."""
    weight = weights[id(tag)]
    is_prose = weight.own_chars >= PROSE_CHARS
    if is_prose and weight.own_linked <= LINKED_SHARE * weight.own_chars:
        weight.prose += weight.own_chars
        weight.long += weight.own_chars if weight.own_chars >= LONG_CHARS else 0
    if tag.parent is not None and id(tag.parent) in weights:
        above = weights[id(tag.parent)]
        above.chars += weight.chars
        above.linked += weight.linked
        above.prose += weight.prose
        above.long += weight.long
