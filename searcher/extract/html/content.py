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
    from bs4 import BeautifulSoup

NO_CONTENT = (
    "script style noscript template iframe object embed applet svg canvas audio video map button "
    "select input textarea option datalist dialog nav menu link meta base"
).split()
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
KEPT_SHARE = 0.4
"""What holds more of the page's text than this is not the site, whatever its class says."""

MAIN_SHARE = 0.5
SMALLEST_SHARE = 0.8
PROSE_CHARS = 40
LINKED_SHARE = 0.4


@dataclass(slots=True)
class _Weight:
    """Characters of an element: all, in links, in prose; of its own lines, and their links."""

    chars: int = 0
    linked: int = 0
    prose: int = 0
    own_chars: int = 0
    own_linked: int = 0


def prune(soup: BeautifulSoup) -> None:
    """Take out of ``soup`` what is not content: scripts, hidden elements, the site's frame."""
    for tag in soup.find_all(NO_CONTENT):
        _remove(tag)
    for comment in soup.find_all(
        string=lambda text: isinstance(
            text, Comment | Declaration | Doctype | ProcessingInstruction
        )
    ):
        comment.extract()
    for tag in soup.find_all(_is_hidden):
        _remove(tag)
    weights = _weigh(soup)
    total = max(weights[id(soup)].chars, 1)
    for tag in soup.find_all(_is_any):
        weight = weights.get(id(tag))
        if weight is None or tag.decomposed or weight.chars > KEPT_SHARE * total:
            continue
        if _is_site(tag, weight):
            _remove(tag)


def weigh_and_find(soup: BeautifulSoup) -> Tag | None:
    """Return the element that holds the report, ``None`` if the page holds nothing."""
    body = soup.body or soup
    weights = _weigh(soup)
    total = weights[id(body)].prose
    if total == 0:
        return body if weights[id(body)].chars else None
    enough = MAIN_SHARE * total
    for candidates in (
        soup.find_all(class_="govspeak"),
        soup.find_all("main") + soup.find_all(role="main"),
        soup.find_all("article") + soup.find_all(itemprop="articleBody"),
    ):
        best = max(candidates, key=lambda tag: weights[id(tag)].prose, default=None)
        if best is not None and weights[id(best)].prose > enough:
            return _smallest(best, weights, total=weights[id(best)].prose)
    return _smallest(body, weights, total=total)


def title_above(soup: BeautifulSoup, root: Tag) -> list[HtmlBlock]:
    """Return the first ``h1`` of the page if it stands before ``root`` and not inside it."""
    first = soup.find("h1")
    if not isinstance(first, Tag) or any(parent is root for parent in first.parents):
        return []
    if root.find("h1") is not None:
        return []
    return [HtmlBlock(BlockKind.TITLE, text_of(first), None, anchor_of(first))]


def _remove(tag: Tag) -> None:
    if not tag.decomposed:
        tag.decompose()


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
        return not _is_notes(tag) and (is_linked or tag.find_parent(["main", "article"]) is None)
    if tag.name in NEVER_SITE or tag.find(["main", "article", "h1"]) is not None:
        return False
    classes = tag.get("class")
    names = [*classes] if isinstance(classes, list) else []
    identifier = tag.get("id")
    if is_linked and isinstance(identifier, str):
        names.append(identifier)
    return any(_SITE.search(name) for name in names)


def _is_notes(tag: Tag) -> bool:
    return str(tag.get("role", "")).startswith("doc-")


def _smallest(root: Tag, weights: dict[int, _Weight], *, total: int) -> Tag:
    """Return the smallest element in ``root`` that holds nearly all of its prose."""
    while True:
        for child in root.find_all(_is_any, recursive=False):
            inner = weights[id(child)].prose
            if inner >= SMALLEST_SHARE * total and child.name not in NEVER_SITE - {"article"}:
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
    if tag.parent is not None and id(tag.parent) in weights:
        above = weights[id(tag.parent)]
        above.chars += weight.chars
        above.linked += weight.linked
        above.prose += weight.prose
