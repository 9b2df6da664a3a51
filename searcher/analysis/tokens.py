"""Tokens of a text with their places, their exact forms and their stems.

A form is what quotation marks match: case folded, accents off, apostrophes straight, "U.S." without
its full stops, "well-being" without its hyphen; "IT" is another than "it". A stem is what a plain
word matches: the form without a possessive, in one of its British and American spellings, reduced
by Snowball's English stemmer (Porter 2); that of an amount, "1.2m", is its number. Offsets count
code points of the text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import Stemmer

from searcher.analysis.spelling import one_spelling

if TYPE_CHECKING:
    from collections.abc import Iterator

_LETTER = r"[^\W_²³¹⁰⁴-⁹₀-₉¼-¾⅐-⅟①-⓿]"
"""A letter or digit; a raised figure is none, since a note's mark often stands behind a word."""
_LETTERS = rf"{_LETTER}+ (?: [\u0300-\u036f]+ {_LETTER}* )*"
"""A run of them, with the accents that stand behind them."""
_JOINING = r"""[-‐‑] (?i: (?<=\bco.)(?=op|ord) | (?<=\be.)(?=mail) | (?<=\bon.)(?=line)
    | (?<=\boff.)(?=line) | (?<=\bwell.)(?=being) )"""
"""The hyphen of a word that as many write without: "co-operate", "e-mail", "well-being"."""
WORD = re.compile(
    rf"""
    [A-Za-z] (?: (?: \.[A-Za-z] )+ \.? | [A-Za-z]?&[A-Za-z]{{1,2}} )   # U.S.  e.g.  A&E
        (?! [.&'’]? {_LETTER} )
    | (?: \d{{1,3}} (?: ,\d{{3}} )+ | \d+ ) (?: \.\d+ )* (?: {_LETTERS} )?   # 7  10,000  1.2m  3rd
    | {_LETTERS} (?: (?: ['’] | {_JOINING} ) {_LETTERS} )*   # word  children's  A4  well-being
    """,
    re.VERBOSE,
)
CAPITALS = frozenset({"IT", "US", "WHO"})
"""Words that in capitals are others than in small letters, and common as both."""
_MARKS = {ord(mark): None for mark in ".-‐‑"}
_UNITS = ("bn", "mn", "km", "cm", "mm", "kg", "mg", "ml", "k", "m")
STOP_WORDS = frozenset(
    """
    a about after all also an and any are as at be because been before being between both but by
    can could did do does eg for from had has have he her him his how i ie if in into is it its me
    more most my no nor not of on or other our she should so some such than that the their them
    then there these they this those through to under until up upon very was we were what when
    where which while who whom whose why will with within without would you your
    """.split()
)

_STEMMER = Stemmer.Stemmer("english")


class Token(NamedTuple):
    """One word of a text: its exact form and where it stands."""

    form: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """Yield the words of ``text`` in order."""
    for match in WORD.finditer(text):
        yield Token(exact_form(match.group()), match.start(), match.end())


def forms(text: str) -> list[str]:
    """Return the exact forms of the words of ``text``, in order."""
    return [exact_form(word) for word in WORD.findall(text)]


@lru_cache(maxsize=1 << 17)
def exact_form(word: str) -> str:
    """Return ``word`` as an exact match compares it; a form is its own form."""
    letters = word.replace(".", "")
    if letters in CAPITALS:
        return letters
    form = word.casefold()
    if not form.isascii():
        decomposed = unicodedata.normalize("NFKD", form.replace("’", "'")).casefold()
        form = "".join(char for char in decomposed if not unicodedata.combining(char))
        if not WORD.fullmatch(form):  # a letter that stands for several, as ﷺ
            form = "".join(char for char in form if WORD.match(char)) or word
    return form.translate(_MARKS) if form[0].isalpha() else form.replace(",", "")


@lru_cache(maxsize=1 << 17)
def stem(form: str) -> str:
    """Return what every inflection of ``form`` has in common."""
    word = _number(form) if form[:1].isdigit() else form.lower()
    word = word.removesuffix("'s").replace("'", "")
    return str(_STEMMER.stemWord(one_spelling(word)))


def _number(form: str) -> str:
    """Return the number of an amount; what is none, as "3rd", stays whole."""
    for unit in _UNITS:
        number = form.removesuffix(unit)
        if number != form:
            return number if number.replace(".", "").isdigit() else form
    return form


def is_stop(form: str) -> bool:
    """Tell whether ``form`` is too common in English to tell one passage from another."""
    return form in STOP_WORDS
