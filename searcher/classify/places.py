"""Where in a report words stand, and so how much a mention of a concept there says.

Contents pages, running headers and footers, page numbers, footnotes and lists of references say
what others wrote about, or say again what stands elsewhere: they are no places.
"""

from __future__ import annotations

from bisect import bisect_right
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

from searcher.document import FURNITURE, Block, BlockKind, SectionKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from searcher.document import Document, Page, Section, Span

_NOWHERE = FURNITURE | {BlockKind.TOC, BlockKind.FOOTNOTE}
_CONTENTS = frozenset({"contents", "table of contents", "list of contents"})


class Place(IntEnum):
    """A part of a report; the greater, the more a mention in it says."""

    BODY = 1
    METHOD = 2
    SUMMARY = 3
    HEADING = 4
    TITLE = 5


class Line(NamedTuple):
    """A run of text no name reaches out of."""

    place: Place
    span: Span


def lines(document: Document, sections: Sequence[Section]) -> Iterator[Line]:
    """Yield the text that says what ``document`` is about, in order.

    Without ``sections`` nothing is known to be a summary, a method or a list of references.
    """
    starts = [section.span.start for section in sections]
    for page in document.pages:
        for block in page.blocks or _unstructured(page):
            at = bisect_right(starts, block.span.start) - 1
            place = _place(document, block, section=sections[at] if at >= 0 else None)
            if place is not None:
                yield Line(place, block.span)


def _unstructured(page: Page) -> tuple[Block, ...]:
    return (Block(BlockKind.PARAGRAPH, page.body),)


def _place(document: Document, block: Block, *, section: Section | None) -> Place | None:
    if block.kind in _NOWHERE or (section is not None and _is_list(section)):
        return None
    title = document.metadata.title
    if title is not None and title.span is not None and title.span.holds(block.span):
        return Place.TITLE
    match block.kind:
        case BlockKind.TITLE:
            return Place.TITLE
        case BlockKind.HEADING:
            return Place.HEADING
        case _:
            return _place_in(section)


def _is_list(section: Section) -> bool:
    """Tell whether ``section`` lists references or the report's own contents."""
    last = section.path[-1].strip().casefold() if section.path else ""
    return section.kind is SectionKind.REFERENCES or last in _CONTENTS


def _place_in(section: Section | None) -> Place:
    kind = section.kind if section else SectionKind.OTHER
    return {SectionKind.SUMMARY: Place.SUMMARY, SectionKind.METHOD: Place.METHOD}.get(
        kind, Place.BODY
    )
