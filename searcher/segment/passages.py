"""Passages: sections cut at paragraph ends into pieces of about 120 to 250 words.

A passage lies on one page. A block that is longer than a passage is cut at its sentence ends,
and a sentence that is longer than a passage (a table, a list of names) between words.
What a section has too little of stays a short passage. Headings stand in the section path of the
passages below them, and in a passage only where nothing stands below: so nothing of a page's
body is left out.
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

ENOUGH_WORDS = 120
MOST_WORDS = 250
SHORT_TAIL_WORDS = 40

_SENTENCE_END = re.compile(r"(?<=[.!?;:])[\"”’)\]]*\s+|\n")


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

    Every body block is in them, but for headings that are in the section path of one of them.
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
    return sum(1 for _ in WORD.finditer(text))


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
    return block.kind not in FURNITURE and block.span.start < block.span.end


def _runs(
    page: Page, parts: Sequence[Section], told: Collection[tuple[str, ...]]
) -> Iterator[tuple[Section, list[Block]]]:
    """Yield the page's blocks by section; footnotes and contents apart from the running text."""
    starts = [part.span.start for part in parts]

    def place(block: Block) -> tuple[int, bool]:
        at = max(bisect_right(starts, block.span.start) - 1, 0)
        return at, block.kind in {BlockKind.FOOTNOTE, BlockKind.TOC}

    for (at, _), run in groupby(filter(_is_body, page.blocks), key=place):
        path = parts[at].path
        blocks = [b for b in run if b.kind is not BlockKind.HEADING or path not in told]
        if blocks:
            yield parts[at], blocks


def _cut(text: str, blocks: Sequence[Block]) -> list[_Piece]:
    pieces: list[_Piece] = []
    piece = _Piece()
    for block in blocks:
        for span in _within_size(text, block.span):
            words = count_words(span.of(text))
            full = piece.words >= ENOUGH_WORDS or piece.words + words > MOST_WORDS
            if piece.spans and full:
                pieces.append(piece)
                piece = _Piece()
            piece.add(span, words)
    if piece.spans:
        pieces.append(piece)
    return _without_short_tail(pieces)


def _without_short_tail(pieces: list[_Piece]) -> list[_Piece]:
    if len(pieces) > 1 and pieces[-1].words < SHORT_TAIL_WORDS:
        tail = pieces.pop()
        for span in tail.spans:
            pieces[-1].add(span, 0)
    return pieces


def _within_size(text: str, span: Span) -> Iterator[Span]:
    """Yield ``span`` whole, or in runs of sentences where it is too long for a passage."""
    if count_words(span.of(text)) <= MOST_WORDS:
        yield span
        return
    start, words = span.start, 0
    previous = span.start
    for end in _breaks(text, span):
        here = count_words(text[previous:end])
        if words and words + here > MOST_WORDS:
            yield Span(start, previous)
            start, words = previous, 0
        words += here
        previous = end
    yield Span(start, span.end)


def _breaks(text: str, span: Span) -> Iterator[int]:
    """Yield where ``span`` may be cut, its end last: no two are more than a passage apart."""
    start = span.start
    ends = [match.end() for match in _SENTENCE_END.finditer(text, span.start, span.end)]
    for end in (*ends, span.end):
        words = [match.start() for match in WORD.finditer(text, start, end)]
        yield from words[MOST_WORDS::MOST_WORDS]
        yield end
        start = end
