from __future__ import annotations

import json

import pytest
from hypothesis import given

from searcher.document import BlockKind, Found, Source
from searcher.errors import ExtractionError, Reason
from searcher.extract.builder import clean
from searcher.extract.plain import paragraphs
from searcher.extract.record import RecordExtractor
from tests.strategies import texts


def data(**fields: object) -> bytes:
    return json.dumps(fields).encode()


@given(texts(min_size=1), texts())
def test_a_record_is_its_title_and_then_its_paragraphs(title: str, text: str) -> None:
    wanted = [clean(part) for part in (title, *paragraphs(text))]
    if not any(wanted):
        return
    document = RecordExtractor().extract(data(id="1", title=title, text=text))
    found = [block.span.of(document.text) for block in document.pages[0].blocks]
    assert found == [part for part in wanted if part]


def test_a_record_of_nothing_but_a_title_is_read() -> None:
    document = RecordExtractor().extract(data(id="1", title="A title", text=""))
    assert document.text == "A title"
    assert document.pages[0].blocks[0].kind is BlockKind.TITLE
    assert not document.paged


def test_what_the_record_says_of_itself_is_embedded() -> None:
    found = RecordExtractor().extract(
        data(id="1", title="T", text="", authors=["Ann ", ""], publisher="P", year=2017, url="u")
    )
    metadata = found.metadata
    assert metadata.title is not None
    assert metadata.title.span is not None
    assert metadata.title.span.of(found.text) == "T"
    assert metadata.authors == Found(("Ann",), Source.EMBEDDED)
    assert metadata.publisher == Found("P", Source.EMBEDDED)
    assert metadata.year == Found(2017, Source.EMBEDDED)
    assert metadata.url == Found("u", Source.EMBEDDED)


@pytest.mark.parametrize("year", [True, None, "soon", [2017], 17])
def test_a_year_that_is_none_is_left_out(year: object) -> None:
    assert RecordExtractor().extract(data(text="a", year=year)).metadata.year is None


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", Reason.DAMAGED),
        (b"[]", Reason.DAMAGED),
        (b"[" * 100_000, Reason.DAMAGED),
        (b"\xff", Reason.DAMAGED),
        (b'{"id": "1"}', Reason.DAMAGED),
        (b'{"id": "1", "text": " "}', Reason.NO_TEXT),
    ],
)
def test_a_line_that_is_no_record_has_its_reason(line: bytes, reason: Reason) -> None:
    with pytest.raises(ExtractionError) as error:
        RecordExtractor().extract(line)
    assert error.value.reason is reason
