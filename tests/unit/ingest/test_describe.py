from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from searcher.index.snapshot import open_snapshot
from tests.unit.extract.pdf.drawing import pdf, prose, write

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

    from tests.unit.ingest.bench import Bench


def cover(canvas: Canvas) -> None:
    write(canvas, ["Family Safeguarding in Easterby"], y=200, size=26, bold=True)
    write(canvas, ["Research Report No 787"], y=260, size=12)
    write(canvas, ["14 July 2019"], y=300, size=12)


@pytest.mark.parametrize(
    ("row", "year", "date"),
    [
        (None, 2019, "2019-07-14"),
        ("mill,a.pdf,,,,2019,,,,,,", 2019, "2019-07-14"),
        ("mill,a.pdf,,,,2017,,,,,,", 2017, None),
    ],
)
def test_a_reports_date_is_in_the_year_that_a_person_gives_or_is_not_known(
    bench: Bench, row: str | None, year: int, date: str | None
) -> None:
    bench.put("a.pdf", pdf(cover, prose))
    if row:
        bench.put_catalogue(row)
    bench.ingest()
    report = bench.reports()["a.pdf"]
    assert (report.year, report.date) == (year, date)
    assert ("date" in dict(report.sources)) == (date is not None)


def test_series_and_numbers_are_kept_with_the_words_that_say_so(bench: Bench) -> None:
    bench.put("a.pdf", pdf(cover, prose))
    bench.ingest()
    report = bench.reports()["a.pdf"]
    assert report.series == "Research Report"
    assert report.identifiers == ("Research Report No 787",)
    with open_snapshot(bench.index) as snapshot:
        quotes = {one.field: one.quote for one in snapshot.library.evidence(report.id)}
    assert quotes["series"] == "Research Report"
    assert quotes["identifiers"] == "Research Report No 787"
    assert quotes["date"] == "14 July 2019"
