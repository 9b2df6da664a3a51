"""What of a page is the site's and not the report's, by what its elements are and are called.

Classes and identifiers are read as words: ``RightRail-promo`` says right, rail and promo. A word
is a hint and never a proof: what holds much of the page's text is kept whatever it is called
(the caller's to see to), and an identifier that repeats its heading names a section.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bs4.element import Comment, Declaration, Doctype, ProcessingInstruction, Tag

from searcher.extract.html.kinds import classes_of

if TYPE_CHECKING:
    from searcher.extract.html.weights import Weight

NO_CONTENT = frozenset(
    "title script style noscript noframes template iframe object embed applet svg canvas audio "
    "video map button select input textarea option datalist label dialog nav menu link meta "
    "base".split()
)
ROLES = frozenset(
    "navigation banner contentinfo search complementary dialog alertdialog alert menu menubar "
    "toolbar tablist tooltip status".split()
)
WORDS = frozenset(
    "breadcrumb breadcrumbs cookie cookies nav navbar navigation menu masthead footer share "
    "sharing sharebar sharethis addthis addtoany social sociable newsletter subscribe subscription "
    "signup promo promos promotion advert advertisement advertising ads ad adsbygoogle dfp "
    "sponsored sponsor paywall cta popup modal overlay lightbox sidebar rail widget widgets "
    "pagination pager feedback related relatedposts sharedaddy recirc recirculation recommended "
    "recommendations trending "
    "popular teaser teasers comment comments commentlist disqus livefyre tags byline bylines "
    "outbrain taboola gallery slideshow carousel slider skiplink toolbar ticker copyright followus "
    "jumpto".split()
)
PAIRS = re.compile(
    r"\b(?:site header|global header|global nav|skip link|sign up|follow us|social media|"
    r"most (?:read|viewed|popular|shared|recent)|more (?:stories|news|from|in)|"
    r"read (?:more|next|also)|latest (?:news|stories)|top (?:stories|news)|"
    r"comment (?:list|form|respond|count)|print link|phase banner|user survey|"
    r"author (?:bio|box|info|card|profile)|about (?:the )?author|cookie (?:banner|bar|notice)|"
    r"visually hidden|sr only|screen reader text|screen reader|back to top|tag (?:list|cloud)|"
    r"image credit|photo credit|notification button|contents list|see also|dont miss|do not miss|"
    r"news letter|single page|page tools)\b"
)
COMMENTS = frozenset({"comment", "comments", "commentlist", "disqus"})
SAYS_WITHOUT = frozenset(
    "with has no not without main embed embedded tweet elementor siteorigin panels".split()
)
"""``has-sidebar`` is said of what stands beside one, ``elementor-widget`` of every paragraph."""

NEVER_SITE = frozenset("html body main h1 h2 h3 h4 h5 h6 table tbody tr td th".split())
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_FOLDED = frozenset("accordion collapse collapsed collapsible tabs tabpanel tabcontent".split())
"""What opens when a reader asks is part of the page."""
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|[^A-Za-z]+")
_SPACE = re.compile(r"\W+")


def is_unseen(text: object) -> bool:
    """Tell whether ``text`` is a string that a browser does not show."""
    return isinstance(text, Comment | Declaration | Doctype | ProcessingInstruction)


def is_no_content(tag: Tag) -> bool:
    """Tell whether ``tag`` is a kind of element without text of its own, or is hidden."""
    if tag.name in NO_CONTENT:
        return True
    if tag.get("role") == "tabpanel" or _FOLDED & {w for n in classes_of(tag) for w in words_of(n)}:
        return False
    style = tag.get("style")
    return (
        (tag.has_attr("hidden") and tag.get("hidden") != "until-found")
        or (isinstance(style, str) and _HIDDEN.search(style) is not None)
        or tag.get("aria-hidden") == "true"
    )


def is_footer(tag: Tag) -> bool:
    """Tell whether ``tag`` is called the foot of the page."""
    names = [tag.name, str(tag.get("role", "")), *_names(tag)]
    return any({"footer", "contentinfo"} & set(words_of(name)) for name in names)


def is_site(tag: Tag, weight: Weight) -> bool:
    """Tell whether ``tag``, which weighs ``weight``, belongs to the site and not to the report."""
    role = tag.get("role")
    if isinstance(role, str) and role.lower() in ROLES:
        return True
    if tag.name in {"header", "footer"}:
        if weight.is_linked or not weight.prose or tag.find("h1") is None:
            return weight.is_linked or tag.find_parent(["main", "article"]) is None
        return False
    if tag.name == "aside":
        return not _is_of_text(tag, weight)
    if tag.name == "article":
        return tag.find_parent("article") is not None
    if tag.name in NEVER_SITE:
        return False
    said = {word for name in _names(tag) for word in _site_words(name)}
    if not said:
        return False
    held = ["main", "article", "h1"] if said & COMMENTS else ["main", "article", "h1", "blockquote"]
    return tag.find(held) is None


def _is_of_text(aside: Tag, weight: Weight) -> bool:
    """Tell whether ``aside`` is a note or a box of the report it stands in."""
    if str(aside.get("role", "")).startswith("doc-"):
        return True
    says_site = any(_site_words(name) for name in _names(aside))
    is_inside = aside.find_parent(["main", "article"]) is not None
    return is_inside and weight.long > 0 and not weight.is_linked and not says_site


def _names(tag: Tag) -> list[str]:
    names = classes_of(tag)
    identifier = tag.get("id")
    if isinstance(identifier, str) and not _repeats_heading(tag, identifier):
        names.append(identifier)
    return names


def _site_words(name: str) -> list[str]:
    words = words_of(name)
    if SAYS_WITHOUT & set(words):
        return []
    return [*(WORDS & set(words)), *PAIRS.findall(" ".join(words))]


def words_of(name: str) -> list[str]:
    """Return the words that ``name``, a class or an identifier, is made of."""
    return [word.lower() for word in _CAMEL.split(name) if word]


def _repeats_heading(tag: Tag, identifier: str) -> bool:
    """Tell whether ``identifier`` is made of the first heading's words, as tools make anchors.

    A tool may leave words out, but comments of readers are headed so too: unless it is a section
    by name, what is called comments must be named with all the words.
    """
    heading = tag.find(["h1", "h2", "h3", "h4", "h5", "h6"])
    if not isinstance(heading, Tag):
        return False
    words = _SPACE.split(heading.get_text().strip().lower())
    named = [word for word in _SPACE.split(identifier.lower()) if word]
    if tag.name == "section" or "section" in classes_of(tag) or not COMMENTS & set(named):
        return set(named) <= set(words)
    return named == [word for word in words if word]
