"""What title pages and imprints of common makes say: title, authors, publisher, date, numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from searcher.extract.pdf import PdfExtractor
from tests.unit.extract.pdf.drawing import PROSE, pdf, prose, write

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

    from searcher.document import Document, Metadata
    from tests.unit.extract.pdf.drawing import Sheet

Row = tuple[str, float]

REPORT: tuple[Row, ...] = (("Family safeguarding", 30), ("in Easterby", 30))
LARGE = 16.0  # points, from which on the letters are drawn bold


def cover(*rows: Row) -> Sheet:
    """Return a sheet with ``rows`` below one another; an empty one leaves its size free."""

    def draw(canvas: Canvas) -> None:
        y = 100.0
        for text, size in rows:
            y += 1.2 * size
            write(canvas, [text], y=y, size=size, bold=size >= LARGE)

    return draw


def imprint(*lines: str) -> Sheet:
    def draw(canvas: Canvas) -> None:
        for at, line in enumerate(lines):
            write(canvas, [line], y=500 + 24 * at)

    return draw


def read(*sheets: Sheet, title: str = "") -> Document:
    return PdfExtractor().extract(pdf(*sheets, prose, title=title))


def said(*sheets: Sheet, title: str = "") -> Metadata:
    return read(*sheets, title=title).metadata


def title_of(*rows: Row, stated: str = "") -> str | None:
    found = said(cover(*rows), title=stated).title
    return found.value if found else None


def test_a_title_goes_over_all_rows_of_its_size() -> None:
    assert title_of(*REPORT) == "Family safeguarding in Easterby"


@pytest.mark.parametrize(
    "below",
    [
        "July 2019",
        "Ann Other and Jo Bloggs",
        "Research report",
        "Research Report No 787",
        "Department for Education",
        "Easterby Evaluation Unit",
        "By Ann Other",
        "www.example.org",
        "GAO-19-412",
    ],
)
def test_what_stands_below_a_title_and_is_something_else_is_no_subtitle(below: str) -> None:
    assert title_of(*REPORT, (below, 12)) == "Family safeguarding in Easterby"


def test_a_subtitle_follows_behind_a_colon_and_a_year_behind_a_comma() -> None:
    assert title_of(("Work Plan", 30), ("Early help projects", 18), ("Fiscal Year 1999", 18)) == (
        "Work Plan: Early help projects, Fiscal Year 1999"
    )
    assert title_of(("Does training help?", 30), ("Evidence from Easterby", 18)) == (
        "Does training help? Evidence from Easterby"
    )
    assert title_of(("Work choices:", 30), ("a longitudinal study", 18)) == (
        "Work choices: a longitudinal study"
    )


@pytest.mark.parametrize(
    "above", ["Department for Education", "Final report", "UK Government", "Research and analysis"]
)
def test_bodies_and_kinds_of_paper_above_a_title_are_not_of_it(above: str) -> None:
    assert title_of((above, 30), *REPORT) == "Family safeguarding in Easterby"


def test_a_part_needs_what_it_is_a_part_of() -> None:
    rows = (("Easterby Inquiry", 22), ("Module 1:", 18), ("The first year of the service", 26))
    assert title_of(*rows) == "Easterby Inquiry Module 1: The first year of the service"


def test_a_place_alone_takes_what_was_done_there() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, ["Easterby"], y=120, size=20)
        write(canvas, ["Inspection of services for children"], y=150, size=12, bold=True)
        write(canvas, ["Summary"], y=180, size=12, bold=True)
        for at in range(22):
            prose_line = "The evaluation followed families for twelve months after it began and on"
            write(canvas, [prose_line], y=210 + 14 * at, size=11)

    found = said(draw).title
    assert found is not None
    assert found.value == "Easterby: Inspection of services for children"


def test_the_files_title_mends_one_whose_letters_are_damaged() -> None:
    assert title_of(("Te Promise of fndings", 26), stated="The Promise of findings") == (
        "The Promise of findings"
    )
    assert title_of(*REPORT, stated="Something else entirely") == "Family safeguarding in Easterby"


def test_prose_alone_is_no_title() -> None:
    assert said(prose).title is None


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("July 2019", "2019-07"),
        ("14 July 2019", "2019-07-14"),
        ("July 14, 2019", "2019-07-14"),
        ("Publication date: 21/02/2019", "2019-02-21"),
        ("HC 850 SESSION 2016-17 14 DECEMBER 2016", "2016-12-14"),
        ("Report No. 05-01670-04 October 15, 2007", "2007-10-15"),
        ("Published by Easterby Council, March 2017", "2017-03"),
        ("Spring 2018", "2018"),
        ("© Crown copyright 2012", "2012"),
    ],
)
def test_a_date_is_as_precise_as_it_is_printed(line: str, iso: str) -> None:
    found = said(cover(*REPORT, (line, 12)))
    assert found.date is not None
    assert found.date.value == iso
    assert found.year is not None
    assert found.year.value == int(iso[:4])


@pytest.mark.parametrize(
    ("rows", "name"),
    [
        (("Department of Veterans Affairs", "Office of Inspector General"),
         "Department of Veterans Affairs Office of Inspector General"),
        (("Department for", "Levelling Up,", "Housing &", "Communities"),
         "Department for Levelling Up, Housing & Communities"),
        (("MINISTRY OF JUSTICE",), "Ministry of Justice"),
        (("The Department of Justice", "and", "The Department of Education"),
         "Department of Justice and Department of Education"),
    ],
)  # fmt: skip
def test_a_letterhead_over_some_rows_is_one_name(rows: tuple[str, ...], name: str) -> None:
    found = said(cover(*((row, 14.0) for row in rows), *REPORT)).publisher
    assert found is not None
    assert found.value == name


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["© National Audit Office 2016"], "National Audit Office"),
        (["Published in July 2019 by the Institute for Samples, The Mere, Slough"],
         "Institute for Samples"),
        (["How to cite this report: Other, A. (2019). Title. Slough: Institute for Samples."],
         "Institute for Samples"),
        (["The Department for Rural and Urban Affairs (DRUA) is a ministerial department.",
          "Write to enquiries@drua.gov.uk"], "Department for Rural and Urban Affairs"),
        (["Easterby Family Foundation funds research.", "Contact info@easterbyfamily.org.uk"],
         "Easterby Family Foundation"),
    ],
)  # fmt: skip
def test_an_imprint_names_the_publisher_by_copyright_citation_or_address(
    lines: list[str], name: str
) -> None:
    found = said(cover(*REPORT), imprint(*lines)).publisher
    assert found is not None
    assert found.value == name


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        (("Zoë Other, Jo Bloggs and Sam Sample",), ("Zoë Other", "Jo Bloggs", "Sam Sample")),
        (("Independent evaluators:", "Jo Bloggs, Ann Other"), ("Jo Bloggs", "Ann Other")),
        (("A report by The Rt Hon the Baroness Other DBE", "Chair of the Inquiry"),
         ("Baroness Other",)),
        (("JO BLOGGS", "Inspector General"), ("Jo Bloggs",)),
        (("Jo Bloggs", "University of Easterby"), ("Jo Bloggs",)),
        (("Report of the Commission on Samples",), ("Commission on Samples",)),
        (("Report by the Comptroller and Auditor General",), ("Comptroller and Auditor General",)),
        (("Milton Keynes",), ()),
    ],
)  # fmt: skip
def test_authors_are_named_in_the_order_printed(
    rows: tuple[str, ...], names: tuple[str, ...]
) -> None:
    found = said(cover(*REPORT, ("", 30), *((row, 12.0) for row in rows))).authors
    assert (found.value if found else ()) == names


@pytest.mark.parametrize(
    ("line", "series", "number"),
    [
        ("Research Report No 787", "Research Report", "Research Report No 787"),
        ("BEIS Research Paper Number 2020/016", "BEIS Research Paper", None),
        ("OPRE Report 2019-45", "OPRE Report", "OPRE Report 2019-45"),
        ("Policy Research Working Paper 8123", "Policy Research Working Paper", None),
        ("Ministry of Justice Analytical Series", "Ministry of Justice Analytical Series", ""),
    ],
)
def test_a_series_is_named_and_its_number_is_an_identifier(
    line: str, series: str, number: str | None
) -> None:
    found = said(cover(*REPORT, ("", 30), (line, 12)))
    assert found.series is not None
    assert found.series.value == series
    wanted = line if number is None else number
    assert [one.value for one in found.identifiers] == ([wanted] if wanted else [])


def test_a_number_that_prose_cites_is_not_the_reports_own() -> None:
    cites = imprint(
        "It was found (A-17-10-00001, A-06-99-00000, OEI-07-06-00621) that ISBN 0-306-40615-1",
        "is no book, and 10.1000/one and 10.1000/two are cited.",
    )
    assert said(cover(*REPORT), cites).identifiers == ()


def test_spans_lie_where_the_values_were_read() -> None:
    document = read(cover(*REPORT, ("Research Report No 787", 12), ("14 July 2019", 12)))
    metadata = document.metadata
    assert metadata.title is not None
    assert metadata.series is not None
    for found, words in ((metadata.title, "in Easterby"), (metadata.series, "Research Report")):
        assert found.span is not None
        assert words in found.span.of(document.text)


def test_a_colon_in_a_titles_next_row_ends_no_title() -> None:
    found = said(cover(("Changing the odds for", 26), ("vulnerable children: first", 26)))
    assert found.title is not None
    assert found.title.value == "Changing the odds for vulnerable children: first"


def test_with_stands_between_authors_as_and_does() -> None:
    names = ("Ella Frost with Hamid Karimi", 12)
    found = said(cover(*REPORT, ("", 30), names, ("Institute of Education", 12)))
    assert found.authors is not None
    assert found.authors.value == ("Ella Frost", "Hamid Karimi")


def test_authors_stand_under_the_title_once_more_or_under_authors() -> None:
    inner = imprint("Family safeguarding", "Harriet Obi", "Sunil Rao", "First published in 2019")
    label = imprint("Authors", "David Penhale, Lorna Bright (Cardiff University)")
    for sheet, names in (
        (inner, ("Harriet Obi", "Sunil Rao")),
        (label, ("David Penhale", "Lorna Bright")),
    ):
        found = said(cover(*REPORT), sheet)
        assert found.authors is not None
        assert found.authors.value == names


def test_names_on_a_sheet_that_says_the_title_not_again_are_no_authors() -> None:
    assert said(cover(*REPORT), imprint("Harriet Obi", "Sunil Rao")).authors is None


def test_an_audited_body_on_the_cover_is_not_the_publisher() -> None:
    audited = ("Department for Transport", 14)
    found = said(cover(audited, ("", 30), *REPORT, ("", 30), ("National Audit Office", 12)))
    assert found.publisher is not None
    assert found.publisher.value == "National Audit Office"


def test_a_letters_title_is_its_subject_and_not_its_sender() -> None:
    def letter(canvas: Canvas) -> None:
        write(canvas, ["Westmarch County Council"], y=60, size=16, bold=True)
        write(canvas, ["Dear Ms Calder,"], y=120)
        write(canvas, ["Peer review of early help, January 2014"], y=150, size=12, bold=True)
        write(canvas, PROSE * 30, y=180)

    found = said(letter).title
    assert found is not None
    assert found.value == "Peer review of early help, January 2014"


def test_bodies_whose_names_head_two_columns_at_the_end_publish_jointly() -> None:
    def team(canvas: Canvas) -> None:
        write(canvas, ["The Care Quality Commission (CQC) and Ofsted inspected it."], y=100)
        write(canvas, ["© Crown copyright 2024"], y=600)
        for x, name in ((60, "Ofsted"), (320, "Care Quality Commission")):
            write(canvas, [name], x=x, y=200, size=12, bold=True)
            for at, person in enumerate(("Ann Other, lead", "Jo Bloggs, inspector") * 4):
                write(canvas, [f"{person} of {name}"], x=x, y=216 + 14 * at, size=10)

    sheets = (cover(*REPORT), prose, prose, prose, prose, team)
    found = PdfExtractor().extract(pdf(*sheets)).metadata.publisher
    assert found is not None
    assert found.value == "Ofsted and CQC"


def test_what_a_chapter_is_about_is_no_body() -> None:
    assert said(cover(*REPORT, ("", 30), ("Management and Administration", 12))).publisher is None
