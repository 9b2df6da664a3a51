"""How a vocabulary grows: new words where a longer text would have them.

Resampled sentences keep the frequencies of words and bring no new one. So words that the source
has a few times at most are replaced by names drawn from a Pitman-Yor process (Pitman and Yor,
Annals of Probability 25(2), 1997), whose distinct draws grow as a power of all draws (Heaps' law)
and whose frequencies fall as a power of the rank (Zipf's law). Its two parameters are such that so
many draws as the source has rare words give as many distinct names as it has distinct rare words,
and that a text a hundred times as long has the vocabulary that the source's growth foretells.
"""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass
from math import expm1, lgamma
from typing import TYPE_CHECKING

from benchmarks.speed.engines.law import laws
from searcher.analysis.tokens import WORD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from random import Random

RARE = 4
"""A word that the source has so often at most is rare."""
FAR = 100
"""How many times the length of the source the vocabulary is fitted to."""
_ONSETS = "b c d f g h j k l m n p r s t v w z br tr".split()
_STARTS = [onset + vowel for onset in _ONSETS for vowel in "aeiou"]
_ENDS = "n l r m d x t k p b".split()
_NAMES = len(_STARTS) ** 3 * len(_ENDS)
_STRIDE = 7_368_787
"""Shares no factor with ``_NAMES``, so that it reaches them all, and neighbours look unlike."""


@dataclass(frozen=True, slots=True)
class Growth:
    """The rare words of a source, and the process that stands for them."""

    rare: frozenset[str]
    discount: float
    strength: float


def growth_of(sentences: Iterable[str]) -> Growth:
    """Return how the vocabulary of ``sentences`` grows."""
    words = [word.lower() for sentence in sentences for word in WORD.findall(sentence)]
    counts = Counter(words)
    rare = frozenset(w for w, n in counts.items() if n <= RARE and w.isalpha() and len(w) > 2)
    draws = sum(counts[word] for word in rare)
    foretold = len(counts) * FAR ** laws(words).heaps
    wanted = foretold - (len(counts) - len(rare))
    discount = _rising_to(
        lambda d: _expected(FAR * draws, d, _strength(draws, len(rare), d)), wanted, high=0.99
    )
    return Growth(rare, discount, _strength(draws, len(rare), discount))


def _strength(draws: int, distinct: int, discount: float) -> float:
    """Return the strength with which ``draws`` are expected to give ``distinct`` names."""
    return _rising_to(lambda s: _expected(draws, discount, s), distinct, high=1e7)


def _rising_to(rises: Callable[[float], float], wanted: float, *, high: float) -> float:
    """Return where, up to ``high``, a function that rises reaches ``wanted``."""
    low = 1e-6
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if rises(middle) < wanted else (low, middle)
    return high


def _expected(draws: int, discount: float, strength: float) -> float:
    """Return how many distinct names ``draws`` give in the mean.

    Source: Pitman, Combinatorial Stochastic Processes, 2006, section 3.3.
    """
    logs = lgamma(strength + draws + discount) + lgamma(strength)
    logs -= lgamma(strength + draws) + lgamma(strength + discount)
    return strength / discount * expm1(logs)


class Names:
    """Draws of a Pitman-Yor process, each a name. Keeps 4 bytes a draw."""

    def __init__(self, growth: Growth, random: Random) -> None:
        self._discount = growth.discount
        self._strength = growth.strength
        self._random = random
        self._drawn = array("I")
        self._is_first = bytearray()
        self._distinct = 0

    def draw(self) -> str:
        """Return the next name."""
        chance = self._random.random() * (self._strength + len(self._drawn))
        is_new = chance < self._strength + self._discount * self._distinct or not self._drawn
        number = self._distinct if is_new else self._former()
        self._distinct += is_new
        self._drawn.append(number)
        self._is_first.append(is_new)
        return name(number)

    def _former(self) -> int:
        """Return a name of before, in proportion to its draws less the discount."""
        while True:
            at = int(self._random.random() * len(self._drawn))
            if not self._is_first[at] or self._random.random() >= self._discount:
                return self._drawn[at]


def name(number: int) -> str:
    """Return the name-like word with this number; no two are equal."""
    beyond, number = divmod(number, _NAMES)
    number = number * _STRIDE % _NAMES
    number, end = divmod(number, len(_ENDS))
    syllables = []
    for _ in range(3):
        number, start = divmod(number, len(_STARTS))
        syllables.append(_STARTS[start])
    return "".join(syllables) + _ENDS[end] + (_STARTS[beyond % 100] if beyond else "")
