"""Is it text or the shadow of text? Fonts without a map to letters give shifted alphabets.

A shifted alphabet has no small words and few vowels. Both must be missing, on a good sample and
in the Latin script, before a text is called garbled: a table of names lacks small words too.
Letters that no font could tell, or that no language has in such numbers, show it by themselves.
"""

from __future__ import annotations

import re
from itertools import filterfalse, islice
from math import ceil
from operator import itemgetter
from typing import TYPE_CHECKING

from searcher.extract.pdf.words import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from searcher.extract.pdf.words import PageWords, Reading

_SAMPLE = 4000  # words
_LEAST = 40  # words: fewer show nothing
_MOST_UNTOLD = 0.3  # of the words, that hold a letter no font could tell
_LEAST_SMALL = 0.02  # of the words
_MOST_STRANGE = 0.35  # of the letters: Latvian and Czech have a fifth outside of ASCII
_SMALL_WORDS = frozenset(
    "the of and to in a is for on that with as by at from are was be or an it this "
    "de la le les et des en un une du que el los y del por con der die das und von den mit "
    "ist zu di il che per van het een dat voor o da do para em yr y mae ac ar".split()
)
_TEXT = itemgetter(0)  # of a word, in half the time it takes by name
_LATIN = re.compile(r"[A-Za-z]")
_STRANGE = re.compile(r"[\u0100-\u02af]")  # where fonts of Word without a map leave their letters
_VOWEL = re.compile(r"[aeiouyAEIOUY]")
_UNTOLD = re.compile(rf"[{UNKNOWN}\x01-\x08\x0e-\x1f\x7f-\x9f]|[\ue000-\uf8ff]\S|\S[\ue000-\uf8ff]")
"""In a word: a letter no font could tell, a control character, a private one that is no bullet."""


def is_garbled(reading: Reading) -> bool:
    """Tell whether the words of ``reading`` are not the words that the sheets show."""
    words = list(islice(_words(reading.pages), _SAMPLE))
    return _is_shadow(words, _untold(words))


def is_page_garbled(page: PageWords) -> bool:
    """Tell whether the words of ``page`` are not those that it shows; too few show nothing."""
    words = list(map(_TEXT, page.words))
    return _is_shadow(words, _untold(words))


def is_telling(page: PageWords) -> bool:
    """Tell whether ``page`` has enough words to show whether they are garbled."""
    return len(page.words) >= _LEAST


def garbled_share(page: PageWords) -> float:
    """Return the share of the page's words, 0 to 1, that its fonts garble."""
    if not page.words:
        return 0.0
    words = list(map(_TEXT, page.words))
    untold = _untold(words)
    return 1.0 if _is_shadow(words, untold) else untold / len(words)


def likeness(page: PageWords) -> float:
    """Return how much the words of ``page`` are like a language's: the share of small words.

    Words whose letters are not known count against them.
    """
    words = [word.text for word in page.words]
    small = sum(word.casefold() in _SMALL_WORDS for word in words)
    return (small - _untold(words)) / max(len(words), 1)


def _is_shadow(words: Sequence[str], untold: int) -> bool:
    """Tell whether ``words``, ``untold`` of which are not known, are the shadow of a text."""
    if len(words) < _LEAST:
        return False
    if untold > _MOST_UNTOLD * len(words):
        return True
    least = ceil(_LEAST_SMALL * len(words))
    some = islice(filter(_SMALL_WORDS.__contains__, words), least)  # the first few are enough
    if len(tuple(some)) == least:  # nearly always
        return False
    letters = "".join(words)
    if len(_STRANGE.findall(letters)) > _MOST_STRANGE * len(letters):
        return True
    latin = len(_LATIN.findall(letters))
    if latin < 0.3 * len(letters):
        return False
    small = sum(word.casefold() in _SMALL_WORDS for word in words)
    vowels = len(_VOWEL.findall(letters))
    return small < _LEAST_SMALL * len(words) and vowels < 0.25 * latin


def _untold(words: Sequence[str]) -> int:
    letters = "".join(words)
    if letters.isprintable() and UNKNOWN not in letters:
        return 0
    doubtful = list(filterfalse(str.isprintable, words))
    if UNKNOWN in letters:  # which is printable
        doubtful += [word for word in words if UNKNOWN in word and word.isprintable()]
    return sum(_UNTOLD.search(word) is not None for word in doubtful)


def _words(pages: Sequence[PageWords]) -> Iterator[str]:
    for page in pages:
        for word in page.words:
            if not word.text.isdigit():
                yield word.text
