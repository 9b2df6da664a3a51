from __future__ import annotations

from dataclasses import replace

import pytest

from searcher.cite.citation import Citation
from searcher.cite.place import pages, place
from tests.unit.cite.citations import SAMPLE, WEB, WHOLE


@pytest.mark.parametrize(
    ("sheets", "labels", "words", "first_and_last"),
    [
        ((36, 36), ("34", "34"), "p. 34 [sheet 36]", ("34", "34")),
        ((34, 34), ("34", "34"), "p. 34", ("34", "34")),
        ((5, 5), ("iv", "iv"), "p. iv [sheet 5]", ("iv", "iv")),
        ((36, 36), (None, None), "sheet 36", ("36", "36")),
        ((36, 37), ("34", "35"), "pp. 34–35 [sheets 36–37]", ("34", "35")),
        ((34, 35), ("34", "35"), "pp. 34–35", ("34", "35")),
        ((36, 37), (None, "1"), "sheets 36–37", ("36", "37")),
        ((36, 37), (None, None), "sheets 36–37", ("36", "37")),
        ((36, 36), ("  \n", " "), "sheet 36", ("36", "36")),
    ],
)
def test_the_printed_label_comes_first_and_the_sheet_where_it_differs(
    sheets: tuple[int, int],
    labels: tuple[str | None, str | None],
    words: str,
    first_and_last: tuple[str, str],
) -> None:
    citation = Citation(SAMPLE, *sheets, *labels)
    assert place(citation) == words
    assert pages(citation) == first_and_last


def test_a_report_without_sheets_is_cited_by_section_or_anchor() -> None:
    assert place(WEB) == "section “Findings”"
    assert place(replace(WEB, section=())) == "#findings"
    assert pages(WEB) is None


def test_a_whole_report_has_no_place() -> None:
    assert place(WHOLE) == ""
