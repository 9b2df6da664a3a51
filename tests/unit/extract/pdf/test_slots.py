"""What is set as the running lines are, whichever of them is looked at first."""

from __future__ import annotations

from searcher.extract.pdf.blocks.lines import lines_of
from searcher.extract.pdf.blocks.outer import Sheet, outer_lines
from searcher.extract.pdf.blocks.slots import set_alike
from searcher.extract.pdf.words import PageWords, Word


def headed(number: int, *heights: float) -> Sheet:
    """Return a sheet with a line of one word at each of ``heights``."""
    words = tuple(
        Word(
            f"line{height}",
            72.0,
            height - 7,
            140.0,
            height + 2,
            height,
            9.0,
            bold=False,
            font="Times",
        )
        for height in heights
    )
    return Sheet(
        number, 595.0, 842.0, lines_of(PageWords(number, 595.0, 842.0, words, has_ink=True))
    )


def test_a_line_is_set_as_either_of_two_running_lines_of_the_sheets_around() -> None:
    sheets = [headed(number, 30.0, 42.0) for number in range(1, 8)]
    sheets += [headed(8, 30.0), headed(9, 42.0)]
    outers = [outer for sheet in sheets for outer in outer_lines(sheet) if outer.is_top]
    running = frozenset(outer for outer in outers if outer.sheet < 8)
    assert set_alike(running, outers, size=11.0) == frozenset(outers) - running
