"""A long PDF is read in parts of so many sheets, each by itself, and put together.

A part is read as if there were no other, so that it may be read anywhere and at any time: what
it holds depends on the file's bytes and the part's number alone.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from searcher.extract.pdf.words import Reading, chosen, damaged_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from searcher.extract.pdf.words import PageWords

SHEETS = 80
"""Sheets of a part: about a second's reading, beside which opening the file again is nothing."""


def sheets_of(part: int) -> range:
    """Return the numbers of the sheets of ``part``, which counts from 1."""
    return range((part - 1) * SHEETS + 1, part * SHEETS + 1)


def count_parts(reading: Reading) -> int:
    """Return how many parts the file of ``reading`` has."""
    return max(-(-reading.count // SHEETS), 1)


def join(readings: Sequence[Reading]) -> Reading:
    """Return the whole file of which ``readings`` are the parts, in order.

    The file is what its first part says. A sheet that a later part does not have is damaged.
    """
    first = readings[0]
    pages = tuple(
        page
        for number, reading in enumerate(readings, start=1)
        for page in _pages(reading, chosen(sheets_of(number), first.count), first.reader)
    )
    return replace(first, pages=pages)


def _pages(reading: Reading, numbers: range, usual: str) -> Iterator[PageWords]:
    """Yield the sheets ``numbers`` of ``reading``; those that ``usual`` did not read say so."""
    found = {page.number: page for page in reading.pages}
    for number in numbers:
        page = found.get(number) or damaged_page(number)
        is_usual = page.reader or reading.reader == usual
        yield page if is_usual else replace(page, reader=reading.reader)
