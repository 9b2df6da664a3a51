"""The extract of a passage that shows why it was found."""

from __future__ import annotations

from bisect import bisect_left
from types import MappingProxyType
from typing import TYPE_CHECKING, assert_never

from searcher.analysis.tokens import WORD, exact_form, forms, is_stop, stem
from searcher.document import Span
from searcher.frozen import dataclass
from searcher.query.tree import And, Not, Or, Phrase, Prefix, Query, Range, Value, Word
from searcher.results.answer import Snippet

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

LENGTH = 320
"""Code points that a snippet has at most."""
OTHER_INITIALS = MappingProxyType({"i": "e"})
"""Where a form begins otherwise than its stem: "enquire" is looked up as "inquire"."""

Place = tuple[int, int]
"""Where a word of a text begins and ends."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a query looks for in text: stems, beginnings, and runs of exact forms."""

    stems: frozenset[str]
    starts: tuple[str, ...]
    runs: tuple[tuple[str, ...], ...]

    def initials(self) -> set[str]:
        """Return the small ASCII letters and digits that a word looked for may begin with."""
        texts = (*self.stems, *self.starts, *(run[0] for run in self.runs))
        found = {text[0].lower() for text in texts if text}
        return found | {OTHER_INITIALS.get(initial, initial) for initial in found}


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
    words = list(WORD.finditer(text))
    marked = _marked(words, what)
    places = [word.span() for word in words]
    first, last = _window(text, places, marked)
    highlights = tuple(
        Span(begin - first, end - first)
        for begin, end in (places[n] for n in sorted(marked))
        if first <= begin and end <= last
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


def _marked(words: Sequence[re.Match[str]], what: Wanted) -> dict[int, str]:
    """Return the positions of the words that were looked for, each with what it stands for."""
    marked: dict[int, str] = {}
    initials = what.initials()
    for n, word in enumerate(words):
        initial = word[0][0]
        if initial.lower() not in initials and initial.isascii():
            continue
        form = exact_form(word[0])
        if not is_stop(form) and stem(form) in what.stems:
            marked[n] = stem(form)
        elif what.starts and form.startswith(what.starts):
            marked[n] = form
        for run in what.runs:
            beside = words[n : n + len(run)]
            if form == run[0] and tuple(exact_form(one[0]) for one in beside) == run:
                marked |= {n + k: other for k, other in enumerate(run)}
    return marked


def _window(text: str, words: Sequence[Place], marked: dict[int, str]) -> Place:
    """Return the ends of the extract: whole words, as many different marked ones as can be.

    It begins at a marked word that goes in whole, if there is one.
    """
    if len(text) <= LENGTH or not words:
        return 0, len(text)
    places = [n for n in sorted(marked) if words[n][1] - words[n][0] <= LENGTH // 2]
    places = places or sorted(marked) or [0]
    starts = [words[n][0] for n in places]

    def value(n: int) -> tuple[int, int]:
        end = bisect_left(starts, words[places[n]][0] + LENGTH // 2)
        held = places[n:end]
        return len({marked.get(place) for place in held}), len(held)

    best = places[max(range(len(places)), key=value)]
    first = _sentence_start(text, words[best][0])
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


def _word_end(text: str, words: Sequence[Place], window: Place) -> int:
    """Return the last end of a word in the window; of a word that is longer, what goes in."""
    first, limit = window
    if limit >= len(text):
        return len(text)
    return max((end for _, end in words if first < end <= limit), default=limit)
