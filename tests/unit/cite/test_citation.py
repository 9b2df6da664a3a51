from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.cite.citation import Citation, citation_shape
from searcher.cite.line import one_line
from searcher.results.address import parse_address
from tests.unit.cite.citations import QUOTED, SAMPLE, WHOLE, citations
from tests.unit.results.schemas import problems


@settings(max_examples=40, deadline=None)
@given(citations())
def test_a_citation_keeps_to_its_schema(citation: Citation) -> None:
    assert problems("citation", [citation_shape(citation)]) == []


@settings(max_examples=40, deadline=None)
@given(citations(), citations())
def test_two_citations_have_one_key_only_if_they_have_one_address(
    one: Citation, other: Citation
) -> None:
    assert (one.key == other.key) == (str(one.address) == str(other.address))
    assert re.fullmatch(r"[A-Za-z0-9._:+-]+", one.key)


def test_a_key_starts_with_the_reports_id() -> None:
    assert WHOLE.key == "sample-2017"
    assert Citation(SAMPLE, 36, 36).key == "sample-2017:p36"
    assert QUOTED.key == "sample-2017:p36:100-140"


def test_the_address_of_a_citation_leads_back_to_it() -> None:
    address = parse_address(str(QUOTED.address))
    assert (address.report, address.page, address.span) == ("sample-2017", 36, QUOTED.span)


@given(st.text(st.characters()))
def test_one_line_is_one_line_that_no_terminal_obeys(text: str) -> None:
    line = one_line(text)
    assert line == one_line(line)
    assert len(line.splitlines()) <= 1
    assert all(char.isprintable() or char not in "\x1b\x07\u202e\x9b" for char in line)
    line.encode()


def test_one_line_keeps_words_and_letters() -> None:
    assert one_line(" café\t–\n ‘quoted’ \x1b[31m\u202ered\x00 ") == "café – ‘quoted’ [31mred"
