from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.errors import ExtractionError, Reason
from searcher.extract.builder import clean
from searcher.extract.plain import PlainExtractor


def blocks(data: bytes) -> list[str]:
    document = PlainExtractor().extract(data)
    return [block.span.of(document.text) for page in document.pages for block in page.blocks]


@given(st.lists(st.text(st.characters(categories=["L"]), min_size=1), min_size=1))
def test_what_blank_lines_part_are_the_paragraphs(parts: list[str]) -> None:
    data = "\n \n".join(parts).encode()
    assert blocks(data) == [clean(part) for part in parts]


def test_line_ends_of_every_system_part_lines() -> None:
    assert blocks(b"one\r\ntwo\r\n\r\nthree\r\rfour\n\n\nfive") == [
        "one\ntwo",
        "three",
        "four",
        "five",
    ]


def test_a_text_with_form_feeds_has_sheets_and_one_without_has_none() -> None:
    sheets = PlainExtractor().extract(b"one\f\ftwo\f")
    assert sheets.paged
    assert [page.body.of(sheets.text) for page in sheets.pages] == ["one", "", "two"]
    assert not PlainExtractor().extract(b"one").paged


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("café’s".encode(), "café’s"),
        (b"\xef\xbb\xbf" + "café".encode(), "café"),
        (b"\xff\xfe" + "café".encode("utf-16-le"), "café"),
        (b"\xfe\xff" + "café".encode("utf-16-be"), "café"),
        (b"caf\xe9\x92s \x80 5", "café’s € 5"),
    ],
)
def test_the_encoding_is_found(data: bytes, text: str) -> None:
    assert PlainExtractor().extract(data).text == text


@pytest.mark.parametrize("data", [b"", b" \n\n \f", b"\xef\xbb\xbf"])
def test_a_file_without_words_has_no_text(data: bytes) -> None:
    with pytest.raises(ExtractionError) as error:
        PlainExtractor().extract(data)
    assert error.value.reason is Reason.NO_TEXT


@pytest.mark.parametrize("data", [b"a\0b", b"PK\x03\x04abc", bytes(range(1, 9)) * 9, b"\x89PNG.."])
def test_binary_is_unsupported(data: bytes) -> None:
    with pytest.raises(ExtractionError) as error:
        PlainExtractor().extract(data)
    assert error.value.reason is Reason.UNSUPPORTED
    assert error.value.hint
