"""What kind of block a text is, by the elements that it stands in.

The innermost element that says anything decides, but for headings and notes, which hold whatever
is inside of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from searcher.document import BlockKind
from searcher.extract.html.nearby import first_inside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bs4.element import Tag


HEADING = re.compile(r"h[1-6]")
_KINDS = {
    "li": BlockKind.LIST_ITEM,
    "dt": BlockKind.LIST_ITEM,
    "dd": BlockKind.LIST_ITEM,
    "figcaption": BlockKind.CAPTION,
    "caption": BlockKind.CAPTION,
    "figure": BlockKind.CAPTION,
    "aside": BlockKind.SIDEBAR,
}
_NOTES = re.compile(
    r"(?:^|[-_ ])(?:footnotes?|endnotes?)(?:$|[-_ ])|^Mso(?:Foot|End)noteText$", re.I
)
_NOTE_ROLES = frozenset({"doc-endnotes", "doc-footnote", "doc-endnote"})
_WORD_NOTES = re.compile(r"mso-element\s*:\s*(?:foot|end)note", re.I)
_CAPTION = re.compile(r"(?:^|[-_ a-z])(?:caption|credit)(?:$|[-_ A-Z])|Caption|Credit")
_PICTURE = re.compile(r"(?:^|[-_])(?:photo|image|picture|img)(?:$|[-_A-Z])", re.I)
_NO_HEADING = frozenset("author authors date dateline byline subtitle".split())
_TITLES = frozenset({"MsoTitle", "doc-title"})
_PICTURES = frozenset({"img", "picture"})
MOST_LEVELS = 16
"""How far above a text is looked: pages may nest without end."""

MAX_CAPTION_CHARS = 300
MAX_BOLD_WORDS = 12


def classes_of(tag: Tag) -> list[str]:
    """Return the class names of ``tag``."""
    classes = tag.get("class")
    return [*classes] if isinstance(classes, list) else []


def heading_level(inside: Sequence[Tag]) -> int | None:
    """Return the level of the heading that the elements are, the outermost first, else ``None``."""
    for tag in reversed(inside):
        if HEADING.fullmatch(tag.name):
            return None if _NO_HEADING & set(classes_of(tag)) else int(tag.name[1])
    return None


def is_title(inside: Sequence[Tag]) -> bool:
    """Tell whether the elements say that the text is the title, as word processors write it."""
    return any(_TITLES & {*classes_of(tag), str(tag.get("role", ""))} for tag in inside[-2:])


def is_notes(tag: Tag) -> bool:
    """Tell whether ``tag`` holds footnotes or endnotes."""
    if str(tag.get("role", "")) in _NOTE_ROLES:
        return True
    if _WORD_NOTES.search(str(tag.get("style", ""))):
        return True
    return any(_NOTES.search(name) for name in classes_of(tag))


def kind_inside(inside: Sequence[Tag], text: str) -> BlockKind:
    """Return what ``text``, no heading, is inside the elements given, the outermost first."""
    nearest = inside[-MOST_LEVELS:]
    if any(is_notes(tag) for tag in nearest):
        return BlockKind.FOOTNOTE
    for tag in reversed(nearest):
        if tag.name in _KINDS:
            return _KINDS[tag.name]
        if _is_of_picture(tag, text):
            return BlockKind.CAPTION
    return BlockKind.PARAGRAPH


def is_pseudo_heading(inside: Sequence[Tag], text: str) -> bool:
    """Tell whether ``text``, all in bold, is a paragraph that serves as a heading."""
    is_short = len(text.split()) <= MAX_BOLD_WORDS and "\n" not in text
    return is_short and text[-1] not in ".,;!?" and inside[-1].name == "p"


def _is_of_picture(tag: Tag, text: str) -> bool:
    """Tell whether ``text`` in ``tag`` is what is said of a picture."""
    names = classes_of(tag)
    if any(_CAPTION.search(name) for name in names):
        return True
    return (
        len(text) <= MAX_CAPTION_CHARS
        and any(_PICTURE.search(name) for name in names)
        and first_inside(tag, _PICTURES) is not None
    )
