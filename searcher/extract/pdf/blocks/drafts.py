"""Blocks while a page is being laid out: their lines are known, their place in the text is not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from searcher.document import BlockKind
    from searcher.extract.pdf.blocks.lines import Line

_BULLET = re.compile(
    r"^(?:[•·∙◦●○▪▫■□◼◾►▶➢➤❖✓✔✦★\uf000-\uf0ff]+\s*|\ufffd\s+|[-–—*]\s+(?=\S)|o\s+(?=[A-Z(‘“'\"]))"
)
_ITEM = re.compile(r"^\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]\s+\S")
_CAPTION = re.compile(
    r"^(?:figure|fig\.|table|chart|exhibit|graph|map|diagram|box|image)\s+"
    r"(?:[A-Z]?\d+(?:[.\-–]\d+)*|[A-Z]|[IVX]+)\b\s*(?:[.:–—|-]|$|(?=[A-Z‘“]))",
    re.IGNORECASE,
)
_LONGEST_CAPTION = 300  # letters
_PRIVATE = re.compile("[\ue000-\uf8ff]+ ?")


@dataclass(frozen=True, slots=True)
class Draft:
    """A block of one sheet: its kind so far and its lines, one or more, in reading order."""

    kind: BlockKind
    lines: tuple[Line, ...]
    text: str
    level: int | None = None

    @property
    def size(self) -> float:
        """Return the size of the first line's letters in points."""
        return self.lines[0].size

    @property
    def bold(self) -> bool:
        """Tell whether every letter is bold."""
        return all(line.bold for line in self.lines)

    @property
    def top(self) -> float:
        """Return the first baseline, in points from the sheet's top."""
        return self.lines[0].baseline


def has_bullet(text: str) -> bool:
    """Tell whether a line begins with a bullet."""
    return _BULLET.match(text) is not None


def has_item_number(text: str) -> bool:
    """Tell whether a line begins with the number or letter of an item of a list."""
    return _ITEM.match(text) is not None


def is_caption(text: str) -> bool:
    """Tell whether a block begins as the caption of a table or a figure does, and is short."""
    return len(text) <= _LONGEST_CAPTION and _CAPTION.match(text) is not None


def without_bullet(text: str) -> str:
    """Return ``text`` without its bullet, and without letters only its font could draw."""
    return _PRIVATE.sub("", _BULLET.sub("", text))
