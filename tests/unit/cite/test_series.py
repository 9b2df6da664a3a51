from __future__ import annotations

import json
from dataclasses import replace

import pytest

from searcher.cite.citation import Citation
from searcher.cite.exporter import exporter_for
from searcher.cite.identifier import number_in_series
from searcher.cite.reference import date_parts
from tests.unit.cite.citations import SAMPLE

REPORT = replace(
    SAMPLE,
    year=2019,
    date="2019-07-14",
    series="Research Report",
    identifiers=("Research Report No 787", "ISBN 9780306406157"),
)


@pytest.mark.parametrize(
    ("series", "number", "shown"),
    [
        ("Research Report", "Research Report No 787", "787"),
        ("BEIS Research Paper", "BEIS Research Paper Number 2020/016", "2020/016"),
        ("SOCIAL RESEARCH", "SOCIAL RESEARCH NUMBER: 12/2019", "12/2019"),
        ("Research Report", "HC 850", "HC 850"),
        (None, "Research Report 787", "Research Report 787"),
        ("Research Report", "Research Report", "Research Report"),
    ],
)
def test_a_number_is_cited_without_the_series_that_is_named_beside_it(
    series: str | None, number: str, shown: str
) -> None:
    assert number_in_series(replace(SAMPLE, series=series, identifiers=(number,))) == shown


@pytest.mark.parametrize(
    ("year", "date", "parts"),
    [
        (2019, "2019-07-14", [2019, 7, 14]),
        (2019, "2019-07", [2019, 7]),
        (2019, None, [2019]),
        (2018, "2019-07-14", [2018]),
        (None, "2019-07-14", []),
    ],
)
def test_a_date_is_cited_as_far_as_it_is_known_and_in_the_reports_year(
    year: int | None, date: str | None, parts: list[int]
) -> None:
    assert date_parts(replace(SAMPLE, year=year, date=date)) == parts


def test_every_format_with_room_for_it_names_series_number_and_date() -> None:
    cited = [Citation(REPORT)]
    item = json.loads(exporter_for("csl-json")(cited))[0]
    assert item["collection-title"] == "Research Report"
    assert item["number"] == "787"
    assert item["issued"] == {"date-parts": [[2019, 7, 14]]}
    ris = exporter_for("ris")(cited)
    assert "DA  - 2019/07/14/\n" in ris
    assert "T3  - Research Report\n" in ris
    assert "M1  - 787\n" in ris
    bibtex = exporter_for("bibtex")(cited)
    assert "type = {Research Report}" in bibtex
    assert "number = {787}" in bibtex
    assert "month = {7}" in bibtex
