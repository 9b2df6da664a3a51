"""What may have been meant by a word that stands in no passage.

Nothing is ever searched for unasked: a suggestion is offered beside the answer.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from searcher.analysis.tokens import WORD, exact_form, forms, is_stop
from searcher.query.tree import Phrase, Query, Word
from searcher.search.snippet import text_clauses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.index.backend import Index

ALIKE = 0.8
"""The share of characters in common from which a word may have been meant."""
SHORTEST = 4
"""Letters below which every word has neighbours."""


def suggestion(index: Index, text: str, query: Query) -> str | None:
    """Return ``text`` with each word that is in no passage replaced by the nearest that is.

    ``query`` is ``text`` parsed. A word with nothing near to it stays; where none is replaced
    there is no suggestion.
    """
    unknown = {form for form in _asked(query) if not index.search(Word(form)).best(1)}
    found = {form: near for form in unknown if (near := _nearest(index, form))}
    if not found:
        return None
    return WORD.sub(lambda word: found.get(exact_form(word[0]), word[0]), text)


def _asked(query: Query) -> Iterator[str]:
    """Yield the exact forms of the words that ``query`` looks for in text."""
    for clause in text_clauses(query):
        if isinstance(clause, Word | Phrase):
            yield from (form for form in forms(clause.text) if not is_stop(form))


def _nearest(index: Index, form: str) -> str | None:
    """Return the word that ``form`` was meant for; its first letter stands.

    Of words one slip away that is the one in most passages, else the word spelled most like it.
    """
    if len(form) < SHORTEST or not form.isalpha():
        return None
    words = [word for word in index.words(form[0]) if abs(len(word) - len(form)) <= 2]
    slips = [word for word in words if is_one_slip(word, form)]
    if slips:
        return max(slips, key=lambda word: sum(index.search(Word(word)).counts().values()))
    from difflib import get_close_matches

    return next(iter(get_close_matches(form, words, n=1, cutoff=ALIKE)), None)


def is_one_slip(one: str, other: str) -> bool:
    """Tell whether one letter is missing, added or another, or two neighbours are swapped."""
    short, long = sorted((one, other), key=len)
    same = sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(short, long, strict=False))
    )
    left, right = short[same:], long[same:]
    if len(left) < len(right):
        return left == right[1:]
    return left[1:] == right[1:] or (left[:2] == right[1::-1] and left[2:] == right[2:])
