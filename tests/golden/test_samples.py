"""The bundled sample reports are what their script makes, and hold what ``golden.json`` says."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
import unicodedata
import zlib
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, NotRequired, TypedDict

import pypdfium2
import pytest
from bs4 import BeautifulSoup

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent.parent
REPORTS = ROOT / "corpus" / "reports"
NOTICE = (
    "Sample report, written to demonstrate and test searcher. "
    "The area, the figures and the findings are invented."
)
MADE_WITH = {"reportlab": "5.1.0", "pillow": "13.0.0"}
MADE_WITH_ZLIB = "1.2.13"
SIZE_LIMIT_BYTES = 1_500_000
HYPHENS = re.compile(r"[\s\-\N{SOFT HYPHEN}\N{HYPHEN}\uFFFE]+")  # PDFium marks a hyphen U+FFFE


class GoldenHeading(TypedDict):
    level: int
    text: str
    page: int | None


class GoldenReport(TypedDict):
    file: str
    fate: str
    reason: str | None
    title: str
    authors: list[str]
    publisher: str
    year: int
    pages: int | None
    pdf_labels: list[str] | None
    printed_labels: list[str | None] | None
    headings: list[GoldenHeading]
    projects: list[str]
    themes: list[str]
    outcomes: list[str]
    designs: list[str]


class GoldenItem(TypedDict):
    query: str
    file: str
    page: int | None
    also: NotRequired[list[int]]


class GoldenQuotation(TypedDict):
    quote: str
    file: str
    page: int | None


class AlteredQuotation(TypedDict):
    quote: str
    file: str
    why: str


class WithoutAnswer(TypedDict):
    query: str
    absent: list[str]


class Golden(TypedDict):
    reports: list[GoldenReport]
    known_items: list[GoldenItem]
    synonym_items: list[GoldenItem]
    quotations: list[GoldenQuotation]
    altered_quotations: list[AlteredQuotation]
    without_answer: list[WithoutAnswer]


def load_golden() -> Golden:
    text = (ROOT / "tests" / "data" / "golden.json").read_text(encoding="utf-8")
    golden: Golden = json.loads(text)
    return golden


GOLDEN = load_golden()
READABLE = [report for report in GOLDEN["reports"] if report["reason"] != "no-text"]
PRINTED = [report for report in READABLE if report["pages"]]
PASSWORDS = {
    report["file"]: "sample" for report in GOLDEN["reports"] if report["reason"] == "encrypted"
}


def squeeze(text: str) -> str:
    return HYPHENS.sub("", unicodedata.normalize("NFKC", text))


@cache
def sheets(file: str) -> tuple[str, ...]:
    """Return the text of each sheet; a web page is one sheet."""
    return read_sheets(REPORTS / file)


def read_sheets(path: Path) -> tuple[str, ...]:
    if path.suffix == ".html":
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        return (page.get_text(" "),)
    with pypdfium2.PdfDocument(path, password=PASSWORDS.get(path.name)) as document:
        return tuple(page_texts(document))


def page_texts(document: pypdfium2.PdfDocument) -> Iterator[str]:
    for page in document:
        text = page.get_textpage()
        yield text.get_text_range()
        text.close()
        page.close()


def sheet(file: str, page: int | None) -> str:
    return squeeze(sheets(file)[(page or 1) - 1])


def other_tools() -> str:
    """Return how the tools here differ from those the files were made with; empty: they do not."""
    here = {name: metadata.version(name) for name in MADE_WITH}
    if here != MADE_WITH:
        return f"the files were made with {MADE_WITH}, here are {here}"
    if zlib.ZLIB_RUNTIME_VERSION != MADE_WITH_ZLIB:
        return (
            f"the files were made with zlib {MADE_WITH_ZLIB}, here is {zlib.ZLIB_RUNTIME_VERSION}"
        )
    return ""


def ids_of(part: str) -> set[str]:
    path = ROOT / "corpus" / "vocabulary" / f"{part}.csv"
    with path.open(encoding="utf-8", newline="") as rows:
        return {row["id"] for row in csv.DictReader(rows)}


def catalogue_rows() -> list[dict[str, str]]:
    with (ROOT / "corpus" / "catalogue.csv").open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


@pytest.fixture(scope="module")
def remade(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("reportlab", reason="needs reportlab, which makes the samples")
    pytest.importorskip("PIL", reason="needs Pillow, which draws the scan")
    folder = tmp_path_factory.mktemp("reports")
    script = ROOT / "scripts" / "make_samples.py"
    subprocess.run([sys.executable, str(script), "--into", str(folder)], check=True)
    return folder


def test_the_script_makes_every_committed_report_and_no_other(remade: Path) -> None:
    made = {path.name for path in remade.iterdir()}
    kept = {path.name for path in REPORTS.iterdir() if path.name != "README.md"}
    assert made == kept == {report["file"] for report in GOLDEN["reports"]}


@pytest.mark.parametrize("file", [report["file"] for report in GOLDEN["reports"]])
def test_a_committed_report_is_what_the_script_makes_byte_for_byte(remade: Path, file: str) -> None:
    if file.endswith(".pdf") and (difference := other_tools()):
        pytest.skip(difference)
    assert (remade / file).read_bytes() == (REPORTS / file).read_bytes()


@pytest.mark.parametrize("file", [report["file"] for report in GOLDEN["reports"]])
def test_a_committed_report_reads_as_the_one_the_script_makes(remade: Path, file: str) -> None:
    assert read_sheets(remade / file) == sheets(file)


def test_making_the_reports_twice_gives_equal_bytes(remade: Path, tmp_path: Path) -> None:
    script = ROOT / "scripts" / "make_samples.py"
    subprocess.run([sys.executable, str(script), "--into", str(tmp_path)], check=True)
    for path in remade.iterdir():
        assert path.read_bytes() == (tmp_path / path.name).read_bytes(), path.name


@pytest.mark.parametrize("report", READABLE, ids=lambda report: report["file"])
def test_the_first_page_says_that_it_is_a_sample(report: GoldenReport) -> None:
    assert squeeze(NOTICE) in sheet(report["file"], 1)


@pytest.mark.parametrize("report", READABLE, ids=lambda report: report["file"])
def test_the_title_page_says_title_authors_publisher_and_year(report: GoldenReport) -> None:
    first = sheet(report["file"], 1)
    for fact in (report["title"], *report["authors"], report["publisher"], str(report["year"])):
        assert squeeze(fact) in first, fact


def test_a_scan_holds_pages_and_no_text() -> None:
    scans = [report for report in GOLDEN["reports"] if report["reason"] == "no-text"]
    assert scans
    for report in scans:
        assert len(sheets(report["file"])) == report["pages"]
        assert not "".join(sheets(report["file"])).strip()


def test_a_locked_report_does_not_open_without_its_password() -> None:
    assert PASSWORDS
    for file in PASSWORDS:
        with pytest.raises(pypdfium2.PdfiumError, match="password"):
            pypdfium2.PdfDocument(REPORTS / file)


@pytest.mark.parametrize("report", PRINTED, ids=lambda report: report["file"])
def test_pages_and_labels_are_those_of_the_file(report: GoldenReport) -> None:
    file = report["file"]
    with pypdfium2.PdfDocument(REPORTS / file, password=PASSWORDS.get(file)) as document:
        labels = [document.get_page_label(index) for index in range(len(document))]
    assert len(labels) == report["pages"]
    assert labels == (report["pdf_labels"] or [""] * len(labels))
    for page, label in enumerate(report["printed_labels"] or (), start=1):
        assert label is None or re.search(rf"\b{label}\b", sheets(file)[page - 1])


@pytest.mark.parametrize("report", READABLE, ids=lambda report: report["file"])
def test_each_heading_stands_on_its_sheet_after_the_one_before(report: GoldenReport) -> None:
    assert report["headings"]
    pages = [heading["page"] or 1 for heading in report["headings"]]
    assert pages == sorted(pages)
    for heading in report["headings"]:
        assert squeeze(heading["text"]) in sheet(report["file"], heading["page"])


@pytest.mark.parametrize("item", GOLDEN["quotations"], ids=lambda item: item["quote"][:40])
def test_a_quotation_stands_on_the_sheet_it_is_said_to_stand_on(item: GoldenQuotation) -> None:
    assert len(item["quote"].split()) >= 6
    assert squeeze(item["quote"]) in sheet(item["file"], item["page"])


def test_some_quotations_cross_a_hyphen_at_the_end_of_a_line() -> None:
    kept = "".join(sheets("reclaiming-social-work-southmoor.pdf"))
    assert "evidence\ufffebased" in kept
    assert "hy\ufffepotheses" in kept
    quotes = " ".join(item["quote"] for item in GOLDEN["quotations"])
    assert "evidence-based" in quotes
    assert "hypotheses" in quotes


@pytest.mark.parametrize("item", GOLDEN["altered_quotations"], ids=lambda item: item["why"])
def test_an_altered_quotation_is_not_in_the_report(item: AlteredQuotation) -> None:
    assert squeeze(item["quote"]) not in squeeze("".join(sheets(item["file"])))


def test_a_query_without_answer_names_what_no_report_names() -> None:
    words = set(re.findall(r"\w+", " ".join(" ".join(sheets(r["file"])) for r in READABLE).lower()))
    for item in GOLDEN["without_answer"]:
        assert item["absent"]
        assert words.isdisjoint(item["absent"])
        assert set(item["absent"]) <= set(item["query"].lower().split())


def test_known_items_name_a_readable_report_and_a_sheet_of_it() -> None:
    pages = {r["file"]: r["pages"] for r in GOLDEN["reports"] if r["fate"] == "report"}
    assert len(GOLDEN["known_items"]) >= 30
    for item in (*GOLDEN["known_items"], *GOLDEN["synonym_items"]):
        last = pages[item["file"]]
        for page in (item["page"], *item.get("also", ())):
            assert page is None if last is None else 1 <= (page or 0) <= last


def test_an_item_asked_by_synonym_has_many_words_that_its_sheet_lacks() -> None:
    assert GOLDEN["synonym_items"]
    for item in GOLDEN["synonym_items"]:
        words = set(re.findall(r"\w{4,}", item["query"].lower()))
        there = set(re.findall(r"\w+", sheets(item["file"])[(item["page"] or 1) - 1].lower()))
        assert len(words - there) * 3 >= len(words), item["query"]


def test_what_golden_and_catalogue_name_is_in_the_vocabulary() -> None:
    rows = catalogue_rows()
    for part, named in (
        ("projects", {concept for report in GOLDEN["reports"] for concept in report["projects"]}),
        ("themes", {concept for report in GOLDEN["reports"] for concept in report["themes"]}),
        ("outcomes", {concept for report in GOLDEN["reports"] for concept in report["outcomes"]}),
        ("designs", {concept for report in GOLDEN["reports"] for concept in report["designs"]}),
    ):
        catalogued = {concept for row in rows for concept in row[part].split("|")}
        assert named
        assert (named | catalogued) - {""} <= ids_of(part)


def test_the_catalogue_has_about_half_of_the_readable_reports() -> None:
    rows = catalogue_rows()
    files = {row["file"].removeprefix("reports/") for row in rows}
    reports = {report["file"] for report in GOLDEN["reports"] if report["fate"] == "report"}
    assert files <= reports
    assert len(reports) // 3 < len(files) < len(reports) * 2 // 3
    assert len({row["id"] for row in rows}) == len(rows)


def test_all_samples_together_stay_small() -> None:
    assert sum(path.stat().st_size for path in REPORTS.iterdir()) < SIZE_LIMIT_BYTES
