from __future__ import annotations

import pytest

from searcher.errors import ExtractionError, Reason
from searcher.extract.sniff import HTML, MARKDOWN, PDF, TEXT, media_type_of

PAGE = b"\xef\xbb\xbf <!-- saved --> <!DOCTYPE html><p>words"


@pytest.mark.parametrize(
    ("data", "declared", "found"),
    [
        (b"%PDF-1.7", HTML, PDF),
        (b"\n%PDF-1.7", TEXT, PDF),
        (b"junk" * 9 + b"%PDF-1.7", PDF, PDF),
        (b"1 0 obj << >> endobj", PDF, PDF),
        (PAGE, PDF, HTML),
        (PAGE, TEXT, HTML),
        (PAGE, MARKDOWN, HTML),
        (b"\xff\xfe" + "<html><p>words".encode("utf-16-le"), PDF, HTML),
        (b'<?xml version="1.0"?>\n<html>', TEXT, HTML),
        (b"<p>words", HTML, HTML),
        (b"<p>words", MARKDOWN, MARKDOWN),
        (b"only words", HTML, TEXT),
        (b"words on %PDF-1.7 and <html>", TEXT, TEXT),
        (b"words on %PDF-1.7 and <html>", MARKDOWN, MARKDOWN),
        (b"%PDF-1.7", "application/json", "application/json"),
    ],
)
def test_content_decides_where_it_contradicts_the_extension(
    data: bytes, declared: str, found: str
) -> None:
    assert media_type_of(data, declared) == found


@pytest.mark.parametrize(
    ("data", "declared"),
    [
        (b"only words", PDF),
        (b"PK\x03\x04 word/document.xml", PDF),
        (b"PK\x03\x04 word/document.xml", HTML),
        (b"\x89PNG\r\n", HTML),
        (b"\0\1\2\3" * 9, TEXT),
    ],
)
def test_what_nobody_reads_is_unsupported_with_a_hint(data: bytes, declared: str) -> None:
    with pytest.raises(ExtractionError) as error:
        media_type_of(data, declared)
    assert error.value.reason is Reason.UNSUPPORTED
    assert error.value.hint
