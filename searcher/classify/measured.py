"""Sentences that measure: with a figure, a change or a comparison.

A report on children in care names school attendance in many sentences; it reports attendance as
an outcome where it says how much, or that it rose. That is what these sentences are found by.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from searcher.analysis.tokens import WORD, exact_form, stem
from searcher.document import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_SENTENCE_END = re.compile(r"(?<=[.!?;])[\"”’)\]]*\s+")
_WORDS_OF_CHANGE = """
    reduce reduction increase decrease fall fell fallen rise rose risen improve improvement decline
    drop grow grew grown shrink doubled halved lower higher fewer better worse greater smaller than
    compared comparison significant proportion percentage percent rate average mean median
    deteriorate worsen unchanged stable
"""
_STEMS_OF_CHANGE = frozenset(stem(word) for word in _WORDS_OF_CHANGE.split())


def sentences_that_measure(text: str, span: Span) -> tuple[Span, ...]:
    """Return the sentences of ``text`` within ``span`` that measure something, in order."""
    return tuple(part for part in _sentences(text, span) if measures(part.of(text)))


def measures(sentence: str) -> bool:
    """Tell whether ``sentence`` holds a figure or a word of change or comparison."""
    return any(map(_tells, WORD.findall(sentence)))


@lru_cache(maxsize=1 << 16)
def _tells(word: str) -> bool:
    form = exact_form(word)
    return form[0].isdigit() or stem(form) in _STEMS_OF_CHANGE


def _sentences(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    for end in _SENTENCE_END.finditer(text, span.start, span.end):
        yield Span(start, end.end())
        start = end.end()
    yield Span(start, span.end)
