"""Is it text or the shadow of text? Fonts without a map to letters give shifted alphabets.

A shifted alphabet has no small words and few vowels. Both must be missing, on a good sample and
in the Latin script, before a text is called garbled: a table of names lacks small words too.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from searcher.extract.pdf.words import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.extract.pdf.words import PageWords, Reading

_SAMPLE = 4000  # words
_LEAST = 40  # words: fewer show nothing
_SMALL_WORDS = frozenset(
    "the of and to in a is for on that with as by at from are was be or an it this "
    "de la le les et des en un une du que el los y del por con der die das und von den mit "
    "ist zu di il che per van het een dat voor o da do para em yr y mae ac ar".split()
)
_LATIN = re.compile(r"[A-Za-z]")
_VOWEL = re.compile(r"[aeiouyAEIOUY]")


def is_garbled(reading: Reading) -> bool:
    """Tell whether the words of ``reading`` are not the words that the sheets show."""
    words = tuple(islice(_words(reading), _SAMPLE))
    if len(words) < _LEAST:
        return False
    unmapped = sum(UNKNOWN in word for word in words)
    if unmapped > 0.3 * len(words):
        return True
    letters = "".join(words)
    latin = len(_LATIN.findall(letters))
    if latin < 0.3 * len(letters):
        return False
    small = sum(word.casefold() in _SMALL_WORDS for word in words)
    vowels = len(_VOWEL.findall(letters))
    return small < 0.02 * len(words) and vowels < 0.25 * latin


def garbled_share(page: PageWords) -> float:
    """Return the share of the page's words, 0 to 1, that hold a letter no font could tell."""
    if not page.words:
        return 0.0
    return sum(UNKNOWN in word.text for word in page.words) / len(page.words)


def _words(reading: Reading) -> Iterator[str]:
    for page in reading.pages:
        for word in page.words:
            if not word.text.isdigit():
                yield word.text
