"""Words into segments, segments into lines.

A segment is a run of words on one baseline without a wide gap. A line is the segments that the
stream sets beside one another on one baseline: one for prose, several for a row of a table, for
a bullet and its text, or where a file writes straight across two columns.
"""

from __future__ import annotations

from itertools import pairwise
from operator import attrgetter
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from searcher.extract.pdf.words import PageWords, Word

_WIDE_GAP = 1.6  # in sizes of the letter: a tab, a table's cell or a gutter, not a space
_BASELINE = 0.35  # in sizes: how far a word may stand off its line's baseline
_SMALL = 0.82  # of a letter's size: a raised mark beside it; many programs set four fifths
_TURN = attrgetter("turn")
_new = tuple.__new__  # a third of the time it takes by the class
_BACK = 0.6  # in sizes: how far a word may overlap the one before it (kerning, accents)


class Segment(NamedTuple):
    """Words on one baseline with no wide gap between them.

    No dataclass, nor is a line, for the same reason as ``Word``.
    """

    words: tuple[Word, ...]
    text: str
    x0: float
    x1: float
    y0: float
    y1: float
    baseline: float
    size: float
    bold: bool


class Line(NamedTuple):
    """Segments side by side, from left to right; ``bold`` if nearly every letter is."""

    segments: tuple[Segment, ...]
    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    bold: bool


def lines_of(page: PageWords) -> tuple[Line, ...]:
    """Return the page's lines in stream order, those that are turned after those that stand.

    A turned line has one segment, and its baseline is its lower end on the sheet.
    """
    if not any(map(_TURN, page.words)):  # nearly always
        return tuple(_lines(page.words))
    upright = [word for word in page.words if not word.turn]
    turned = [
        _laid_back(line, turn)
        for turn in (1, 2, 3)
        for line in _lines(downwards([_stood_up(w) for w in page.words if w.turn == turn]))
    ]
    return (*_lines(upright), *turned)


def _lines(words: Sequence[Word]) -> Iterator[Line]:
    beside: list[Segment] = []
    for segment in _segments(words):
        if beside and not _stands_beside(beside[-1], segment):
            yield line_of(beside)
            beside = []
        beside.append(segment)
    if beside:
        yield line_of(beside)


def downwards(words: Sequence[Word]) -> list[Word]:
    """Return ``words``, of turned text, so that their lines go down: PDFium may turn them round."""
    runs: list[list[Word]] = []
    for word in words:
        if runs and abs(word.baseline - runs[-1][-1].baseline) <= _BASELINE * word.size:
            runs[-1].append(word)
        else:
            runs.append([word])
    up = sum(below[0].baseline < above[0].baseline for above, below in pairwise(runs))
    ordered = runs[::-1] if 2 * up >= len(runs) > 1 else runs
    return [word for run in ordered for word in run]


def _stood_up(word: Word) -> Word:
    """Return a turned word where it would be if the sheet were turned for it to be read."""
    _, x0, y0, x1, y1, *_ = word
    match word.turn:
        case 1:
            return word._replace(x0=-y1, y0=x0, x1=-y0, y1=x1)
        case 3:
            return word._replace(x0=y0, y0=-x1, x1=y1, y1=-x0, baseline=-word.baseline)
        case _:
            return word._replace(x0=-x1, y0=-y1, x1=-x0, y1=-y0, baseline=-word.baseline)


def _laid_back(line: Line, turn: int) -> Line:
    """Return the line that ``line``, of words stood up, is on the sheet."""
    words = tuple(_laid(word, turn) for segment in line.segments for word in segment.words)
    whole = segment_of(words)
    left = min(word.x0 for word in words)
    return line_of([whole._replace(text=line.text, x0=left, baseline=whole.y1)])


def _laid(word: Word, turn: int) -> Word:
    """Return ``word``, which was stood up, as it is on the sheet."""
    if turn == 1:
        return word._replace(x0=word.y0, y0=-word.x1, x1=word.y1, y1=-word.x0)
    if turn == 3:
        down = -word.baseline
        return word._replace(x0=-word.y1, y0=word.x0, x1=-word.y0, y1=word.x1, baseline=down)
    return _stood_up(word)


def line_of(segments: Sequence[Segment]) -> Line:
    """Return the line that ``segments``, one or more from left to right, make."""
    if len(segments) == 1:  # nearly always
        one = segments[0]
        _, text, x0, x1, _, _, baseline, size, bold = one
        return _new(Line, ((one,), text, x0, x1, baseline, size, bold))
    longest = max(segments, key=lambda segment: len(segment.text))
    return Line(
        segments=tuple(segments),
        text=" ".join(segment.text for segment in segments),
        x0=segments[0].x0,
        x1=max(segment.x1 for segment in segments),
        baseline=longest.baseline,
        size=longest.size,
        bold=_mostly((len(segment.text), segment.bold) for segment in segments),
    )


def modal_size(lines: Iterable[Line]) -> float:
    """Return the size, in half points, that most letters have; 0 where there are none."""
    exactly: dict[float, int] = {}
    for _, text, _, _, _, size, _ in lines:
        exactly[size] = exactly.get(size, 0) + len(text)
    letters: dict[float, int] = {}
    for size, count in exactly.items():
        rounded = round(size * 2) / 2
        letters[rounded] = letters.get(rounded, 0) + count
    return max(letters, key=lambda size: (letters[size], -size), default=0.0)


def steadied(lines: Sequence[Line]) -> Callable[[Line], Line]:
    """Return what makes the wavering sizes of ``lines``, a file's, one, if a machine guessed them.

    Recognised text (OCR) gives each line a size of its own. Where sizes differ slightly at more
    than one step in five from a line to the next, all sizes up to a quarter off the middle one
    are taken for it.
    """
    steps = [
        abs(above.size - below.size)
        for above, below in pairwise(lines)
        if 0 < below.baseline - above.baseline < 2 * above.size
        and abs(above.size - below.size) <= 0.25 * above.size
    ]
    if sum(step > 0.3 for step in steps) <= 0.3 * len(steps):
        return lambda line: line
    sizes = sorted(line.size for line in lines for _ in range(0, len(line.text), 10))
    middle = sizes[len(sizes) // 2]

    def steady(line: Line) -> Line:
        is_near = abs(line.size - middle) <= 0.25 * middle
        return line._replace(size=middle) if is_near else line

    return steady


def modal_leading(lines: Sequence[Line]) -> float:
    """Return the usual distance of baselines in units of the letter's size; 1.2 if unknown."""
    ratios: dict[float, int] = {}
    last_size = last_baseline = 0.0
    last_letters = 0
    for _, text, _, _, baseline, size, _ in lines:
        letters = len(text)
        if last_size > 0 and abs(last_size - size) <= 0.05 * last_size:
            ratio = round((baseline - last_baseline) / last_size, 1)
            if 0.8 <= ratio <= 3.0:
                shared = letters if letters < last_letters else last_letters
                ratios[ratio] = ratios.get(ratio, 0) + shared
        last_size, last_baseline, last_letters = size, baseline, letters
    return max(ratios, key=lambda ratio: (ratios[ratio], -ratio), default=1.2)


def _segments(words: Sequence[Word]) -> Iterator[Segment]:
    start = 0
    last_x1 = last_baseline = last_size = most = 0.0
    off, back, wide = _BASELINE * most, -_BACK * most, _WIDE_GAP * most
    for stop, word in enumerate(words):
        _, x0, _, x1, _, baseline, size, _, _, _ = word  # faster than by name
        if size != most or last_size != most:
            most = size if size > last_size else last_size
            off, back, wide = _BASELINE * most, -_BACK * most, _WIDE_GAP * most
        is_next = back <= x0 - last_x1 <= wide and (
            -off <= baseline - last_baseline <= off or _is_raised(words[stop - 1], word)
        )
        if stop and not is_next:
            yield segment_of(words[start:stop])
            start = stop
        last_x1, last_baseline, last_size = x1, baseline, size
    if words:
        yield segment_of(words[start:])


def _is_raised(last: Word, word: Word) -> bool:
    """Tell whether one of two neighbours is a raised or lowered mark beside the other."""
    large, small = max(last.size, word.size), min(last.size, word.size)
    return small <= _SMALL * large and abs(word.baseline - last.baseline) <= 0.6 * large


def segment_of(run: Sequence[Word]) -> Segment:
    """Return the segment that the words of ``run``, one or more, make."""
    texts, x0s, y0s, x1s, y1s, baselines, sizes, bolds, *_ = zip(*run, strict=True)
    is_even = sizes.count(sizes[0]) == len(run)
    text = " ".join(texts) if is_even else _joined(run)
    size = sizes[0] if is_even else _usual_size(run)
    bold = True in bolds and _is_bold(run)
    x1, y0, y1, baseline = max(x1s), min(y0s), max(y1s), _middle(baselines)
    return _new(Segment, (tuple(run), text, x0s[0], x1, y0, y1, baseline, size, bold))


def _middle(heights: Sequence[float]) -> float:
    return heights[0] if heights.count(heights[0]) == len(heights) else median(heights)


def _is_bold(run: Sequence[Word]) -> bool:
    return _mostly((sum(map(str.isalnum, word.text)), word.bold) for word in run)


def _mostly(weighed: Iterable[tuple[int, bool]]) -> bool:
    """Tell whether four letters in five are bold: an item's number often is not."""
    letters = bold = 0
    for count, is_bold in weighed:
        letters += count
        bold += count if is_bold else 0
    return letters > 0 and bold >= 0.8 * letters


def _usual_size(run: Sequence[Word]) -> float:
    if len(run) < 3:
        return max(run, key=lambda word: len(word.text)).size
    letters: dict[float, int] = {}
    for word in run:
        letters[word.size] = letters.get(word.size, 0) + len(word.text)
    return max(letters, key=lambda size: (letters[size], size))


def _joined(run: Sequence[Word]) -> str:
    """Join with spaces, but a footnote's mark sticks to its word."""
    parts = [run[0].text]
    for last, word in pairwise(run):
        touches = word.x0 - last.x1 < 0.08 * max(last.size, word.size)
        sticks = touches and word.size <= _SMALL * last.size and word.text.isdigit()
        parts.append(word.text if sticks else " " + word.text)
    return "".join(parts)


def _stands_beside(last: Segment, segment: Segment) -> bool:
    size = max(last.size, segment.size)
    if abs(segment.baseline - last.baseline) > _BASELINE * size:
        return False
    return segment.x0 >= last.x1 - _BACK * size
