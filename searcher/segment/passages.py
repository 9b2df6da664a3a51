"""Passages: sections cut at paragraph ends into pieces of about 120 to 250 words.

A passage lies on one page: what stands between a page's last line and the next page's first
(footnotes, running lines) would be in it. A list stays with the line that leads to it and a table
with its caption where they are no longer than a passage. A block that is longer is cut at its
sentence ends, a table at its rows, and what is longer still between words. What a section has too
little of stays a short passage. Headings stand in the section path of the passages below them,
and in a passage only where nothing stands below; contents are in none, because they answer
nothing that they do not lead to. Nothing else of a page's body is left out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from searcher.analysis.tokens import WORD
from searcher.document import FURNITURE, BlockKind, Passage, Span
from searcher.segment.sections import sections

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from searcher.document import Block, Document, Page, Section

_NOWHERE = FURNITURE | {BlockKind.TOC}
_APART = _NOWHERE | {BlockKind.FOOTNOTE}
ENOUGH_WORDS = 120
MOST_WORDS = 250
SHORT_TAIL_WORDS = 40

_SENTENCE_END = re.compile(r"(?<=[.!?;:])[\"”’)\]]*\s+|\n")
_ROW_END = re.compile(r"\n")


@dataclass(slots=True)
class _Piece:
    """A run of neighbouring spans that is growing into a passage."""

    spans: list[Span] = field(default_factory=list)
    words: int = 0

    def add(self, span: Span, words: int) -> None:
        self.spans.append(span)
        self.words += words

    @property
    def span(self) -> Span:
        return Span(self.spans[0].start, self.spans[-1].end)


def passages(document: Document, parts: Sequence[Section] | None = None) -> tuple[Passage, ...]:
    """Return the passages of ``document``: in order and apart.

    Every body block is in them, but for contents, and for headings that are in the section path
    of one of them.
    """
    parts = sections(document) if parts is None else parts
    told = _told(document, parts)
    found: list[Passage] = []
    for page in document.pages:
        for part, blocks in _runs(page, parts, told):
            found.extend(
                Passage(piece.span, page.number, page.number, part)
                for piece in _cut(document.text, blocks)
            )
    return tuple(found)


def count_words(text: str) -> int:
    """Return how many words ``text`` has."""
    return len(WORD.findall(text))


def _told(document: Document, parts: Sequence[Section]) -> frozenset[tuple[str, ...]]:
    """Return the paths that lead to text: of sections that have some, and of those above them."""
    told: set[tuple[str, ...]] = set()
    for _, part in _placed(document, parts):
        told.update(part.path[:depth] for depth in range(1, len(part.path) + 1))
    return frozenset(told)


def _placed(document: Document, parts: Sequence[Section]) -> Iterator[tuple[Block, Section]]:
    """Yield the blocks of the body that are no headings, each with its section."""
    starts = [part.span.start for part in parts]
    for page in document.pages:
        for block in page.blocks:
            if _is_body(block) and block.kind is not BlockKind.HEADING:
                yield block, parts[max(bisect_right(starts, block.span.start) - 1, 0)]


def _is_body(block: Block) -> bool:
    return block.kind not in _NOWHERE and block.span.start < block.span.end


def _runs(
    page: Page, parts: Sequence[Section], told: Collection[tuple[str, ...]]
) -> Iterator[tuple[Section, list[Block]]]:
    """Yield the page's blocks by section; footnotes apart from the running text."""
    starts = [part.span.start for part in parts]

    def place(block: Block) -> tuple[int, BlockKind | None]:
        at = max(bisect_right(starts, block.span.start) - 1, 0)
        return at, block.kind if block.kind in _APART else None

    for (at, _), run in groupby(page.blocks, key=place):
        path = parts[at].path
        body = filter(_is_body, run)
        blocks = [b for b in body if b.kind is not BlockKind.HEADING or path not in told]
        if blocks:
            yield parts[at], blocks


def _cut(text: str, blocks: Sequence[Block]) -> list[_Piece]:
    pieces: list[_Piece] = []
    piece = _Piece()
    for unit in _units(text, blocks):
        for span in _within_size(text, unit):
            words = count_words(span.of(text))
            full = piece.words >= ENOUGH_WORDS or piece.words + words > MOST_WORDS
            if piece.spans and full:
                pieces.append(piece)
                piece = _Piece()
            piece.add(span, words)
    if piece.spans:
        pieces.append(piece)
    return _without_short_tail(pieces)


def _units(text: str, blocks: Sequence[Block]) -> Iterator[Sequence[Block]]:
    """Yield ``blocks`` by what is kept together: a list and its lead-in, a table and its caption.

    What is longer together than a passage is yielded block by block.
    """
    unit: list[Block] = []
    for block in blocks:
        if unit and not _belong_together(text, unit[-1], block):
            yield from _that_fit(text, unit)
            unit = []
        unit.append(block)
    yield from _that_fit(text, unit)


def _that_fit(text: str, unit: Sequence[Block]) -> Iterator[Sequence[Block]]:
    if sum(count_words(block.span.of(text)) for block in unit) <= MOST_WORDS:
        yield unit
    else:
        yield from ([block] for block in unit)


def _belong_together(text: str, block: Block, following: Block) -> bool:
    kinds = block.kind, following.kind
    if following.kind is BlockKind.LIST_ITEM:
        return block.kind is BlockKind.LIST_ITEM or block.span.of(text).rstrip().endswith(":")
    return kinds == (BlockKind.CAPTION, BlockKind.TABLE)


def _without_short_tail(pieces: list[_Piece]) -> list[_Piece]:
    if len(pieces) > 1 and pieces[-1].words < SHORT_TAIL_WORDS:
        tail = pieces.pop()
        for span in tail.spans:
            pieces[-1].add(span, 0)
    return pieces


def _within_size(text: str, unit: Sequence[Block]) -> Iterator[Span]:
    """Yield ``unit`` whole, or in runs of sentences or rows where it is too long for a passage."""
    span = Span(unit[0].span.start, unit[-1].span.end)
    if len(unit) > 1 or count_words(span.of(text)) <= MOST_WORDS:
        yield span
        return
    ends = _ROW_END if unit[0].kind is BlockKind.TABLE else _SENTENCE_END
    start, words = span.start, 0
    previous = span.start
    for end in _breaks(text, span, ends):
        here = count_words(text[previous:end])
        if words and words + here > MOST_WORDS:
            yield Span(start, previous)
            start, words = previous, 0
        words += here
        previous = end
    yield Span(start, span.end)


def _breaks(text: str, span: Span, pattern: re.Pattern[str]) -> Iterator[int]:
    """Yield where ``span`` may be cut, its end last: no two are more than a passage apart."""
    start = span.start
    ends = [match.end() for match in pattern.finditer(text, span.start, span.end)]
    for end in (*ends, span.end):
        words = [match.start() for match in WORD.finditer(text, start, end)]
        yield from words[MOST_WORDS::MOST_WORDS]
        yield end
        start = end
