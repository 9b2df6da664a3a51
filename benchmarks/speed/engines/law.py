"""The laws of word frequencies that a made collection must share with its source."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FIRST_RANK, LAST_RANK = 10, 10_000
STEP = 1.2
"""The vocabulary is looked at whenever the text has grown by this factor."""


@dataclass(frozen=True, slots=True)
class Laws:
    """What a text's words obey.

    ``zipf`` is the slope of log frequency over log rank, from rank 10 to 10,000; ``heaps`` that
    of log vocabulary over log length over the last nine tenths of the text; ``once`` is the share
    of the vocabulary that occurs once.
    """

    words: int
    vocabulary: int
    zipf: float
    heaps: float
    once: float


def laws(words: Iterable[str]) -> Laws:
    """Return the laws of a text of ``words``, read in their order and not kept.

    Raises:
        ValueError: there is no word.
    """
    counts: Counter[str] = Counter()
    points, length, look = [(0, 0)], 0, 1.0
    for word in words:
        counts[word] += 1
        length += 1
        if length >= look:
            points.append((length, len(counts)))
            look = length * STEP
    if not length:
        msg = "a text without a word obeys no law"
        raise ValueError(msg)
    grown = [*points, (length, len(counts))]
    once = sum(count == 1 for count in counts.values()) / len(counts)
    return Laws(length, len(counts), _zipf(counts.values()), _heaps(grown), once)


def _heaps(grown: Sequence[tuple[int, int]]) -> float:
    """Return the exponent of the growth of (length, vocabulary) pairs."""
    late = [(log(n), log(size)) for n, size in set(grown) if n and n >= grown[-1][0] / 10]
    return _slope(late)


def _zipf(counts: Iterable[int]) -> float:
    ordered = sorted(counts, reverse=True)
    ranks = {round(FIRST_RANK * (LAST_RANK / FIRST_RANK) ** (step / 60)) for step in range(61)}
    return _slope([(log(r), log(ordered[r - 1])) for r in ranks if r <= len(ordered)])


def _slope(points: Sequence[tuple[float, float]]) -> float:
    """Return the slope of the line of least squares, 0 where all points have one abscissa."""
    if len({x for x, _ in points}) < 2:
        return 0.0
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    squares = sum((x - mean_x) ** 2 for x, _ in points)
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / squares
