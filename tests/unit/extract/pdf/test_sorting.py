"""The order of a scattered sheet's lines, told by the two rules taken literally."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from searcher.extract.pdf.blocks import reading_order
from searcher.extract.pdf.blocks.lines import Line

if TYPE_CHECKING:
    from collections.abc import Sequence


def _literally(lines: Sequence[Line]) -> list[Line]:
    """Return ``lines`` so that the first that nothing left must precede is always next."""
    waiting = sorted(lines, key=lambda line: (line.baseline, line.x0))
    before = reading_order._forerunners(waiting)  # noqa: SLF001 - the rules themselves
    left = list(range(len(waiting)))
    done: list[int] = []
    while left:
        free = next((i for i in left if before[i] <= set(done)), left[0])
        left.remove(free)
        done.append(free)
    return [waiting[index] for index in done]


@pytest.mark.parametrize("seed", range(40))
def test_lines_are_sorted_as_the_rules_say_even_where_they_run_in_circles(seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311 - a sample, no secret
    lines = []
    for number in range(draw.randint(1, 40)):
        x0 = draw.uniform(0, 500)
        x1 = x0 + draw.uniform(5, 300)
        lines.append(Line((), str(number), x0, x1, draw.randint(0, 60) * 10.0, 10.0, bold=False))
    assert reading_order._sorted(lines) == _literally(lines)  # noqa: SLF001
