from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from searcher.extract.pdf.readers import garble, pdfium, pdfminer
from searcher.extract.pdf.readers.opinion import with_second_opinion
from searcher.extract.pdf.words import PageWords, Word, damaged_page
from tests.unit.extract.pdf.drawing import PROSE, blank, pdf, picture, prose, write

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas


def long_prose(canvas: Canvas) -> None:
    write(canvas, PROSE * 3)


def page_of(words: list[str]) -> PageWords:
    placed = tuple(Word(word, 0, 0, 9, 9, 9, 10, bold=False, font="") for word in words)
    return PageWords(1, 595, 842, placed, has_ink=True)


def shifted(words: list[str]) -> list[str]:
    """Return ``words`` as a font without a map shows them: ")RU" for "For"."""
    return ["".join(chr(max(ord(letter) - 29, 1)) for letter in word) for word in words]


WORDS = " ".join(PROSE * 3).split()
NAMES = "Aldham Birstwith Cawthorne Denholme Easterby Fulstow Garsdale Hebden".split() * 8


@pytest.mark.parametrize(
    ("words", "is_garbled"),
    [
        (WORDS, False),
        (NAMES, False),
        (shifted(WORDS), True),
        (["\ufffd\ufffd"] * 60, True),
        (
            [word.translate({97: "ă", 101: "Ğ", 105: "ŝ", 111: "Ž", 116: "ƚ"}) for word in WORDS],
            True,
        ),
        (shifted(WORDS)[:30], False),
    ],
    ids=["prose", "names", "shifted", "untold", "letters of no language", "too few to tell"],
)
def test_a_sheet_is_garbled_where_its_words_are_no_languages(
    words: list[str], *, is_garbled: bool
) -> None:
    assert garble.is_page_garbled(page_of(words)) is is_garbled


def test_a_private_letter_alone_is_a_bullet_and_garbles_nothing() -> None:
    assert garble.garbled_share(page_of(["\uf0b7", *WORDS])) == 0
    assert garble.garbled_share(page_of(["\uf0b7\uf0b7", *WORDS])) == 1 / (len(WORDS) + 1)


@pytest.mark.parametrize(
    ("spoilt", "why"),
    [
        (damaged_page(2), "failed"),
        (replace(page_of([]), number=2, has_letters=True), "empty"),
        (replace(page_of(shifted(WORDS)), number=2), "garbled"),
    ],
)
def test_only_the_doubtful_sheet_is_read_again_and_says_why(spoilt: PageWords, why: str) -> None:
    data = pdf(long_prose, long_prose, prose)
    first = pdfium.read(data)
    doubtful = replace(first, pages=(first.pages[0], spoilt, first.pages[2]))
    done = with_second_opinion(doubtful, data)
    assert [page.why for page in done.pages] == ["", why, ""]
    assert done.pages[1].reader == pdfminer.READER
    assert [word.text for word in done.pages[1].words] == WORDS
    assert (done.pages[0], done.pages[2]) == (first.pages[0], first.pages[2])


def test_a_sheet_that_reads_no_better_stays_as_it_was() -> None:
    data = pdf(long_prose, picture, blank)
    first = pdfium.read(data)
    assert with_second_opinion(first, data) == first
    lost = replace(first, pages=(first.pages[0], damaged_page(2), damaged_page(3)))
    assert with_second_opinion(lost, data) == lost
