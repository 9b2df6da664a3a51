"""Which of the dates around a report is its own."""

from __future__ import annotations

import pytest

from searcher.document import BlockKind, Found, Source, Span
from searcher.extract.pdf.dates import find_date
from searcher.extract.pdf.metadata.cover import CoverLine

CLAIM = "© Crown copyright 2024"


def line(text: str) -> CoverLine:
    return CoverLine(text, Span(0, len(text)), 1, BlockKind.PARAGRAPH)


def dated(*front: str, created: int | None, claim: str = CLAIM) -> Found[str] | None:
    return find_date([line(text) for text in front], [line(claim)], created)


@pytest.mark.parametrize(
    "inspected", ["Inspection dates: 9 to 13 December 2024", "Visit dates: 14 January 2025"]
)
def test_a_copyright_older_than_what_was_inspected_gives_way_to_the_file(inspected: str) -> None:
    assert dated(inspected, created=2025) == Found("2025", Source.EMBEDDED)


@pytest.mark.parametrize(
    ("inspected", "created"),
    [
        ("Inspection dates: 18 to 22 March 2024", 2025),
        ("Inspection dates: 9 to 13 December 2024", 2024),
        ("Inspection dates: 9 to 13 December 2024", 2026),
        ("Inspection dates: 9 to 13 December 2024", None),
        ("Dates of previous inspection: 9 to 12 December 2024", 2025),
        ("The inspection dates from December 2024", 2025),
    ],
)
def test_a_copyright_that_the_report_may_have_come_out_under_is_believed(
    inspected: str, created: int | None
) -> None:
    assert dated(inspected, created=created) == Found(
        "2024", Source.TITLE_PAGE, Span(0, len(CLAIM))
    )


def test_a_letters_own_date_goes_before_any_copyright() -> None:
    found = dated("14 January 2025", "Inspection dates: 9 to 13 December 2024", created=2025)
    assert found is not None
    assert (found.value, found.source) == ("2025-01-14", Source.TITLE_PAGE)
