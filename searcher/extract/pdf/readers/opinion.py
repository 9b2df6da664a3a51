"""The second opinion: single sheets that pdfminer.six reads where PDFium's words cannot be it.

A sheet is doubtful if PDFium could not load it ("failed"), found no letters in what draws letters
("empty"), or found what no language looks like ("garbled"). Only those are read again, and only
what then reads better takes the first reading's place and says why.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from searcher.errors import ExtractionError
from searcher.extract.pdf.readers import garble, pdfminer

if TYPE_CHECKING:
    from searcher.extract.pdf.words import PageWords, Reading


def with_second_opinion(reading: Reading, data: bytes) -> Reading:
    """Return ``reading``, of the file ``data``, with its doubtful sheets as they read better."""
    doubts = {page.number: why for page in reading.pages if (why := doubt(page))}
    is_clear = any(garble.is_telling(page) and page.number not in doubts for page in reading.pages)
    if not is_clear and garble.is_garbled(reading):  # its sheets have too few words to show it
        doubts |= {page.number: "garbled" for page in reading.pages if page.words}
    if not doubts:
        return reading
    try:
        others = pdfminer.read_sheets(data, doubts)
    except ExtractionError:
        others = {}
    return replace(
        reading,
        pages=tuple(
            _better(page, others.get(page.number), doubts.get(page.number, ""))
            for page in reading.pages
        ),
    )


def doubt(page: PageWords) -> str:
    """Return what speaks against the words of ``page`` as PDFium read it, if anything does."""
    if page.is_damaged:
        return "failed"
    if not page.words:
        return "empty" if page.has_letters else ""
    return "garbled" if garble.is_page_garbled(page) else ""


def _better(first: PageWords, second: PageWords | None, why: str) -> PageWords:
    if second is None or not second.words:
        return first
    if first.words and garble.likeness(second) <= garble.likeness(first):
        return first
    return replace(second, reader=pdfminer.READER, why=why, tagged=first.tagged)
