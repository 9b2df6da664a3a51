"""Letters that stand one by one, put together to the word that they show.

Some files set a space after each letter and draw it with no room, others spread a heading's
letters evenly ("R E P O R T"). Both give runs of words of one letter, which prose never does.
"""

from __future__ import annotations

from itertools import pairwise
from operator import itemgetter
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from searcher.extract.pdf.words import Word

_TEXT = itemgetter(0)
_LEAST = 4  # words of one letter in a row
_NO_ROOM = 0.12  # in sizes: a narrower gap is no space
_WIDEST = 0.8  # in sizes: letters further apart are cells or items
_EVEN = 0.2  # in sizes: how far the gaps of one word's letters may differ
_NEXT_WORD = 0.2  # in sizes: how much wider than a word's gaps that between two words is
_SAME_LINE = 0.1  # in sizes
_VOWELS = frozenset("AEIOUYÄÖÜÉÈ")


def closed_up(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return ``words``, a sheet's in stream order, with letters that stand alone put together.

    Invariant: the letters and their order are the same.
    """
    runs = list(_runs(words))
    if not runs:
        return tuple(words)
    levels = {words[index].baseline for run in runs for index in run}
    glued = {
        index
        for index, (left, right) in enumerate(pairwise(words))
        if (left.baseline in levels or _is_letter(left) or _is_letter(right))
        and _is_beside(left, right, -1.0, _NO_ROOM)
    }
    for run in runs:
        if not glued.intersection(run):
            glued.update(_spread(words, run))
    return tuple(_joined(words, glued))


def _is_letter(word: Word) -> bool:
    return len(word.text) == 1 and word.text.isalpha()


def _runs(words: Sequence[Word]) -> Iterator[range]:
    """Yield the indices of words of one letter that stand in a row, four or more."""
    lengths = list(map(len, map(_TEXT, words)))
    if lengths.count(1) < _LEAST:
        return
    alone = [index for index, length in enumerate(lengths) if length == 1]
    if all(last - first >= _LEAST for first, last in zip(alone, alone[_LEAST - 1 :], strict=False)):
        return  # nearly always
    start = 0
    for index in range(len(words) + 1):
        if index == len(words) or not _is_letter(words[index]):
            if index - start >= _LEAST:
                yield range(start, index)
            start = index + 1


def _is_beside(left: Word, right: Word, *room: float) -> bool:
    """Tell whether two words stand on one line, with ``room`` in sizes from least to most."""
    size = left.size
    if size <= 0 or right.size != size or right.turn != left.turn:
        return False
    is_level = abs(right.baseline - left.baseline) <= _SAME_LINE * size
    return is_level and room[0] * size <= right.x0 - left.x1 < room[1] * size


def _spread(words: Sequence[Word], run: range) -> Iterator[int]:
    """Yield the indices of those of ``run``, capitals, that the next letter is to be joined to."""
    for part in _parts(words, run):
        text = "".join(words[index].text for index in part)
        gaps = [_gap(words, index) for index in part[:-1]]
        is_word = len(part) >= _LEAST and text.isupper() and not _VOWELS.isdisjoint(text)
        is_list = all(ord(after) - ord(before) == 1 for before, after in pairwise(text))
        if is_word and not is_list and max(gaps) - min(gaps) <= _EVEN:
            yield from part[:-1]


def _parts(words: Sequence[Word], run: range) -> Iterator[range]:
    """Yield the stretches of ``run`` between wider gaps."""
    gaps = {index: _gap(words, index) for index in run[:-1]}
    usual = median(gaps.values())
    start = run.start
    for index, gap in gaps.items():
        is_one = _is_beside(words[index], words[index + 1], 0.0, _WIDEST)
        if not is_one or gap > usual + _NEXT_WORD:
            yield range(start, index + 1)
            start = index + 1
    yield range(start, run.stop)


def _gap(words: Sequence[Word], index: int) -> float:
    return (words[index + 1].x0 - words[index].x1) / (words[index].size or 1.0)


def _joined(words: Sequence[Word], glued: set[int]) -> Iterator[Word]:
    start = 0
    for index in range(len(words)):
        if index in glued:
            continue
        run = words[start : index + 1]
        start = index + 1
        yield (
            run[0]
            if len(run) == 1
            else run[0]._replace(
                text="".join(word.text for word in run),
                y0=min(word.y0 for word in run),
                x1=max(word.x1 for word in run),
                y1=max(word.y1 for word in run),
            )
        )
