"""The extract of a passage that shows why it was found."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, assert_never

from searcher.analysis.tokens import Token, forms, is_stop, stem, tokens
from searcher.document import Span
from searcher.frozen import dataclass
from searcher.query.tree import And, Not, Or, Phrase, Prefix, Query, Range, Value, Word
from searcher.results.answer import Snippet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LENGTH = 320
"""Code points that a snippet has at most."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a query looks for in text: stems, beginnings, and runs of exact forms."""

    stems: frozenset[str]
    starts: tuple[str, ...]
    runs: tuple[tuple[str, ...], ...]


def wanted(query: Query) -> Wanted:
    """Return what ``query`` looks for; what it excludes is not looked for."""
    stems: set[str] = set()
    starts: list[str] = []
    runs: list[tuple[str, ...]] = []
    for clause in text_clauses(query):
        match clause:
            case Word(text):
                stems.update(stem(form) for form in forms(text) if not is_stop(form))
            case Prefix(text):
                starts.append("".join(forms(text)))
            case Phrase(text):
                runs.append(tuple(forms(text)))
    return Wanted(frozenset(stems), tuple(starts), tuple(runs))


def snippet(text: str, start: int, what: Wanted) -> Snippet:
    """Return the extract of the passage ``text`` with the most different words of ``what``.

    ``start`` is where the passage begins in its report.
    """
    words = list(tokens(text))
    marked = _marked(words, what)
    first, last = _window(text, words, marked)
    highlights = tuple(
        Span(words[n].start - first, words[n].end - first)
        for n in sorted(marked)
        if first <= words[n].start and words[n].end <= last
    )
    return Snippet(text[first:last], highlights, Span(start + first, start + last))


def text_clauses(query: Query) -> Iterator[Word | Phrase | Prefix]:
    """Yield what ``query`` looks for in text; what it excludes is not looked for."""
    match query:
        case Word() | Phrase() | Prefix():
            yield query
        case And(clauses) | Or(clauses):
            for clause in clauses:
                yield from text_clauses(clause)
        case Not() | Value() | Range():
            return
        case _:
            assert_never(query)


def _marked(words: Sequence[Token], what: Wanted) -> dict[int, str]:
    """Return the positions of the words that were looked for, each with what it stands for."""
    marked: dict[int, str] = {}
    for n, word in enumerate(words):
        if not is_stop(word.form) and stem(word.form) in what.stems:
            marked[n] = stem(word.form)
        elif what.starts and word.form.startswith(what.starts):
            marked[n] = word.form
        for run in what.runs:
            if word.form == run[0] and tuple(w.form for w in words[n : n + len(run)]) == run:
                marked |= {n + k: form for k, form in enumerate(run)}
    return marked


def _window(text: str, words: Sequence[Token], marked: dict[int, str]) -> tuple[int, int]:
    """Return the ends of the extract: whole words, as many different marked ones as can be.

    It begins at a marked word that goes in whole, if there is one.
    """
    if len(text) <= LENGTH or not words:
        return 0, len(text)
    places = [n for n in sorted(marked) if words[n].end - words[n].start <= LENGTH // 2]
    places = places or sorted(marked) or [0]
    starts = [words[n].start for n in places]

    def value(n: int) -> tuple[int, int]:
        end = bisect_left(starts, words[places[n]].start + LENGTH // 2)
        held = places[n:end]
        return len({marked.get(place) for place in held}), len(held)

    best = places[max(range(len(places)), key=value)]
    first = _sentence_start(text, words[best].start)
    return first, _word_end(text, words, (first, first + LENGTH))


def _sentence_start(text: str, place: int) -> int:
    """Return where the sentence of ``place`` begins, or a word not far before it."""
    earliest = max(place - LENGTH // 2, 0)
    ends = [text.rfind(mark, earliest, place) + len(mark) for mark in (". ", "\n", "? ", "! ")]
    begins = [end for end, mark in zip(ends, (2, 1, 2, 2), strict=True) if end >= earliest + mark]
    if begins:
        return max(begins)
    if earliest == 0:
        return 0
    space = text.find(" ", earliest, place)
    return space + 1 if space != -1 else earliest


def _word_end(text: str, words: Sequence[Token], window: tuple[int, int]) -> int:
    """Return the last end of a word in the window; of a word that is longer, what goes in."""
    first, limit = window
    if limit >= len(text):
        return len(text)
    return max((word.end for word in words if first < word.end <= limit), default=limit)
