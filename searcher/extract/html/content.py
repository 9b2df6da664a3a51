"""Where the report is in a page, and what of the site around it goes.

First out goes what no page means as content. The content is then looked for from the top: the
element that says so (``main``, ``article``), then, as long as one child holds most of the prose,
that child, with those of its siblings that hold prose of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bs4.element import Tag

from searcher.document import BlockKind
from searcher.extract.html.blocks import HtmlBlock, anchor_of, text_of
from searcher.extract.html.kinds import HEADING, classes_of, is_notes
from searcher.extract.html.links import is_file
from searcher.extract.html.site import is_footer, is_no_content, is_site, is_unseen, words_of
from searcher.extract.html.tables import is_data_table
from searcher.extract.html.teasers import count_titles, is_teasers
from searcher.extract.html.weights import Weight, weigh

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bs4 import BeautifulSoup

CONTAINERS = frozenset("div section article main center form aside ul ol table td".split())
KEPT_SHARE = 0.4
"""What holds more of the page's prose than this is not the site, whatever it is called."""

FOOTER_SHARE = 0.75
"""The same for what stands at the foot of the page: beside a short report it is long."""

MAIN_SHARE = 0.5
CORE_SHARE = 0.7
FLOW = frozenset("p ul ol dl table pre blockquote details h1 h2 h3 h4 h5 h6".split())
LEAD_CHARS = 120
LEAD_SHARE = 0.95


@dataclass(frozen=True, slots=True)
class Content:
    """The element that holds the report, and by ``id()`` what in it is not the report."""

    root: Tag
    skipped: frozenset[int]


def prune(soup: BeautifulSoup) -> None:
    """Take out of ``soup`` what no page means as content: scripts, hidden elements, menus."""
    for comment in soup.find_all(string=is_unseen):
        comment.extract()
    for tag in _outermost(soup, is_no_content):
        tag.extract()


def content_of(soup: BeautifulSoup) -> Content | None:
    """Return where the report is in ``soup``, ``None`` if the page holds nothing."""
    body = soup.body or soup
    weights = weigh(body)
    if not weights[id(body)].chars:
        return None
    skipped = _site(body, weights)
    weights = weigh(body, skipped)
    skipped |= _teasers(body, weights)
    weights = weigh(body, skipped)
    if not weights[id(body)].prose:
        return Content(body, skipped)
    root = _declared(body, weights) or body
    return _descend(root, weights, skipped)


def title_above(soup: BeautifulSoup, content: Content, *, titles: str) -> list[HtmlBlock]:
    """Return the page's ``h1`` where it stands outside the content and none stands inside.

    One that ``titles``, all that the head calls the page, do not know is the site's name; of
    several the one that says the most is the page's.
    """
    if content.root.name == "h1" or heads_in(content):
        return []
    known = [
        (text, heading)
        for heading in soup.find_all("h1")
        if (text := title_text(heading)) and (not titles or text.casefold() in titles.casefold())
    ]
    if not known:
        return []
    text, heading = max(known, key=lambda pair: len(pair[0]))
    return [HtmlBlock(BlockKind.TITLE, text, None, anchor_of(heading))]


def heads_in(content: Content) -> list[str]:
    """Return the texts of the ``h1`` elements in the content."""
    return [
        text
        for tag in content.root.find_all("h1")
        if not _is_skipped(tag, content) and (text := title_text(tag))
    ]


def title_text(heading: Tag) -> str:
    """Return the words of ``heading`` without the kind of page that stands over it as a caption."""
    caption = heading.find("span", class_=_is_caption)
    over = text_of(caption) if isinstance(caption, Tag) else ""
    return text_of(heading).removeprefix(over).strip() or over


def _is_caption(name: str | None) -> bool:
    return name is not None and "caption" in words_of(name)


def _is_skipped(tag: Tag, content: Content) -> bool:
    for above in (tag, *tag.parents):
        if id(above) in content.skipped:
            return True
        if above is content.root:
            return False
    return False


def _outermost(top: Tag, is_wanted: Callable[[Tag], bool]) -> Iterator[Tag]:
    """Yield each element in ``top`` that ``is_wanted``, asking about none inside another."""
    found: set[int] = set()
    for tag in top.find_all(lambda _: True):
        if id(tag.parent) in found:
            found.add(id(tag))
        elif is_wanted(tag):
            found.add(id(tag))
            yield tag


def _site(body: Tag, weights: dict[int, Weight]) -> frozenset[int]:
    whole = max(weights[id(body)].prose, 1)

    def is_wanted(tag: Tag) -> bool:
        weight = weights[id(tag)]
        share = FOOTER_SHARE if is_footer(tag) else KEPT_SHARE
        return weight.prose <= share * whole and is_site(tag, weight)

    return frozenset(id(tag) for tag in _outermost(body, is_wanted))


def _teasers(body: Tag, weights: dict[int, Weight]) -> frozenset[int]:
    whole = weights[id(body)]
    titles = count_titles(body, weights)

    def is_wanted(tag: Tag) -> bool:
        weight = weights[id(tag)]
        if tag.name not in CONTAINERS or not weight.chars:
            return False
        if weight.prose > KEPT_SHARE * max(whole.prose, 1):
            return False
        is_small = weight.is_linked or weight.chars <= KEPT_SHARE * whole.chars
        return is_small and is_teasers(tag, weights, titles.get(id(tag)))

    return frozenset(id(tag) for tag in _outermost(body, is_wanted))


def _declared(body: Tag, weights: dict[int, Weight]) -> Tag | None:
    """Return the element that the page itself names as its content, if it holds the prose."""
    whole = weights[id(body)]
    for candidates, is_sure in (
        (body.find_all("main") + body.find_all(role="main"), True),
        (body.find_all("article") + body.find_all(itemprop="articleBody"), False),
    ):
        best = max(candidates, key=lambda tag: weights[id(tag)].prose, default=None)
        if best is None or weights[id(best)].prose <= MAIN_SHARE * whole.prose:
            continue
        if is_sure or weights[id(best)].long >= whole.long:
            return best
    return None


def _descend(root: Tag, weights: dict[int, Weight], skipped: frozenset[int]) -> Content:
    """Go down to the smallest element that holds most of the prose of ``root``.

    Siblings passed on the way down that are no part of the report are added to ``skipped``. The
    root moves down only as long as none is.
    """
    left_out = set(skipped)
    here, top = root, root
    while True:
        whole = weights[id(here)]
        children = [child for child in here.find_all(recursive=False) if weights[id(child)].chars]
        core = max(children, key=lambda tag: weights[id(tag)].prose, default=None)
        if core is None or core.name not in CONTAINERS:
            break
        if weights[id(core)].prose < CORE_SHARE * whole.prose:
            break
        out = _beside(children, core, weights)
        left_out |= {id(child) for child in out}
        if len(out) + 1 == len(children) and top is here:
            top = core
        here = core
    return Content(top, frozenset(left_out))


def _beside(children: list[Tag], core: Tag, weights: dict[int, Weight]) -> list[Tag]:
    """Return those of ``children`` beside ``core`` that are no part of the report."""
    out = []
    is_above = True
    for child in children:
        if child is core:
            is_above = False
        elif not _is_section(child, core, weights) and not (
            is_above and _is_lead(weights[id(child)])
        ):
            out.append(child)
    return out


def _is_section(tag: Tag, core: Tag, weights: dict[int, Weight]) -> bool:
    """Tell whether ``tag``, a sibling of ``core``, holds a part of the report."""
    weight = weights[id(tag)]
    names = classes_of(tag)
    if is_notes(tag) or any("attachment" in words_of(name) for name in names):
        return True
    if not weight.is_linked and _is_under_heading(tag, weight, weights):
        return True
    if weight.is_linked or not weight.prose:
        return _is_plain(tag, weight) or _holds_file(tag) or _holds_data(tag, weight)
    is_alike = tag.name == core.name and names == classes_of(core)
    return bool(weight.long or tag.name in FLOW or is_alike or set(names) & set(classes_of(core)))


def _is_under_heading(tag: Tag, weight: Weight, weights: dict[int, Weight]) -> bool:
    """Tell whether ``tag``, in what the page names its content, begins with its own heading."""
    first = next((child for child in tag.find_all(recursive=False)), None)
    if first is None or HEADING.fullmatch(first.name) is None or first.name == "h1":
        return False
    is_inside = tag.find_parent(["main", "article"]) is not None
    return is_inside and 0 < weights[id(first)].chars < weight.chars


def _is_plain(tag: Tag, weight: Weight) -> bool:
    """Tell whether ``tag`` is a heading, a list or a table, which no site's frame is made of.

    A list of terms without prose is a page's record of itself: from whom, when published.
    """
    return tag.name in FLOW and tag.name != "dl" and not weight.is_linked


def _holds_data(tag: Tag, weight: Weight) -> bool:
    return not weight.is_linked and any(map(is_data_table, tag.find_all("table")))


def _holds_file(tag: Tag) -> bool:
    return any(is_file(str(link["href"])) for link in tag.find_all("a", href=True))


def _is_lead(weight: Weight) -> bool:
    """Tell whether what stands above the report's body is prose, as a summary is."""
    return weight.prose >= max(LEAD_CHARS, LEAD_SHARE * weight.chars) and not weight.is_linked
