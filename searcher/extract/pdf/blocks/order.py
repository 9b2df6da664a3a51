"""Late blocks put back: a box or heading that the stream writes last but the sheet shows between.

Only a stretch of lines that fits whole into a gap of what came before it, between two lines it
shares its width with, is moved; everything else stays where the stream has it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from searcher.extract.pdf.blocks.lines import Line


_LEADING = 1.5  # in sizes: lines of one paragraph are no further apart


def settle(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return ``lines``, a sheet's in stream order, with late stretches at their gaps."""
    placed: list[Line] = []
    after = 0
    for stretch in _stretches(lines):
        is_cell = after > 0 and _stands_beside(placed[after - 1], stretch)
        place = after if is_cell else _gap(placed, stretch)
        placed[place:place] = stretch
        after = place + len(stretch)
    return tuple(placed)


def with_labels(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return ``lines`` with each turned one that stands left of others before those it labels."""
    upright = [line for line in lines if not line.segments[0].words[0].turn]
    if len(upright) == len(lines):  # nearly always
        return tuple(lines)
    done = list(upright)
    for line in (line for line in lines if line.segments[0].words[0].turn):
        top = line.segments[0].y0
        level = [
            index
            for index, other in enumerate(done)
            if top - other.size <= other.baseline <= line.baseline + other.size
        ]
        is_left = all(line.x1 <= done[index].x0 for index in level)
        place = _start_of_block(done, min(level)) if level and is_left else len(done)
        done.insert(place, line)
    return tuple(done)


def _start_of_block(lines: Sequence[Line], index: int) -> int:
    """Return the index of the first line of the paragraph that ``lines[index]`` stands in."""
    while index and 0 < lines[index].baseline - lines[index - 1].baseline <= (
        _LEADING * lines[index].size
    ):
        index -= 1
    return index


def _stretches(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the runs of lines that only go down the sheet."""
    run: list[Line] = []
    for line in lines:
        if run and line.baseline < run[-1].baseline - 0.5 * line.size:
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _stands_beside(line: Line, stretch: Sequence[Line]) -> bool:
    """Tell whether ``stretch`` is right of ``line``, as the next cell of a row is: it stays so."""
    top, bottom = stretch[0].baseline - stretch[0].size, stretch[-1].baseline
    is_level = top < line.baseline and line.baseline - line.size < bottom
    return is_level and stretch[0].x0 > line.x1


def _gap(placed: Sequence[Line], stretch: Sequence[Line]) -> int:
    """Return the index in ``placed`` where ``stretch`` fits, which may be its end."""
    end = len(placed)
    top, bottom = stretch[0].baseline - stretch[0].size, stretch[-1].baseline
    if any(top < line.baseline and line.baseline - line.size < bottom for line in placed):
        return end
    above = [index for index, line in enumerate(placed) if line.baseline <= top]
    below = [index for index, line in enumerate(placed) if line.baseline > bottom]
    if not below or (above and max(above) > min(below)):
        return end
    place = min(below)
    neighbours = placed[max(place - 1, 0) : place + 1]
    x0, x1 = min(line.x0 for line in stretch), max(line.x1 for line in stretch)
    return place if all(line.x0 < x1 and x0 < line.x1 for line in neighbours) else end
