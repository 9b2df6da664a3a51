from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from searcher.document import Document, Found, Metadata, Source
from searcher.extract.serial import from_json, to_json
from tests.strategies import documents

EMPTY = Document("", (), "text/plain", "test")
ODD_TITLE = Document("", (), "a", "b", Metadata(title=Found("\ud800\udc00 \x00", Source.HUMAN)))


@given(documents())
@example(EMPTY)
@example(ODD_TITLE)
def test_a_document_comes_back_as_it_was(document: Document) -> None:
    assert from_json(to_json(document)) == document


@given(st.binary())
def test_bytes_that_are_no_document_are_a_value_error(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        from_json(data)


@given(documents(), st.data())
def test_a_document_with_one_value_of_another_kind_is_a_value_error(
    document: Document, data: st.DataObject
) -> None:
    fields: dict[str, Any] = json.loads(to_json(document).decode("utf-8", "surrogatepass"))
    name = data.draw(st.sampled_from(sorted(fields)))
    fields[name] = data.draw(st.sampled_from([7, {"a": 1}, [[1]], None, 1.5]))
    with pytest.raises(ValueError, match=r"\S"):
        from_json(json.dumps(fields).encode())


def test_deep_nesting_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="RecursionError"):
        from_json(b"[" * 200_000)


def test_another_format_is_a_value_error() -> None:
    data = to_json(EMPTY).replace(b"serial/3", b"serial/0")
    with pytest.raises(ValueError, match="serial/0"):
        from_json(data)
