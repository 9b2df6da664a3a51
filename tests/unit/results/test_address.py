from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.document import Span
from searcher.errors import UsageError
from searcher.results.address import Address, parse_address
from searcher.results.report import passage_id
from tests.unit.results.answers import ids

solid_spans = st.builds(
    lambda at, size: Span(at, at + size), st.integers(0, 999), st.integers(1, 99)
)
printed = st.from_regex(r"[0-9A-Za-z][0-9A-Za-z-]{0,6}", fullmatch=True)


@given(ids, st.none() | st.integers(1, 999), st.none() | printed, st.none() | solid_spans)
def test_an_address_reads_back_as_it_is_written(
    report: str, page: int | None, label: str | None, span: Span | None
) -> None:
    address = Address(report, page, label if page is None else None, span)
    assert parse_address(str(address)) == address


@given(ids, st.none() | st.integers(1, 999), solid_spans)
def test_a_passage_id_is_an_address(report: str, page: int | None, span: Span) -> None:
    assert parse_address(passage_id(report, page, span)) == Address(report, page, None, span)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("sample", Address("sample")),
        (" sample ", Address("sample")),
        ("sample@34", Address("sample", page=34)),
        ("sample@p.iv", Address("sample", label="iv")),
        ("sample@p. 34", Address("sample", label="34")),
        ("sample@p34", Address("sample", label="34")),
        ("sample@P34", Address("sample", label="34")),
        ("sample@p.A-3#7-9", Address("sample", label="A-3", span=Span(7, 9))),
        ("sample@34#100-250", Address("sample", page=34, span=Span(100, 250))),
        ("sample#100-250", Address("sample", span=Span(100, 250))),
    ],
)
def test_every_documented_shape_is_read(text: str, address: Address) -> None:
    assert parse_address(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "", "  ", "@34", "#1-2", "a@", "a@0", "a@iv", "a@-1", "a@p", "a@p.", "a@3.5", "a@34@35",
        "a#", "a#1", "a#-2", "a#2-1", "a#1-1", "a#1-2#3-4", "a#1-2@3", "a#x-y", "a@٣",
        "a#1-" + "9" * 5000, "a@" + "9" * 5000,
    ],
)  # fmt: skip
def test_any_other_shape_is_refused_with_the_shapes_there_are(text: str) -> None:
    with pytest.raises(UsageError, match="address") as refused:
        parse_address(text)
    assert "ID@34" in refused.value.hint


@given(st.text())
def test_whatever_is_typed_is_read_or_refused(text: str) -> None:
    try:
        address = parse_address(text)
    except UsageError:
        return
    assert parse_address(str(address)) == address
