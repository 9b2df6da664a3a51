"""The bundled reports, read and found again: what is really in them is what comes out."""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from searcher.index.snapshot import Snapshot, open_snapshot
from searcher.search.engine import SearchOptions, ranking, search

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.results.report import Report

GOLDEN = json.loads(Path(__file__).parent.parent.joinpath("data/golden.json").read_bytes())
READ = [report for report in GOLDEN["reports"] if report["fate"] == "report"]
LOST = [report for report in GOLDEN["reports"] if report["fate"] == "quarantine"]


def by_file(entry: dict[str, Any]) -> str:
    return str(entry["file"])


@pytest.fixture(scope="module")
def snapshot(library_index: Path) -> Iterator[Snapshot]:
    with open_snapshot(library_index) as opened:
        yield opened


@cache
def reports_of(snapshot: Snapshot) -> dict[str, Report]:
    return {report.file.removeprefix("reports/"): report for report in snapshot.library.reports()}


def plain(text: str) -> str:
    """Return ``text`` as words compare: typographic marks plain, white space one space."""
    marks = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})
    return " ".join(unicodedata.normalize("NFKC", text).translate(marks).casefold().split())


def test_every_file_has_its_fate(snapshot: Snapshot) -> None:
    failures = {f.file.removeprefix("reports/"): f.reason for f in snapshot.library.failures()}
    assert set(reports_of(snapshot)) == {report["file"] for report in READ}
    assert failures == {report["file"]: report["reason"] for report in LOST}


@pytest.mark.parametrize("expected", READ, ids=by_file)
def test_the_title_page_is_read(snapshot: Snapshot, expected: dict[str, Any]) -> None:
    report = reports_of(snapshot)[expected["file"]]
    assert plain(expected["title"]) in plain(report.title)
    assert report.year == expected["year"]
    assert report.publisher is not None
    assert plain(report.publisher) in plain(expected["publisher"])
    assert report.authors == tuple(expected["authors"])


@pytest.mark.parametrize("expected", READ, ids=by_file)
def test_pages_keep_their_numbers_and_labels(snapshot: Snapshot, expected: dict[str, Any]) -> None:
    report = reports_of(snapshot)[expected["file"]]
    pages = list(snapshot.library.pages(report.id))
    if expected["pages"] is None:
        assert report.pages == 0
        assert [page.page for page in pages] == [None]
        return
    assert [page.page for page in pages] == list(range(1, expected["pages"] + 1))
    assert [page.page_label for page in pages] == labels_of(expected)


def labels_of(expected: dict[str, Any]) -> list[str | None]:
    """Return what is printed on each sheet; the file's own label where that is nothing.

    The cover of a report counts as page i without showing it, and people cite it so.
    """
    sheets = range(expected["pages"])
    printed = expected["printed_labels"] or [None for _ in sheets]
    stated = expected["pdf_labels"] or [None for _ in sheets]
    return [label or other for label, other in zip(printed, stated, strict=True)]


@pytest.mark.parametrize("expected", READ, ids=by_file)
def test_headings_are_found_on_their_pages(snapshot: Snapshot, expected: dict[str, Any]) -> None:
    report = reports_of(snapshot)[expected["file"]]
    outline = snapshot.library.outline(report.id).sections
    found = [(plain(section.path[-1]), section.page) for section in outline if section.path]
    wanted = [(plain(heading["text"]), heading["page"]) for heading in expected["headings"]]
    missing = [heading for heading in wanted if heading not in found]
    assert len(missing) <= len(wanted) // 10, missing
    extra = [heading for heading in found if heading not in wanted]
    assert len(extra) <= len(wanted) // 5 + 1, extra


def quoted(words: str) -> str:
    """Return the query for exactly these words; what quotation marks they hold ends no phrase."""
    return '"' + re.sub('["“”„«»]', " ", words) + '"'


@pytest.mark.parametrize("entry", GOLDEN["quotations"], ids=lambda entry: str(entry["quote"])[:40])
def test_a_quotation_is_found_on_its_page(snapshot: Snapshot, entry: dict[str, Any]) -> None:
    found = ranking(snapshot, quoted(entry["quote"]), plain_words=False)
    places = {(hit.file.removeprefix("reports/"), hit.page) for hit in found}
    assert (entry["file"], entry["page"]) in places


@pytest.mark.parametrize(
    "entry", GOLDEN["altered_quotations"], ids=lambda entry: str(entry["quote"])[:40]
)
def test_an_altered_quotation_is_not_found(snapshot: Snapshot, entry: dict[str, Any]) -> None:
    found = ranking(snapshot, quoted(entry["quote"]), plain_words=False)
    assert entry["file"] not in {hit.file.removeprefix("reports/") for hit in found}


def test_known_items_are_found_on_their_page(snapshot: Snapshot) -> None:
    ranks = []
    for entry in GOLDEN["known_items"]:
        hits = ranking(snapshot, entry["query"], depth=10)
        places = [(hit.file.removeprefix("reports/"), hit.page) for hit in hits]
        wanted = {(entry["file"], page) for page in (entry["page"], *entry.get("also", ()))}
        ranks.append(next((i for i, place in enumerate(places, start=1) if place in wanted), 0))
    assert sum(rank == 1 for rank in ranks) >= 0.7 * len(ranks)
    assert sum(rank > 0 for rank in ranks) >= 0.95 * len(ranks)


@pytest.mark.parametrize("entry", GOLDEN["without_answer"], ids=lambda entry: str(entry["query"]))
def test_a_word_that_no_report_holds_is_not_found(
    snapshot: Snapshot, entry: dict[str, Any]
) -> None:
    for word in entry["absent"]:
        results = search(snapshot, word, SearchOptions())
        assert results.totals.passages == 0
        assert results.coverage.reports == len(READ)
