"""Blocks in, a document out: the one place where a document's text is laid down.

Blocks are joined by a blank line and hold none themselves. A page's text is its body in the
order given, then its footnotes, then its furniture; ``Page.body`` covers all but the furniture.
The blank line between two pages belongs to the page before it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from searcher.document import (
    FURNITURE,
    UNTOLD,
    Block,
    BlockKind,
    Document,
    Metadata,
    Page,
    PageReading,
    Span,
)

SEPARATOR = "\n\n"

_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_SPACES = {ord("\t"): " ", 0x0B: "\n", 0x0C: "\n", 0x85: "\n", 0x2028: "\n", 0x2029: "\n"}
# Soft hyphen, zero-width space, direction marks and overrides, word joiner, byte order mark.
_INVISIBLE = (0xAD, 0x61C, 0x200B, *range(0x200E, 0x2010), *range(0x202A, 0x202F), 0x2060)
_INVISIBLE += (*range(0x2066, 0x206A), 0xFEFF)
_CONTROLS = (*range(0x0A), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0))
_CLEAN: dict[int, str | None] = {
    **dict.fromkeys((*_CONTROLS, *_INVISIBLE)),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
    **_LIGATURES,
    **_SPACES,
}
_NEEDS_CLEANING = re.compile("[" + "".join(re.escape(chr(code)) for code in sorted(_CLEAN)) + "]")
_BLANKS = re.compile(r"[^\S\n]+")
_LINE_ENDS = re.compile(r" ?\n[ \n]*")
_LIGATURE = re.compile("[\ufb00-\ufb06]")


def clean(text: str) -> str:
    r"""Return ``text`` as a block may hold it.

    Out go control characters, soft hyphens, direction marks and half surrogates; ligature code
    points become their letters; white space becomes one space, or one ``\n`` where it held a
    line's end; none is left at either end. The result is NFC. ``clean(clean(t)) == clean(t)``.
    """
    if text.isprintable() and "  " not in text:  # nearly always: nothing to go but ligatures
        if not text.isascii() and _LIGATURE.search(text):
            text = text.translate(_CLEAN)
        return unicodedata.normalize("NFC", text).strip()
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _NEEDS_CLEANING.search(text):
        text = text.translate(_CLEAN)
    text = unicodedata.normalize("NFC", text)
    return _LINE_ENDS.sub("\n", _BLANKS.sub(" ", text)).strip()


@dataclass(frozen=True, slots=True)
class _Draft:
    """A block whose place is not known before its page ends."""

    kind: BlockKind
    text: str
    level: int | None
    anchor: str | None


class DocumentBuilder:
    """Lays blocks down: ``add`` and ``end_page`` as often as there are pages, then ``build``."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._pages: list[Page] = []
        self._page_start = 0
        self._blocks: list[Block] = []
        self._footnotes: list[_Draft] = []
        self._furniture: list[_Draft] = []

    def add(
        self, kind: BlockKind, text: str, *, level: int | None = None, anchor: str | None = None
    ) -> Span | None:
        """Add a block to the open page; return its span where that is known already.

        A footnote and furniture find their place when the page ends, a text that is empty once
        cleaned has none and is left out: both return ``None``.
        """
        text = clean(text)
        if not text:
            return None
        draft = _Draft(kind, text, level, anchor)
        if kind is BlockKind.FOOTNOTE:
            self._footnotes.append(draft)
            return None
        if kind in FURNITURE:
            self._furniture.append(draft)
            return None
        return self._lay(draft)

    def end_page(
        self, label: str | None = None, *, has_ink: bool = True, reading: PageReading = UNTOLD
    ) -> Page:
        """Close the open page, which may be empty, and return it; the next page is open."""
        for draft in self._footnotes:
            self._lay(draft)
        body_end = self._length
        for draft in self._furniture:
            self._lay(draft)
        if self._blocks:
            self._write(SEPARATOR)
        start = self._page_start
        page = Page(
            number=len(self._pages) + 1,
            label=label,
            span=Span(start, self._length),
            body=Span(start, body_end),
            blocks=tuple(self._blocks),
            has_ink=has_ink,
            reading=reading,
        )
        self._pages.append(page)
        self._page_start = self._length
        self._blocks, self._footnotes, self._furniture = [], [], []
        return page

    def build(
        self, *, media_type: str, reader: str, metadata: Metadata | None = None, paged: bool = True
    ) -> Document:
        """Return the document of all pages ended; a page left open is ended if it holds a block."""
        if self._blocks or self._footnotes or self._furniture:
            self.end_page()
        text = "".join(self._parts).removesuffix(SEPARATOR)
        end = len(text)
        pages = (
            replace(
                page,
                span=Span(min(page.span.start, end), min(page.span.end, end)),
                body=Span(min(page.body.start, end), min(page.body.end, end)),
            )
            for page in self._pages
        )
        return Document(text, tuple(pages), media_type, reader, metadata or Metadata(), paged)

    def _lay(self, draft: _Draft) -> Span:
        if self._blocks:
            self._write(SEPARATOR)
        span = Span(self._length, self._length + len(draft.text))
        self._write(draft.text)
        self._blocks.append(Block(draft.kind, span, draft.level, draft.anchor))
        return span

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
