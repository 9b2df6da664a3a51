"""A parsed query made ready for an index: one form a word, ids for labels, filters joined."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, assert_never

from searcher.analysis.tokens import CAPITALS, forms, is_stop
from searcher.query.tree import And, Not, Or, Phrase, Prefix, Query, Range, Value, Word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from searcher.search.values import Values

MOST_AMBIGUOUS = 3
"""Words of a phrase that are looked for in both cases; with more it is taken as it is written."""
LONG_WORD = 5
"""Letters: a query in capitals alone that has such a word is shouted, and no row of acronyms."""


def prepare(query: Query, values: Values) -> Query:
    """Return ``query`` with each word split into its forms and each value resolved.

    Stop words are passed over where something else is asked for; a query of stop words alone
    looks for their exact forms.

    Raises:
        UnknownNameError: a value is not in the vocabulary or the index.
    """
    match query:
        case Word() as word:
            return _together(_words(word)) or _exactly(word)
        case Prefix(text, field):
            return _beginning(forms(text), field)
        case Phrase() as phrase:
            return _in_either_case(phrase)
        case Range():
            return query
        case Value() as value:
            return values.resolve(value)
        case And(clauses, implicit):
            return _all_of(clauses, values, implicit=implicit)
        case Or(clauses):
            return Or(tuple(prepare(clause, values) for clause in clauses))
        case Not(clause):
            return Not(prepare(clause, values))
        case _:
            assert_never(query)


def relaxed(query: Query) -> Query | None:
    """Return ``query`` with any of its side-by-side words enough, or ``None`` if it has none.

    Quotation marks, operators, fields of the record and negations stay demands.
    """
    if not isinstance(query, And) or not query.implicit:
        return None
    loose = tuple(c for c in query.clauses if isinstance(c, Word | Prefix))
    strict = tuple(c for c in query.clauses if not isinstance(c, Word | Prefix))
    if len(loose) < 2:
        return None
    return And((Or(loose), *strict)) if strict else Or(loose)


def with_filters(query: Query, filters: Iterable[Query]) -> Query:
    """Return ``query`` narrowed by ``filters``, which come last and do not score."""
    clauses = (query, *filters)
    return And(clauses) if len(clauses) > 1 else query


def _all_of(clauses: tuple[Query, ...], values: Values, *, implicit: bool) -> Query:
    ready: list[Query] = []
    clauses = _spoken(clauses)
    for clause in clauses:
        if isinstance(clause, Word):
            ready += _words(clause)
        else:
            ready.append(prepare(clause, values))
    if not ready:
        ready = [_exactly(clause) for clause in clauses if isinstance(clause, Word)]
    return ready[0] if len(ready) == 1 else And(tuple(ready), implicit=implicit)


def _words(word: Word) -> list[Word]:
    """Return the forms of ``word`` that are not stop words: "looked-after" has "looked" alone."""
    return [Word(form, word.field) for form in forms(word.text) if not is_stop(form)]


def _together(words: list[Word]) -> Query | None:
    if len(words) > 1:
        return And(tuple(words), implicit=True)
    return words[0] if words else None


def _beginning(parts: list[str], field: str | None) -> Query:
    """Return a beginning of one word: of "co-prod" that is "prod", and "co" has to be there."""
    *before, last = parts
    start = Prefix(last, field)
    return And((Phrase(" ".join(before), field), start)) if before else start


def _exactly(word: Word) -> Query:
    return _in_either_case(Phrase(" ".join(forms(word.text)), word.field))


def _in_either_case(phrase: Phrase) -> Query:
    """Return ``phrase`` so that its capitals part nothing: "it systems" is also "IT systems"."""
    words = forms(phrase.text)
    if not 0 < sum(form.upper() in CAPITALS for form in words) <= MOST_AMBIGUOUS:
        return phrase
    cases = [(w.lower(), w.upper()) if w.upper() in CAPITALS else (w,) for w in words]
    return Or(tuple(Phrase(" ".join(chosen), phrase.field) for chosen in product(*cases)))


def _spoken(clauses: tuple[Query, ...]) -> tuple[Query, ...]:
    """Return ``clauses`` in small letters where all are words in capitals, and not all short."""
    words = [clause.text for clause in clauses if isinstance(clause, Word)]
    if len(words) < len(clauses) or not all(word.isupper() for word in words):
        return clauses
    if max(map(len, words)) < LONG_WORD:
        return clauses
    return tuple(Word(c.text.lower(), c.field) for c in clauses if isinstance(c, Word))
