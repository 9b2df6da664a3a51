"""What every exporter owes, whoever wrote it: one suite on all that are registered."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher import plugins
from searcher.cite.citation import Citation
from searcher.cite.exporter import GROUP, exporter_for
from searcher.cite.line import one_line
from searcher.errors import UnknownNameError
from tests.contract.reading_back import READERS
from tests.unit.cite.citations import QUOTED, SAMPLE, UNKNOWN, WEB, WHOLE, citations
from tests.unit.results.schemas import problems

NAMES = plugins.names(GROUP)
BUILT_IN = {"bibtex", "csl-json", "markdown", "plain", "ris"}
HOSTILE = [
    "A note\nER  - \n\nTY  - RPRT\nTI  - Another",
    "A note},\n}\n@techreport{another, title = {Another",
    "Half { a brace \\",
    "*A* [note](javascript:alert(1)) <script>",
    "\u2028\x85\x0b\x1cA\x1b[2Jnote\u202e",
    '","type":"book',
]
OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
quick = settings(max_examples=40, deadline=None)
several = st.lists(citations(), max_size=3, unique_by=lambda citation: citation.key)


def test_every_built_in_format_is_registered() -> None:
    assert set(NAMES) >= BUILT_IN


def test_an_unknown_format_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownNameError) as refused:
        exporter_for("endnote")
    assert refused.value.near == ()
    assert refused.value.hint == "known are " + ", ".join(NAMES)
    with pytest.raises(UnknownNameError) as refused:
        exporter_for("bibtxe")
    assert refused.value.near == ("bibtex",)


@pytest.mark.parametrize("name", NAMES)
@quick
@given(several)
def test_what_is_exported_is_clean_text_that_ends_in_a_line_feed(
    name: str, cited: list[Citation]
) -> None:
    text = exporter_for(name)(cited)
    assert text == exporter_for(name)(list(cited))
    assert text.endswith("\n") if cited else text.strip() in {"", "[]"}
    assert not OBEYED.search(text)
    text.encode()


@pytest.mark.parametrize("name", NAMES)
@quick
@given(several)
def test_a_citation_given_twice_is_written_once_in_the_order_first_given(
    name: str, cited: list[Citation]
) -> None:
    export = exporter_for(name)
    assert export([*cited, *reversed(cited)]) == export(cited)


@pytest.mark.parametrize("name", NAMES)
def test_a_format_says_who_what_when_and_where(name: str) -> None:
    text = exporter_for(name)([QUOTED])
    for known in ("Sample Evaluation Unit", "2017", "Department for Samples", "34", "36"):
        assert known in text
    assert "areas." in text


@pytest.mark.parametrize("name", NAMES)
def test_a_format_needs_no_more_than_a_title(name: str) -> None:
    text = exporter_for(name)([UNKNOWN, WHOLE, WEB])
    assert "A note" in text
    assert "None" not in text
    assert "null" not in text


@pytest.mark.parametrize("name", READERS)
@quick
@given(several)
def test_what_is_exported_reads_back(name: str, cited: list[Citation]) -> None:
    entries = READERS[name](exporter_for(name)(cited))
    assert len(entries) == len(cited)
    for entry, citation in zip(entries, cited, strict=True):
        assert entry.key in {citation.key, ""}
        assert entry.title == (one_line(citation.report.title) or citation.report.id)
        assert entry.quote == one_line(citation.quote or "")


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("title", HOSTILE)
def test_no_title_or_author_can_add_an_entry(name: str, title: str) -> None:
    report = replace(SAMPLE, title=title, authors=(title,), publisher=title, identifiers=(title,))
    hostile = Citation(report, page=1, page_last=1, page_label=title, page_label_last=title)
    entries = READERS[name](exporter_for(name)([hostile, WEB]))
    assert [entry.title for entry in entries] == [one_line(title), SAMPLE.title]


def test_a_plain_citation_is_one_line() -> None:
    report = replace(SAMPLE, title=HOSTILE[0])
    assert exporter_for("plain")([Citation(report), QUOTED]).count("\n") == 2


@quick
@given(several)
def test_csl_json_keeps_to_its_schema(cited: list[Citation]) -> None:
    assert problems("csl-json", json.loads(exporter_for("csl-json")(cited))) == []


@quick
@given(several)
def test_bibtexparser_finds_each_entry(cited: list[Citation]) -> None:
    bibtexparser = pytest.importorskip("bibtexparser", minversion="2")
    library = bibtexparser.parse_string(exporter_for("bibtex")(cited))
    assert library.failed_blocks == []
    assert [entry.key for entry in library.entries] == [citation.key for citation in cited]


def test_bibtexparser_reads_the_sample_as_it_is() -> None:
    bibtexparser = pytest.importorskip("bibtexparser", minversion="2")
    middlewares = pytest.importorskip("bibtexparser.middlewares")
    library = bibtexparser.parse_string(
        exporter_for("bibtex")([QUOTED]), append_middleware=[middlewares.LatexDecodingMiddleware()]
    )
    (entry,) = library.entries
    assert entry["title"] == SAMPLE.title
    assert entry["year"] == "2017"
    assert entry["author"].startswith("{Sample Evaluation Unit}") or "Sample" in entry["author"]


@quick
@given(several)
def test_rispy_reads_each_record(cited: list[Citation]) -> None:
    rispy = pytest.importorskip("rispy")
    records = rispy.loads(exporter_for("ris")(cited))
    assert [record["id"] for record in records] == [citation.key for citation in cited]
    for record, citation in zip(records, cited, strict=True):
        assert record["type_of_reference"] == "RPRT"
        assert record["title"] == (one_line(citation.report.title) or citation.report.id)
