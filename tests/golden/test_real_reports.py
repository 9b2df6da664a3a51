"""The real reports beside the checkout: all accounted for, read whole, and found."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from searcher.config import Settings
from searcher.evaluate.evaluate import evaluate
from searcher.index.snapshot import Snapshot, open_snapshot
from searcher.ingest.ingest import ingest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from searcher.ingest.summary import Summary

FOLDERS = ("pdf", "html", "malformed")


@pytest.fixture(scope="module")
def corpus(shared: Path) -> Path:
    return shared / "corpus"


@pytest.fixture(scope="module")
def summary(corpus: Path, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Summary:
    index = tmp_path_factory.mktemp("real") / "index"
    return ingest([corpus], Settings(corpus=root / "corpus", index=index, workers=2))


@pytest.fixture(scope="module")
def snapshot(summary: Summary, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    assert summary.published
    folder = next(tmp_path_factory.getbasetemp().glob("real*"))
    with open_snapshot(folder / "index") as opened:
        yield opened


def files_of(corpus: Path) -> set[str]:
    """Return the reports below the corpus: what has an extension that we read."""
    known = {".pdf", ".htm", ".html"}
    found = (path for folder in FOLDERS for path in (corpus / folder).rglob("*"))
    return {p.relative_to(corpus).as_posix() for p in found if p.suffix.lower() in known}


def test_every_file_is_a_report_or_in_quarantine_and_never_both(
    snapshot: Snapshot, corpus: Path
) -> None:
    reports = {report.file for report in snapshot.library.reports()}
    failures = {failure.file for failure in snapshot.library.failures()}
    assert files_of(corpus) <= reports | failures
    assert not reports & failures


def test_no_worker_outgrew_its_limit(summary: Summary) -> None:
    assert 0 < summary.peak_worker_bytes <= Settings().memory_mb * 1_000_000


def test_pages_are_as_many_as_poppler_counts(snapshot: Snapshot, corpus: Path) -> None:
    if shutil.which("pdfinfo") is None:
        if os.environ.get("REQUIRE_SHARED"):
            pytest.fail("pdfinfo is missing, and no test that needs it may be skipped here")
        pytest.skip("needs pdfinfo (poppler-utils) to count pages a second time")
    ours = {
        report.file: report.pages
        for report in snapshot.library.reports()
        if report.media_type == "application/pdf"
    }
    assert len(ours) > 100
    counted = {file: pages for file in ours if (pages := pdfinfo(corpus / file)) is not None}
    assert len(counted) > 100
    assert {file: ours[file] for file in counted} == counted


def pdfinfo(path: Path) -> int | None:
    """Return the pages that poppler counts, or ``None`` where it cannot read the file.

    Of a file whose page tree is lost it tells the count that the file's first bytes promise,
    and no page's size.
    """
    done = subprocess.run(
        ["pdfinfo", str(path)], capture_output=True, encoding="utf-8", errors="replace",
        timeout=60, check=False,
    )  # fmt: skip
    said = dict(line.partition(":")[::2] for line in done.stdout.splitlines())
    if "Pages" not in said or said.get("Page size", "").strip().startswith("0 x 0"):
        return None
    return int(said["Pages"])


def test_known_items_are_found_above_every_peer(snapshot: Snapshot, corpus: Path) -> None:
    found = evaluate(snapshot, corpus / "queries.jsonl", None)
    kinds = {kind.kind: dict(kind.measures) for kind in found.kinds}
    items, quotations = kinds["known-item"], kinds["quote"]
    assert items["s@1"] > 0.742
    assert items["MRR"] > 0.829
    assert items["p1"] > 0.496
    assert items["p10"] > 0.841
    assert quotations["p1"] == 1.0


def test_the_manifest_counts_what_the_library_holds(snapshot: Snapshot) -> None:
    reports = list(snapshot.library.reports())
    assert snapshot.manifest.reports == len(reports)
    assert snapshot.manifest.pages == sum(report.pages for report in reports)
    assert snapshot.manifest.quarantined == len(snapshot.library.failures())
    assert json.loads((snapshot.folder / "manifest.json").read_text())["reports"] == len(reports)
