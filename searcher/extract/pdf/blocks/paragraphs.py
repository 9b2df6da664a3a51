"""Lines into paragraphs: by the usual distance of lines, by style, by indents and bullets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from searcher.extract.pdf.blocks.drafts import has_bullet, has_item_number
from searcher.extract.pdf.dates import is_date
from searcher.extract.pdf.metadata.credits import is_credit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from searcher.extract.pdf.blocks.bands import Band
    from searcher.extract.pdf.blocks.lines import Line

_EDGE = 3.0  # points
_LABEL = re.compile(r"^\(?(?:[A-Z]{0,3}\d+(?:[.\-–]\d+)*[.):]?|[A-Za-z]{1,3}[.):])\s")
_BROKEN_WORD = re.compile(r"\w[-\u2010\u2011\u00ad]$")  # of a line, its last two letters
_SENTENCE_END = (".", "!", "?", ":", ";", ".”", ".’", '."', ".)")


@dataclass(frozen=True, slots=True)
class Measure:
    """How this page is set: ``leading`` in letter sizes, ``right`` edge of the text in points.

    ``has_credits`` tells whether it can be a title page or an imprint. ``columns`` are those of
    a sheet that has several: there a line ends where its own column does.
    """

    leading: float
    right: float
    has_credits: bool
    columns: tuple[Band, ...] = ()

    def right_of(self, line: Line) -> float:
        """Return where a full line in the place of ``line`` ends, in points."""
        for column in self.columns:
            if column.x0 - _EDGE <= line.x0 and line.x1 <= column.x1 + _EDGE:
                return column.x1
        return self.right


def paragraphs_of(lines: Sequence[Line], measure: Measure) -> Iterator[tuple[Line, ...]]:
    """Yield the lines of each paragraph, in the order given."""
    run: list[Line] = []
    for line in lines:
        if run and _begins_another(run, line, measure):
            yield tuple(run)
            run = []
        run.append(line)
    if run:
        yield tuple(run)


def _begins_another(run: Sequence[Line], line: Line, measure: Measure) -> bool:
    last = run[-1]
    if abs(line.size - last.size) > 0.08 * max(last.size, line.size):
        return True
    if has_bullet(line.text):
        return True
    is_broken = _BROKEN_WORD.match(last.text[-2:]) and line.text[:1].isalnum()
    if is_broken and line.baseline > last.baseline:
        return line.baseline - last.baseline > measure.leading * 2 * last.size
    if line.baseline < last.baseline - 0.5 * last.size:
        return not _goes_on_in_next_column(last, line)
    if line.baseline - last.baseline > measure.leading * 1.28 * last.size:
        return True
    if abs(line.baseline - last.baseline) <= 0.35 * last.size:
        return not _goes_on(last, line)
    if _turns_bold(last, line, measure):
        return True
    if has_item_number(line.text):
        return _ends_short(last, measure) or has_item_number(run[0].text)
    ends = _ends_short(last, measure)
    if ends and (last.text.endswith(_SENTENCE_END) or (measure.has_credits and _part(last, line))):
        return True
    return _is_indented(run, line, may_run_on=not ends)


def _goes_on_in_next_column(last: Line, line: Line) -> bool:
    return line.x0 > last.x1 and _goes_on(last, line)


def _goes_on(last: Line, line: Line) -> bool:
    """Tell whether a sentence runs on from ``last`` to ``line``, wherever that stands."""
    return line.text[:1].islower() and not last.text.endswith((".", "!", "?", ":"))


def _turns_bold(last: Line, line: Line, measure: Measure) -> bool:
    """Tell whether weight changes at a line's end that was not forced by the edge."""
    return last.bold != line.bold and (line.bold or _ends_short(last, measure))


def _ends_short(line: Line, measure: Measure) -> bool:
    return line.x1 < measure.right_of(line) - 4 * line.size


def _is_indented(run: Sequence[Line], line: Line, *, may_run_on: bool) -> bool:
    """Tell whether ``line`` starts off the paragraph's edge by more than a hanging indent.

    After a full line that ends no sentence an indent is a hanging one, or makes room for an
    initial.
    """
    first, last = run[0], run[-1]
    if _is_centred(last, line):
        return False
    if has_bullet(first.text) or _LABEL.match(first.text) or len(first.segments) > 1:
        hanging = last.x0 if len(run) > 1 else first.x0
        return line.x0 < first.x0 - line.size or line.x0 > hanging + 5 * line.size
    shift = abs(line.x0 - last.x0)
    if may_run_on and not last.text.endswith(_SENTENCE_END):
        return shift > 8 * line.size
    return shift > 1.2 * line.size


def _part(last: Line, line: Line) -> bool:
    """Tell whether one of two close lines is a date or a credit, which stands alone."""
    if last.text.endswith(",") or line.text[:1].islower():
        return False
    return any(is_date(text) or is_credit(text) for text in (last.text, line.text))


def _is_centred(last: Line, line: Line) -> bool:
    return abs((last.x0 + last.x1) - (line.x0 + line.x1)) < line.size
