"""The encoding is found by the bytes, whatever the page says of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.extract.html.encoding import decode_html
from searcher.extract.sniff import HTML, media_type_of

WORDS = "café’s “déjà vu”"
PAGE = f"<html><p>{WORDS} and words enough to tell</p></html>"


def twice(text: str) -> bytes:
    taken = (
        chr(byte) if byte in {0x81, 0x8D, 0x8F, 0x90, 0x9D} else bytes([byte]).decode("cp1252")
        for byte in text.encode()
    )
    return "".join(taken).encode()


@pytest.mark.parametrize("name", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_marks_and_zeros_tell_the_encoding_to_sniffer_and_reader_alike(name: str) -> None:
    data = PAGE.encode(name)
    assert WORDS in decode_html(data)
    assert media_type_of(data, HTML) == HTML


def test_utf8_that_was_encoded_twice_is_read_as_it_was_meant() -> None:
    assert WORDS in decode_html(twice(PAGE))
    assert WORDS in decode_html(PAGE.encode().decode("latin-1").encode())


@given(st.text(st.characters(codec="cp1252", categories=["L", "P", "N"]), max_size=30))
def test_what_was_encoded_once_stays_as_it_is(text: str) -> None:
    page = f"<p>{text} ’ é"
    assert decode_html(page.encode()) == page


@pytest.mark.parametrize(
    ("declared", "name", "text"),
    [
        ("x-sjis", "cp932", "日本語テスト"),
        ("gb2312", "gb18030", "日本语测试"),
        ("euc-kr", "cp949", "한국어"),
        ("koi8-r", "koi8-r", "отчёт"),
    ],
)
def test_a_declaration_is_believed_as_late_as_it_comes(declared: str, name: str, text: str) -> None:
    late = f"<script>{'x' * 9000}</script><meta charset={declared}><p>"
    assert text in decode_html(late.encode() + (text * 50).encode(name))
    assert text in decode_html(late.encode() + (text * 50).encode(name) + b"\xff")


def test_a_script_that_speaks_of_encodings_declares_none() -> None:
    script = b'<script>x = {charset: "koi8-r", "charset=koi8-r": 1}</script><p>caf\xe9\x92s'
    assert decode_html(script).endswith("café’s")
