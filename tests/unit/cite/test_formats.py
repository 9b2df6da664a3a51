"""Each format's exact text for the samples; what every format owes is in tests/contract."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from searcher.cite import bibtex, csl, markdown, plain, ris
from searcher.cite.citation import Citation
from searcher.cite.identifier import IdentifierKind, identifiers
from tests.unit.cite.citations import QUOTED, SAMPLE, UNKNOWN, WEB, WHOLE

TITLE = "What worked & why: SEND support in 2016_17?"


def test_plain_text_reads_as_a_reference() -> None:
    assert plain.export([QUOTED]) == (
        f"Sample Evaluation Unit; Surname, Given (2017). {TITLE} Department for Samples. "
        "p. 34 [sheet 36]. “Costs fell by 12% in {most} of the areas.” "
        "https://example.org/reports/sample_1?a=b&c=50%25\n"
    )


def test_plain_text_says_when_there_is_no_date() -> None:
    assert plain.export([UNKNOWN]) == "A note (n.d.).\n"


def test_a_publisher_who_is_the_author_is_named_once() -> None:
    report = replace(SAMPLE, authors=(), title="A note", url=None)
    assert plain.export([Citation(report)]) == "Department for Samples (2017). A note.\n"


def test_a_page_without_sheets_is_cited_by_section_and_linked_at_its_anchor() -> None:
    assert plain.export([WEB]).endswith(
        "Department for Samples. section “Findings”. “Staff stayed.” "
        "https://example.org/web#findings\n"
    )


def test_markdown_sets_the_title_in_italics_and_quotes_below() -> None:
    assert markdown.export([QUOTED]) == (
        r"Sample Evaluation Unit; Surname, Given (2017). "
        r"*What worked & why: SEND support in 2016\_17?* "
        "Department for Samples. p. 34 [sheet 36]. "
        "<https://example.org/reports/sample_1?a=b&c=50%25>\n"
        "\n> “Costs fell by 12% in {most} of the areas.”\n"
    )


@pytest.mark.parametrize(
    ("name", "start"), [("1. Unit", r"1\. Unit"), ("- Unit", r"\- Unit"), ("# Unit", r"\# Unit")]
)
def test_markdown_opens_no_list_where_a_name_begins_like_one(name: str, start: str) -> None:
    named = Citation(replace(SAMPLE, authors=(name,)))
    assert markdown.export([named]).startswith(start)


def test_markdown_makes_a_link_of_nothing_but_a_web_address() -> None:
    odd = Citation(replace(SAMPLE, url="javascript:alert(1)"))
    assert "<javascript" not in markdown.export([odd])


def test_bibtex_is_a_techreport_with_bodies_in_double_braces() -> None:
    lines = bibtex.export([QUOTED]).splitlines()
    assert lines[0] == "@techreport{sample-2017:p36:100-140,"
    assert "  author = {{Sample Evaluation Unit} and Surname, Given}," in lines
    assert r"  title = {What worked \& why: {SEND} support in 2016\_17?}," in lines
    assert "  institution = {Department for Samples}," in lines
    assert "  number = {RR 612}," in lines
    assert "  doi = {10.1000/sample_1}," in lines
    assert "  note = {p. 34 [sheet 36]}," in lines
    assert (
        r"  annote = {“Costs fell by 12\% in \textbraceleft{}most\textbraceright{} of the areas.”},"
        in lines
    )
    assert "  url = {https://example.org/reports/sample_1?a=b&c=50%25}" in lines
    assert lines[-1] == "}"


def test_bibtex_gives_a_body_alone_two_pairs_of_braces() -> None:
    report = replace(SAMPLE, authors=("Sample Evaluation Unit",))
    assert "author = {{Sample Evaluation Unit}}," in bibtex.export([Citation(report)])


def test_bibtex_leaves_out_a_year_nobody_knows() -> None:
    assert bibtex.export([UNKNOWN]) == "@techreport{bare,\n  title = {A note}\n}\n"


def test_ris_is_a_report_from_ty_to_er() -> None:
    assert ris.export([QUOTED]).splitlines() == [
        "TY  - RPRT",
        "ID  - sample-2017:p36:100-140",
        "AU  - Sample Evaluation Unit",
        "AU  - Surname, Given",
        f"TI  - {TITLE}",
        "PB  - Department for Samples",
        "PY  - 2017",
        "SP  - 34",
        "EP  - 34",
        "SN  - 978-1-78105-000-0",
        "M1  - RR 612",
        "DO  - 10.1000/sample_1",
        "LA  - en-GB",
        "KW  - Northshire Project",
        "UR  - https://example.org/reports/sample_1?a=b&c=50%25",
        "N1  - p. 34 [sheet 36]",
        "N1  - “Costs fell by 12% in {most} of the areas.”",
        "ER  - ",
    ]


def test_csl_names_bodies_literally_and_keeps_the_way_back() -> None:
    (item,) = json.loads(csl.export([QUOTED]))
    assert item["author"] == [
        {"literal": "Sample Evaluation Unit"},
        {"family": "Surname", "given": "Given"},
    ]
    assert item["issued"] == {"date-parts": [[2017]]}
    assert item["page"] == "34"
    assert item["custom"] == {
        "report": "sample-2017",
        "sheet": 36,
        "sheet_last": 36,
        "page_label": "34",
        "span": [100, 140],
        "quote": QUOTED.quote,
    }


def test_csl_leaves_out_what_nobody_knows() -> None:
    (item,) = json.loads(csl.export([UNKNOWN]))
    assert set(item) == {"id", "type", "title", "custom"}
    (item,) = json.loads(csl.export([WHOLE]))
    assert "page" not in item


def test_csl_prints_no_character_that_a_terminal_obeys() -> None:
    text = csl.export([replace(QUOTED, quote="\x9b31m \u202e\x1b[0m")])
    assert not set(text) & set("\x9b\u202e\x1b")
    (item,) = json.loads(text)
    assert item["custom"]["quote"] == "\x9b31m \u202e\x1b[0m"


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("doi:10.1000/a_b", IdentifierKind.DOI, "10.1000/a_b"),
        ("https://doi.org/10.1000/182", IdentifierKind.DOI, "10.1000/182"),
        ("ISBN 978-1-78105-000-0", IdentifierKind.ISBN, "978-1-78105-000-0"),
        ("9781781050000", IdentifierKind.ISBN, "9781781050000"),
        ("ISSN 2049-3630", IdentifierKind.ISSN, "2049-3630"),
        ("DFE-RR123", IdentifierKind.NUMBER, "DFE-RR123"),
    ],
)
def test_an_identifier_goes_to_its_own_field(text: str, kind: IdentifierKind, value: str) -> None:
    assert identifiers(replace(SAMPLE, identifiers=(text,))) == {kind: value}
