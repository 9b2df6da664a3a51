"""A document's pages in figures: words, those a dictionary knows, furniture, headings.

A dictionary is asked for what it may be expected to have: a word of two letters or more. A name
(a capital, then small letters) and an abbreviation (up to five capitals) count where they are
known, and otherwise not at all; figures and addresses (web, mail) never do.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from searcher.analysis.tokens import WORD
from searcher.dictionary import is_word
from searcher.document import FURNITURE, BlockKind
from searcher.results.quality import PageFigures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searcher.document import Document, Page

_LONGEST_ABBREVIATION = 5  # letters
_ADDRESS = re.compile(r"(?:\w+://|www\.)\S+|\S+@\S+|\S+\.(?:gov|org|com|ac|co)\b\S*")
_NOT_ASKED, _UNKNOWN, _KNOWN = range(3)


def page_figures(document: Document) -> tuple[PageFigures, ...]:
    """Return the figures of every page of ``document``, in order."""
    return tuple(_figures(document, page) for page in document.pages)


def _figures(document: Document, page: Page) -> PageFigures:
    text = document.text
    words = WORD.findall(text, page.body.start, page.body.end)
    body = page.body.of(text)
    has_address = "www." in body or "://" in body or "@" in body
    asked, known = _asked_and_known(WORD.findall(_ADDRESS.sub(" ", body)) if has_address else words)
    furniture = [block for block in page.blocks if block.kind in FURNITURE]
    how = page.reading
    return PageFigures(
        number=page.number,
        label=page.label,
        words=len(words),
        asked=asked,
        known=known,
        is_unread=page.is_unread,
        headings=sum(block.kind is BlockKind.HEADING for block in page.blocks),
        furniture=len(furniture),
        furniture_words=len(WORD.findall(text, page.body.end, page.span.end)),
        columns=how.columns,
        hyphens=how.hyphens,
        garbled=how.garbled,
        contradicted=how.contradicted,
        reader=how.reader or document.reader,
        why=how.why,
        confidence=how.confidence,
    )


def _asked_and_known(words: Sequence[str]) -> tuple[int, int]:
    """Return how many of ``words`` a dictionary can be asked for, and how many it knows."""
    verdicts = [_verdict(word) for word in words]
    known = verdicts.count(_KNOWN)
    return known + verdicts.count(_UNKNOWN), known


@lru_cache(maxsize=1 << 16)
def _verdict(word: str) -> int:
    letters = word.replace("’", "").replace("'", "")
    if len(letters) < 2 or not letters.isalpha():
        return _NOT_ASKED
    if is_word(word):
        return _KNOWN
    is_name = letters[0].isupper() and letters[1:].islower()
    is_abbreviation = letters.isupper() and len(letters) <= _LONGEST_ABBREVIATION
    return _NOT_ASKED if is_name or is_abbreviation else _UNKNOWN
