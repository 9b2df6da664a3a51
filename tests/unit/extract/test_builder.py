from __future__ import annotations

import unicodedata
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from searcher.document import FURNITURE, BlockKind, Document
from searcher.extract.builder import SEPARATOR, DocumentBuilder, clean
from tests.strategies import documents, texts


@given(st.text())
def test_a_clean_text_stays_as_it_is(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text())
def test_a_clean_text_holds_no_control_character_and_no_blank_line(text: str) -> None:
    cleaned = clean(text)
    assert SEPARATOR not in cleaned
    assert not any(unicodedata.category(char) in {"Cc", "Cs"} for char in cleaned if char != "\n")
    assert unicodedata.is_normalized("NFC", cleaned)
    cleaned.encode("utf-8")


def test_ligatures_and_soft_hyphens_become_letters() -> None:
    assert clean("e\ufb03cient\tco\u00adopera\u200btion\r\n in\u00a0cafe\u0301s\ufeff") == (
        "efficient cooperation\nin cafés"
    )


@given(documents())
def test_every_block_is_a_clean_text_in_its_page(document: Document) -> None:
    for page in document.pages:
        for block in page.blocks:
            text = block.span.of(document.text)
            assert text
            assert clean(text) == text
            assert page.span.holds(block.span)


@given(documents())
def test_blocks_are_joined_by_one_blank_line_and_fill_the_text(document: Document) -> None:
    blocks = [block for page in document.pages for block in page.blocks]
    assert document.text == SEPARATOR.join(block.span.of(document.text) for block in blocks)
    for before, after in pairwise(blocks):
        assert document.text[before.span.end : after.span.start] == SEPARATOR


@given(documents())
def test_the_body_holds_all_but_the_furniture(document: Document) -> None:
    for page in document.pages:
        for block in page.blocks:
            assert page.body.holds(block.span) == (block.kind not in FURNITURE)


def test_footnotes_and_furniture_come_last_on_their_page() -> None:
    builder = DocumentBuilder()
    kinds = [BlockKind.HEADER, BlockKind.FOOTNOTE, BlockKind.PARAGRAPH, BlockKind.PAGE_NUMBER]
    for kind in kinds:
        builder.add(kind, kind.value)
    page = builder.end_page("iv")
    assert [block.kind for block in page.blocks] == [
        BlockKind.PARAGRAPH,
        BlockKind.FOOTNOTE,
        BlockKind.HEADER,
        BlockKind.PAGE_NUMBER,
    ]


@given(st.lists(texts()))
def test_the_span_returned_for_a_body_block_is_where_it_lies(blocks: list[str]) -> None:
    builder = DocumentBuilder()
    spans = [builder.add(BlockKind.PARAGRAPH, text) for text in blocks]
    builder.end_page()
    document = builder.build(media_type="text/plain", reader="test")
    for span, text in zip(spans, blocks, strict=True):
        assert (span.of(document.text) if span else "") == clean(text)


def test_pages_without_text_are_kept() -> None:
    builder = DocumentBuilder()
    builder.end_page()
    builder.add(BlockKind.PARAGRAPH, "one")
    builder.end_page()
    builder.end_page(has_ink=False)
    document = builder.build(media_type="application/pdf", reader="test")
    assert document.text == "one"
    assert [(page.has_text, page.is_unread) for page in document.pages] == [
        (False, True),
        (True, False),
        (False, False),
    ]
