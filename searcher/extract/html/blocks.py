"""An element of a page as blocks: headings, paragraphs, list items, tables, notes.

The walk is a loop, not a recursion: a page may nest as deeply as it likes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bs4.element import NavigableString, Tag

from searcher.document import BlockKind
from searcher.extract.html.kinds import (
    HEADING,
    heading_level,
    is_pseudo_heading,
    is_title,
    kind_inside,
)
from searcher.extract.html.links import is_file
from searcher.extract.html.tables import grid_of, is_data_table

if TYPE_CHECKING:
    from collections.abc import Iterator

BLOCKS = frozenset(
    "html body main article section div p pre blockquote ul ol li dl dt dd table thead tbody tfoot "
    "tr td th caption figure figcaption h1 h2 h3 h4 h5 h6 header footer aside nav form fieldset "
    "address center hr details summary hgroup legend".split()
)
_MARK = re.compile(r"^\s*\[?(?:foot|end)?(?:note)?\s*(\d+)\]?\s*$", re.I)
_BACK = re.compile(r"[↩↑⤴︎\s]*")
_SPACE = re.compile(r"\s+")
LINK_SHARE = 0.8
MAX_BETWEEN_CHARS = 80


@dataclass(frozen=True, slots=True)
class HtmlBlock:
    """A block of a page before it has a place in the text."""

    kind: BlockKind
    text: str
    level: int | None = None
    anchor: str | None = None
    is_link: bool = False
    is_file: bool = False
    is_bold: bool = False


@dataclass(slots=True)
class _Line:
    """The block being gathered: its text so far, and what decides its kind."""

    parts: list[str] = field(default_factory=list)
    chars: int = 0
    linked: int = 0
    files: int = 0
    is_bold: bool = True
    breaks: int = 0


@dataclass(slots=True)
class _Walk:
    """What the walk has gathered, and the elements it is inside of."""

    blocks: list[HtmlBlock] = field(default_factory=list)
    line: _Line = field(default_factory=_Line)
    open: list[Tag] = field(default_factory=list)
    anchor: str | None = None
    level: int = 1
    has_title: bool = False


def blocks_of(root: Tag, skipped: frozenset[int], *, has_title: bool) -> list[HtmlBlock]:
    """Return the blocks of ``root`` in the order of the page, without what is ``skipped``.

    Where the page ``has_title`` already, its first ``h1`` is a heading like the others.
    """
    walk = _Walk(has_title=has_title)
    for step in _steps(root, skipped):
        match step:
            case NavigableString():
                _say(walk, step)
            case (Tag() as tag, True):
                _enter(walk, tag)
            case (Tag() as tag, False):
                _leave(walk, tag)
    _flush(walk)
    return walk.blocks


def text_of(tag: Tag) -> str:
    """Return the words of ``tag`` on one line."""
    return _SPACE.sub(" ", "".join(_words(tag))).strip()


def anchor_of(tag: Tag) -> str | None:
    """Return the name by which a link can lead to ``tag``."""
    for name in ("id", "name") if tag.name == "a" else ("id",):
        value = tag.get(name)
        if isinstance(value, str) and value.strip():
            return value.strip()
    return None


def _words(tag: Tag) -> Iterator[str]:
    for node in tag.descendants:
        if isinstance(node, NavigableString):
            yield node
        elif isinstance(node, Tag) and (node.name == "br" or node.name in BLOCKS):
            yield " "


def _steps(root: Tag, skipped: frozenset[int]) -> Iterator[NavigableString | tuple[Tag, bool]]:
    """Yield each string, and each element twice: when it is entered and when it is left."""
    stack: list[NavigableString | tuple[Tag, bool]] = [(root, True)]
    while stack:
        step = stack.pop()
        yield step
        if isinstance(step, NavigableString):
            continue
        tag, is_entered = step
        if not is_entered:
            continue
        stack.append((tag, False))
        if tag.name == "table" and is_data_table(tag):
            continue  # taken whole when it is entered
        for child in reversed(tag.contents):
            if isinstance(child, Tag):
                if id(child) not in skipped:
                    stack.append((child, True))
            elif isinstance(child, NavigableString):
                stack.append(child)


def _enter(walk: _Walk, tag: Tag) -> None:
    if tag.name == "br":
        walk.line.breaks += 1
        if walk.line.breaks > 1:
            _flush(walk)
        else:
            walk.line.parts.append("\n")
        return
    if tag.name in BLOCKS:
        _flush(walk)
    anchor = anchor_of(tag)
    if anchor is not None:
        walk.anchor = anchor
    walk.open.append(tag)
    if tag.name == "table" and is_data_table(tag):
        _add_table(walk, tag)


def _leave(walk: _Walk, tag: Tag) -> None:
    if tag.name == "br":
        return
    if tag.name in BLOCKS:
        _flush(walk)
    walk.open.pop()


def _say(walk: _Walk, text: NavigableString) -> None:
    inside = [tag.name for tag in walk.open[-6:]]
    if "pre" in inside:
        walk.line.parts.append(str(text))
        return
    words = _SPACE.sub(" ", text)
    if words.strip():
        walk.line.breaks = 0
        if not {"b", "strong"} & set(inside):
            walk.line.is_bold = False
        if _is_back_link(walk.open[-1], words):
            return
        walk.line.chars += len(words)
        _count_link(walk, len(words))
        if "sup" in inside and "a" in inside:
            words = _MARK.sub(r" [\1]", words)
    walk.line.parts.append(words)


def _count_link(walk: _Walk, chars: int) -> None:
    """Count ``chars`` as linked if they are inside of a link to another page or to a file."""
    for tag in reversed(walk.open[-6:]):
        if tag.name == "a" and tag.get("href") is not None:
            walk.line.linked += chars
            walk.line.files += is_file(str(tag.get("href")))


def _is_back_link(tag: Tag, words: str) -> bool:
    return tag.name == "a" and _BACK.fullmatch(words) is not None


def _flush(walk: _Walk) -> None:
    """End the block being gathered, if it holds anything."""
    line, walk.line = walk.line, _Line()
    text = "".join(line.parts).strip()
    if not text:
        return
    kind, level = _kind(walk, line, text)
    anchor = None
    if kind in {BlockKind.HEADING, BlockKind.TITLE}:
        anchor, walk.anchor = walk.anchor, None
    elif walk.open:
        anchor = anchor_of(walk.open[-1])
        if len(text) > MAX_BETWEEN_CHARS:
            walk.anchor = None  # it leads to this text, not to the next heading
    is_link = line.linked >= LINK_SHARE * line.chars
    is_bold = kind is BlockKind.HEADING and not HEADING.fullmatch(walk.open[-1].name)
    walk.blocks.append(HtmlBlock(kind, text, level, anchor, is_link, line.files > 0, is_bold))


def _kind(walk: _Walk, line: _Line, text: str) -> tuple[BlockKind, int | None]:
    """Return what the block is, by the elements it stands in, and the level of a heading."""
    level = heading_level(walk.open)
    if (level == 1 or is_title(walk.open)) and not walk.has_title:
        walk.has_title = True
        return BlockKind.TITLE, None
    if level is not None:
        walk.level = level
        return BlockKind.HEADING, level
    kind = kind_inside(walk.open, text)
    if kind is BlockKind.PARAGRAPH and line.is_bold and is_pseudo_heading(walk.open, text):
        return BlockKind.HEADING, min(walk.level + 1, 6)
    return kind, None


def _add_table(walk: _Walk, table: Tag) -> None:
    caption = table.find("caption")
    if isinstance(caption, Tag):
        walk.blocks.append(HtmlBlock(BlockKind.CAPTION, text_of(caption)))
    lines = (" | ".join(_words_of(cell) for cell in row).rstrip(" |") for row in grid_of(table))
    walk.blocks.append(HtmlBlock(BlockKind.TABLE, "\n".join(lines), None, anchor_of(table)))


def _words_of(cell: Tag | None) -> str:
    return "" if cell is None else text_of(cell)
