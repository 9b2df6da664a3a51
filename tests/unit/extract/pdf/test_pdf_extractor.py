from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from contextlib import suppress
from typing import TYPE_CHECKING

import pdfminer as pdfminer_six
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption

from searcher.document import Source
from searcher.errors import ExtractionError, Reason
from searcher.extract.extractor import extractor_for
from searcher.extract.pdf import PdfExtractor
from searcher.extract.pdf.readers import pdfium, pdfminer
from tests.unit.extract.pdf.drawing import PROSE, blank, pdf, picture, prose, write

if TYPE_CHECKING:
    from types import ModuleType

    from reportlab.pdfgen.canvas import Canvas

READERS = ("pdfium", "pdfminer")


def reason_for(data: bytes, reader: str = "pdfium") -> ExtractionError:
    with pytest.raises(ExtractionError) as caught:
        PdfExtractor(reader=reader).extract(data)
    return caught.value


def test_it_is_found_by_its_media_type() -> None:
    assert isinstance(extractor_for("application/pdf"), PdfExtractor)


def test_an_unknown_reader_is_refused() -> None:
    with pytest.raises(ValueError, match="neither"):
        PdfExtractor(reader="quill")


@pytest.mark.parametrize("reader", READERS)
def test_equal_bytes_give_equal_documents(reader: str) -> None:
    data = pdf(prose, picture, prose)
    assert PdfExtractor(reader=reader).extract(data) == PdfExtractor(reader=reader).extract(data)


@pytest.mark.parametrize("reader", READERS)
def test_the_document_names_what_read_it(reader: str) -> None:
    name, version = PdfExtractor(reader=reader).extract(pdf(prose)).reader.split()
    assert name == {"pdfium": "pypdfium2", "pdfminer": "pdfminer.six"}[reader]
    assert version[0].isdigit()


@pytest.mark.parametrize("reader", READERS)
def test_pages_without_text_say_whether_they_show_anything(reader: str) -> None:
    pages = PdfExtractor(reader=reader).extract(pdf(prose, picture, blank)).pages
    assert [page.has_text for page in pages] == [True, False, False]
    assert [page.is_unread for page in pages] == [False, True, False]


@pytest.mark.parametrize("reader", READERS)
def test_pictures_alone_are_no_text(reader: str) -> None:
    error = reason_for(pdf(picture, blank), reader)
    assert error.reason is Reason.NO_TEXT
    assert "1 of 2" in error.detail
    assert error.hint


@pytest.mark.parametrize("reader", READERS)
def test_blank_pages_are_no_text(reader: str) -> None:
    error = reason_for(pdf(blank), reader)
    assert error.reason is Reason.NO_TEXT
    assert "blank" in error.detail


@pytest.mark.parametrize("reader", READERS)
def test_a_password_to_open_means_encrypted(reader: str) -> None:
    data = pdf(prose, encrypt=StandardEncryption("open sesame", strength=128))
    assert reason_for(data, reader).reason is Reason.ENCRYPTED


@pytest.mark.parametrize("reader", READERS)
def test_a_password_to_print_does_not_matter(reader: str) -> None:
    encryption = StandardEncryption("", ownerPassword="owner", canPrint=0, strength=128)
    data = pdf(prose, encrypt=encryption)
    assert PdfExtractor(reader=reader).extract(data).text == " ".join(PROSE)


@pytest.mark.parametrize("data", [b"From: webmaster\r\nvti_title: Schedule", b"<html></html>"])
def test_what_is_no_pdf_is_unsupported(data: bytes) -> None:
    assert reason_for(data).reason is Reason.UNSUPPORTED


@pytest.mark.parametrize("reader", READERS)
def test_a_head_without_a_body_is_damaged(reader: str) -> None:
    assert reason_for(pdf(prose)[:80], reader).reason is Reason.DAMAGED


def test_a_file_whose_list_of_pages_is_lost_is_not_passed_off_as_the_pages_left() -> None:
    head, _, rest = pdf(prose, prose, prose, prose).partition(b"\n")
    data = head + b"\n99 0 obj\n<< /Linearized 1 /L 9999 /N 4 >>\nendobj\n" + rest
    data = re.sub(rb"/Pages \d+ 0 R", b"/Pages 77 0 R", data)
    lost = data.replace(b"/Type /Page\n", b"/Type /Lost\n", 3)
    assert lost != data
    assert len(PdfExtractor().extract(data).pages) == 4
    for reader in READERS:
        error = reason_for(lost, reader)
        assert error.reason is Reason.DAMAGED
        assert "1 of 4 pages" in error.detail


@pytest.mark.parametrize("reader", READERS)
def test_letters_drawn_twice_to_look_bold_are_read_once(reader: str) -> None:
    def sheet(canvas: Canvas) -> None:
        for shift in (0, 0.4):
            write(canvas, ["A line drawn twice over"], x=72 + shift, size=20)
        x = 72.0
        for letter in "all letters twice":
            for shift in (0, 0.5):
                write(canvas, [letter], x=x + shift, y=300, size=20)
            x += canvas.stringWidth(letter, "Helvetica", 20)

    text = PdfExtractor(reader=reader).extract(pdf(sheet)).text
    assert text.split() == ["A", "line", "drawn", "twice", "over", "all", "letters", "twice"]


def test_junk_before_the_head_is_read_over() -> None:
    document = PdfExtractor().extract(b"\r\nContent-Type: application/pdf\r\n\r\n" + pdf(prose))
    assert document.text == " ".join(PROSE)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damage_anywhere_gives_a_document_or_a_reason(data: st.DataObject) -> None:
    whole = pdf(prose, picture)
    start = data.draw(st.integers(0, len(whole) - 1))
    junk = data.draw(st.binary(max_size=12))
    for reader in READERS:
        with suppress(ExtractionError):
            damaged = whole[:start] + junk + whole[start + len(junk) :]
            assert PdfExtractor(reader=reader).extract(damaged).pages


@pytest.mark.parametrize("reader", READERS)
def test_letters_that_no_font_explains_are_not_text(reader: str) -> None:
    shifted = {code: chr(code - 29) for code in range(ord("a"), ord("z") + 1)}

    def sheet(canvas: Canvas) -> None:
        write(canvas, [line.lower().translate(shifted) for line in PROSE * 4])

    assert reason_for(pdf(sheet), reader).reason is Reason.NO_TEXT


@pytest.mark.parametrize("reader", READERS)
def test_labels_of_the_file_are_taken_where_nothing_is_printed(reader: str) -> None:
    def labelled(canvas: Canvas) -> None:
        canvas.addPageLabel(0, style="ROMAN_LOWER", start=1)
        canvas.addPageLabel(2, style="ARABIC", start=1)
        prose(canvas)

    document = PdfExtractor(reader=reader).extract(pdf(labelled, prose, prose, prose))
    assert [page.label for page in document.pages] == ["i", "ii", "1", "2"]


@pytest.mark.parametrize("reader", READERS)
def test_the_outline_of_the_file_tells_headings_and_levels(reader: str) -> None:
    def sheet(canvas: Canvas) -> None:
        for level, text in enumerate(("Findings", "Children at home")):
            key = f"{text} {canvas.getPageNumber()}"
            canvas.bookmarkPage(key)
            canvas.addOutlineEntry(text, key, level)
        end = write(canvas, ["Findings"])
        end = write(canvas, PROSE, y=end + 10)
        end = write(canvas, ["Children at home"], y=end + 10)
        write(canvas, PROSE, y=end + 10)

    document = PdfExtractor(reader=reader).extract(pdf(prose, sheet, sheet))
    headings = [
        (block.span.of(document.text), block.level)
        for block in document.pages[1].blocks
        if block.level
    ]
    assert headings == [("Findings", 1), ("Children at home", 2)]


@pytest.mark.parametrize("reader", READERS)
def test_a_title_page_says_title_publisher_year_and_number(reader: str) -> None:
    def cover(canvas: Canvas) -> None:
        write(canvas, ["No Wrong Door in Northshire"], y=200, size=26, bold=True)
        write(canvas, ["Department for Education"], y=300, size=12)
        write(canvas, ["Published March 2017"], y=340, size=12)
        write(canvas, ["By Ann Other and Jo Bloggs"], y=380, size=12)
        write(canvas, ["Evaluation report 58"], y=420, size=12)
        write(canvas, ["ISBN 978-0-306-40615-7"], y=460, size=12)

    data = pdf(cover, prose, prose, title="Microsoft Word - nwd_final_v3.docx")
    document = PdfExtractor(reader=reader).extract(data)
    found = document.metadata
    assert found.title
    assert found.publisher
    assert found.year
    assert found.authors
    assert found.title.value == "No Wrong Door in Northshire"
    assert found.publisher.value == "Department for Education"
    assert found.year.value == 2017
    assert found.authors.value == ("Ann Other", "Jo Bloggs")
    numbers = [(one.value, one.span and one.span.of(document.text)) for one in found.identifiers]
    assert numbers == [
        ("Evaluation report 58", "Evaluation report 58"),
        ("ISBN 9780306406157", "978-0-306-40615-7"),
    ]
    said = (found.title, found.publisher, found.year, found.authors, found.identifiers[0])
    for value in said:
        assert value.source is Source.TITLE_PAGE
        assert value.span
    assert found.publisher.span
    assert found.publisher.span.of(document.text) == "Department for Education"


@pytest.mark.parametrize(
    ("embedded", "title"),
    [
        ("Family Safeguarding in Easterby - GOV.UK", "Family Safeguarding in Easterby"),
        ("Microsoft Word - draft.doc", None),
        ("report_final_v2.pdf", None),
        ("untitled", None),
    ],
)
def test_the_files_own_title_counts_unless_it_is_a_working_name(
    embedded: str, title: str | None
) -> None:
    found = PdfExtractor().extract(pdf(prose, title=embedded)).metadata.title
    assert (found.value if found else None) == title


def modules(package: ModuleType) -> list[ModuleType]:
    names = [
        found.name
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
        if not found.name.rpartition(".")[2].startswith(("__", "_cli"))
    ]
    return [package, *(importlib.import_module(name) for name in names)]


def exceptions_of(package: ModuleType) -> set[type[BaseException]]:
    found: set[type[BaseException]] = set()
    waiting: list[object] = list(modules(package))
    seen: set[int] = set()
    while waiting:
        owner = waiting.pop()
        for name, value in vars(owner).items():
            is_ours = inspect.isclass(value) and value.__module__.startswith(package.__name__)
            if not is_ours or id(value) in seen or name.startswith("_"):
                continue
            seen.add(id(value))
            waiting.append(value)
            if issubclass(value, BaseException):
                found.add(value)
    return found


@pytest.mark.parametrize(
    ("package", "ours", "least"), [(pdfminer_six, pdfminer, 20), (pypdfium2, pdfium, 2)]
)
def test_every_exception_of_a_library_has_a_reason(
    package: ModuleType, ours: ModuleType, least: int
) -> None:
    defined = exceptions_of(package)
    assert len(defined) >= least
    for exception in sorted(defined, key=lambda found: found.__qualname__):
        assert issubclass(exception, ours.FAILURES), exception
        error = ours.failure(exception.__new__(exception))
        assert isinstance(error, ExtractionError)
        assert error.detail
