"""The lines of a report's first sheets, where it says what it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from searcher.document import FURNITURE, BlockKind, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from searcher.document import Document, Page

_LONGEST = 300  # letters: a longer block is prose, no line of a title page


@dataclass(frozen=True, slots=True)
class CoverLine:
    """A short block near the front, or a line of one, with its place in the text."""

    text: str
    span: Span
    page: int
    kind: BlockKind

    @property
    def is_furniture(self) -> bool:
        """Tell whether it is a running header or footer."""
        return self.kind in FURNITURE


def cover_lines(document: Document, sheets: Iterable[Page]) -> tuple[CoverLine, ...]:
    """Return the short blocks of ``sheets``, pages of ``document``, line by line."""
    return tuple(_lines(document, sheets))


def _lines(document: Document, sheets: Iterable[Page]) -> Iterator[CoverLine]:
    for page in sheets:
        for block in page.blocks:
            if block.span.end - block.span.start > _LONGEST:
                continue
            start = block.span.start
            for text in block.span.of(document.text).split("\n"):
                yield CoverLine(text, Span(start, start + len(text)), page.number, block.kind)
                start += len(text) + 1
