from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from searcher.document import Source
from searcher.extract.pdf import PdfExtractor
from searcher.extract.pdf.metadata.authors import find_authors
from searcher.extract.pdf.metadata.credits import is_credit
from searcher.extract.pdf.metadata.organisations import is_organisation, names_in
from tests.unit.extract.pdf.drawing import LEADING, PROSE, pdf, prose, write

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

    from searcher.document import Document
    from tests.unit.extract.pdf.drawing import Sheet


def title_page(*lines: str, head: str = "", author: str = "") -> Sheet:
    def draw(canvas: Canvas) -> None:
        if author:
            canvas.setAuthor(author)
        if head:
            write(canvas, [head], y=150)
        write(canvas, ["Family Safeguarding in Easterby"], y=200, size=24, bold=True)
        write(canvas, lines, y=240)
        write(canvas, PROSE, y=260 + LEADING * (len(lines) + 1))

    return draw


def read(*sheets: Sheet) -> Document:
    return PdfExtractor().extract(pdf(*sheets))


def publisher(document: Document) -> str | None:
    found = document.metadata.publisher
    if found is not None and found.span is not None:
        assert found.span.of(document.text) == found.value
    return found.value if found else None


def authors(document: Document) -> tuple[str, ...]:
    found = document.metadata.authors
    return found.value if found else ()


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Published by Easterby Council", "Easterby Council"),
        ("Published in 2018 by the Department for Education", "Department for Education"),
        ("Publisher: Research in Practice", "Research in Practice"),
        ("Published by Hexley Trust (a charity)", "Hexley Trust"),
        ("© Easterby Institute 2018", "Easterby Institute"),
        ("© 2018 Easterby Institute", "Easterby Institute"),
        ("Copyright © NSPCC 2019. All rights reserved.", "NSPCC"),
    ],
)
def test_an_imprint_in_front_names_the_publisher(line: str, name: str) -> None:
    assert publisher(read(title_page(line), prose, prose)) == name


@pytest.mark.parametrize("line", ["Published by Easterby Council", "© 2018 Easterby Council"])
def test_an_imprint_on_the_last_sheet_names_the_publisher(line: str) -> None:
    def imprint(canvas: Canvas) -> None:
        write(canvas, [line])

    assert publisher(read(title_page(), prose, prose, imprint)) == "Easterby Council"


@pytest.mark.parametrize(
    "line", ["© Crown copyright 2018", "© Jane Bloggs 2018", "Published in Leeds", "© 2018"]
)
def test_a_line_that_names_no_body_names_no_publisher(line: str) -> None:
    assert publisher(read(title_page(line), prose)) is None


def test_a_body_named_in_running_text_is_not_the_publisher() -> None:
    def mentions(canvas: Canvas) -> None:
        write(canvas, ["Ofsted judged the services good, and Ofsted said so again in spring."] * 3)

    def cites(canvas: Canvas) -> None:
        write(canvas, ["The guidance that was published by the Department for Education helped."])

    assert publisher(read(title_page(), mentions, cites, mentions)) is None


def test_the_inspectorate_on_a_sheet_with_crown_copyright_is_the_publisher() -> None:
    def imprint(canvas: Canvas) -> None:
        write(canvas, ["The Office for Standards in Education (Ofsted) regulates and inspects."])
        write(canvas, ["© Crown copyright 2018"], y=240)

    assert publisher(read(title_page(), prose, imprint)) == "Ofsted"


def test_what_is_said_outright_wins_over_the_head_and_that_over_the_files_author() -> None:
    said, head, author = "Published by Easterby Trust", "Southmoor Council", "Hexley Institute"
    assert publisher(read(title_page(said, head=head, author=author), prose)) == "Easterby Trust"
    assert publisher(read(title_page(head=head, author=author), prose)) == "Southmoor Council"
    assert publisher(read(title_page(author=author), prose)) == "Hexley Institute"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ann Other and Jo Bloggs", ("Ann Other", "Jo Bloggs")),
        ("Author(s): Dr Ann Other, University of Easterby", ("Dr Ann Other",)),
        ("Evaluation by Easterby Evaluation Unit", ("Easterby Evaluation Unit",)),
        ("Evaluated by Easterby Unit & Hexley Group", ("Easterby Unit", "Hexley Group")),
        ("Prepared for the council by Trust for Women and Families", None),
        ("Prepared by the Trust for Women and Families", None),
    ],
)
def test_a_byline_names_persons_or_else_organisations(
    line: str, names: tuple[str, ...] | None
) -> None:
    expected = names or ("Trust for Women and Families",)
    assert authors(read(title_page(line, "July 2018", "© Some Body 2018"), prose)) == expected


def test_close_lines_of_a_title_page_stay_apart() -> None:
    lines = ("Final report", "By Easterby Unit", "July 2018", "Published by Hexley Council")
    document = read(title_page(*lines), prose)
    assert set(lines) <= set(document.text.split("\n\n"))
    assert document.metadata.year is not None
    assert document.metadata.year.value == 2018


def test_an_organisation_in_the_file_is_author_unless_it_is_the_publisher() -> None:
    other = read(title_page("Published by Hexley Council", author="Easterby Unit"), prose)
    assert authors(other) == ("Easterby Unit",)
    assert other.metadata.authors is not None
    assert other.metadata.authors.source is Source.EMBEDDED
    same = read(title_page("Published by Easterby Unit", author="Easterby Unit"), prose)
    assert authors(same) == ()


@pytest.mark.parametrize("typist", ["Ann Other", "admin", "Microsoft Word", ""])
def test_a_person_or_tool_in_the_file_is_no_author(typist: str) -> None:
    assert find_authors(None, "", stated=[typist]) is None


@pytest.mark.parametrize(
    ("listed", "names"),
    [
        ("Trust for Women and Families", ("Trust for Women and Families",)),
        ("First Unit and Second Unit", ("First Unit", "Second Unit")),
        ("First Unit; somebody else; Second Unit", ("First Unit", "Second Unit")),
        (
            "Department for Levelling Up, Housing and Communities",
            ("Department for Levelling Up, Housing and Communities",),
        ),
        ("nobody at all", ()),
        (", ".join(["First Unit"] * 50), ()),
    ],
)
def test_and_and_commas_part_names_or_stand_in_them(listed: str, names: tuple[str, ...]) -> None:
    assert names_in(listed, is_organisation) == names


@pytest.mark.parametrize(
    "text",
    [
        "By 2016 the council had changed its mind",
        "Published by the council in spring, the plan named three aims.",
        "Evaluation by Easterby Unit and",
        "The report was written in haste",
    ],
)
def test_a_sentence_that_begins_like_a_credit_is_none(text: str) -> None:
    assert not is_credit(text)
