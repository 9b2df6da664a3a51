from __future__ import annotations

from searcher.document import BlockKind, PageReading
from searcher.extract.builder import DocumentBuilder
from searcher.quality.figures import page_figures

PROSE = "Foster carers stayed longer in 2017."


def test_words_of_the_body_and_of_the_furniture_add_up_to_all_words() -> None:
    builder = DocumentBuilder()
    builder.add(BlockKind.HEADING, "Findings")
    builder.add(BlockKind.PARAGRAPH, PROSE)
    builder.add(BlockKind.HEADER, "Evaluation of fostering")
    builder.add(BlockKind.PAGE_NUMBER, "7")
    builder.end_page("7")
    (page,) = page_figures(builder.build(media_type="text/plain", reader="test"))
    assert (page.words, page.furniture_words, page.furniture, page.headings) == (7, 4, 2, 1)


def test_a_dictionary_is_asked_for_neither_names_nor_figures_nor_addresses() -> None:
    builder = DocumentBuilder()
    builder.add(
        BlockKind.PARAGRAPH, "Xyzzyham OEIQX 2017 www.gov.uk/qzx m.qzx@qzx.org carers stayd"
    )
    (page,) = page_figures(builder.build(media_type="text/plain", reader="test"))
    assert (page.asked, page.known) == (2, 1)
    assert page.dictionary_share == 0.5


def test_letters_that_a_font_shifts_are_words_that_no_dictionary_knows() -> None:
    builder = DocumentBuilder()
    shifted = "".join(chr(ord(c) - 29) if c.isalpha() else c for c in PROSE.replace("2017", "time"))
    builder.add(BlockKind.PARAGRAPH, shifted)
    (page,) = page_figures(builder.build(media_type="text/plain", reader="test"))
    assert page.known == 0
    assert page.asked > 0


def test_a_page_has_its_own_reader_or_that_of_its_document() -> None:
    builder = DocumentBuilder()
    builder.add(BlockKind.PARAGRAPH, PROSE)
    builder.end_page(reading=PageReading(reader="second", why="no text", confidence=0.9))
    builder.add(BlockKind.PARAGRAPH, PROSE)
    builder.end_page()
    first, second = page_figures(builder.build(media_type="text/plain", reader="first"))
    assert (first.reader, first.why, first.confidence) == ("second", "no text", 0.9)
    assert (second.reader, second.why, second.confidence) == ("first", "", None)


def test_ink_without_text_is_unread_and_a_blank_page_is_not() -> None:
    builder = DocumentBuilder()
    builder.end_page(has_ink=True)
    builder.end_page(has_ink=False)
    inked, blank = page_figures(builder.build(media_type="text/plain", reader="test"))
    assert inked.is_unread
    assert not blank.is_unread
    assert blank.dictionary_share is None
