"""``searcher ingest --ocr``: scanned reports read by text recognition."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.unit.extract.pdf.drawing import pdf, picture, prose
from tests.unit.extract.pdf.test_ocr import needs_tesseract, scanned


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Return a folder with a scan, a report with a scanned sheet, and one without any."""
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "scan.pdf").write_bytes(pdf(scanned, title="A scan"))
    (folder / "mixed.pdf").write_bytes(pdf(prose, scanned, picture, title="Mixed"))
    (folder / "typed.pdf").write_bytes(pdf(prose, title="Typed"))
    return folder


@needs_tesseract
def test_recognition_reads_what_had_no_text_and_nothing_else(run: Run, corpus: Path) -> None:
    assert run("ingest", str(corpus)).returncode == 4
    assert json.loads(run("search", "findings", "--json").stdout or '{"hits": []}')["hits"] == []
    done = run("ingest", "--ocr", str(corpus))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "3 files: 1 new, 1 changed, 1 unchanged; 2 read now" in done.stdout
    assert "read 2 of the sheets without text, in 2 of 2 files that have some" in done.stdout
    hits = json.loads(run("search", "neighbouring", "area", "--json").stdout)
    assert hits["total"]["reports"] == 3
    quality = {one["file"]: one for one in json.loads(run("quality", "--pages", "--json").stdout)}
    (sheet,) = quality["scan.pdf"]["sheets"]
    assert sheet["reader"].startswith("tesseract ")
    assert (sheet["why"], sheet["grade"]) == ("no text", "B")
    assert [one["confidence"] is None for one in quality["mixed.pdf"]["sheets"]] == [
        True, False, True,
    ]  # fmt: skip
    assert quality["typed.pdf"]["confidence"] is None


@needs_tesseract
def test_what_was_recognised_stays_and_is_recognised_once(run: Run, corpus: Path) -> None:
    first = json.loads(run("ingest", "--ocr", str(corpus), "--json").stdout)
    assert (first["added"], first["failed"]) == (3, 0)
    for words in (["ingest", str(corpus)], ["ingest", "--ocr", str(corpus)]):
        again = json.loads(run(*words, "--json").stdout)
        assert (again["published"], again["read"]) == (False, 0)
        assert again["fingerprint"] == first["fingerprint"]
    rebuilt = json.loads(run("rebuild", "--json").stdout)
    assert (rebuilt["read"], rebuilt["fingerprint"]) == (0, first["fingerprint"])


@needs_tesseract
def test_a_recognised_sheet_is_drawn_as_it_was_read(run: Run, corpus: Path) -> None:
    run("ingest", "--ocr", str(corpus))
    reports = json.loads(run("reports", "--json").stdout)
    (scan,) = [one["id"] for one in reports if one["file"] == "scan.pdf"]
    layout = json.loads(run("show", f"{scan}@1", "--layout", "--json").stdout)
    page = json.loads(run("show", f"{scan}@1", "--json").stdout)
    assert [block["text"] for block in layout["blocks"]] == [b["text"] for b in page["blocks"]]


@pytest.fixture
def welsh(tmp_path: Path) -> str:
    """Return a folder of models in which English goes by the name of Welsh, too."""
    told = subprocess.run(
        ["tesseract", "--list-langs"], capture_output=True, check=True, text=True
    ).stdout
    (place,) = re.findall(r'"(.*)"', told)
    folder = tmp_path / "models"
    folder.mkdir()
    for name in ("eng", "cym"):
        (folder / f"{name}.traineddata").symlink_to(Path(place) / "eng.traineddata")
    return str(folder)


@needs_tesseract
def test_a_page_says_in_which_languages_it_was_recognised(
    run: Run, corpus: Path, welsh: str
) -> None:
    done = run("ingest", "--ocr-language", "eng+cym", str(corpus), TESSDATA_PREFIX=welsh)
    assert done.returncode == 0, done.stdout + done.stderr
    quality = {one["file"]: one for one in json.loads(run("quality", "--pages", "--json").stdout)}
    assert quality["scan.pdf"]["sheets"][0]["reader"].split()[::2] == ["tesseract", "eng+cym"]


@needs_tesseract
def test_what_was_recognised_in_one_language_is_read_again_in_another_and_kept(
    run: Run, corpus: Path, welsh: str
) -> None:
    def ingest(*words: str) -> tuple[int, int, str]:
        done = run("ingest", *words, str(corpus), "--json", TESSDATA_PREFIX=welsh)
        told = json.loads(done.stdout)
        return told["read"], told["changed"], told["fingerprint"]

    assert ingest("--ocr")[0] == 3
    read, changed, fingerprint = ingest("--ocr-language", "cym")
    assert (read, changed) == (2, 2)
    for words in (("--ocr-language", "cym"), ("--ocr",), ()):
        assert ingest(*words) == (0, 0, fingerprint)
    reports = json.loads(run("reports", "--json").stdout)
    (scan,) = [one["id"] for one in reports if one["file"] == "scan.pdf"]
    drawn = run("show", f"{scan}@1", "--layout", "--json", TESSDATA_PREFIX=welsh)
    assert json.loads(drawn.stdout)["reader"].endswith(" cym")


@needs_tesseract
@pytest.mark.parametrize(
    ("languages", "code", "hint"),
    [
        ("eng+zzz", "zzz", "apt install tesseract-ocr-zzz"),
        ("cy", "cy", "three letters"),
        ("osd", "osd", "installed are "),
        ("eng+", "", "three letters"),
        ("", "", "three letters"),
    ],
)
def test_a_language_that_is_not_installed_is_refused_with_those_that_are(
    run: Run, corpus: Path, tmp_path: Path, languages: str, code: str, hint: str
) -> None:
    done = run("ingest", "--ocr-language", languages, str(corpus))
    assert done.returncode == 2
    problem, told = done.stderr.splitlines()
    assert problem == f"searcher: text recognition: language {code!r} is not installed"
    assert "installed are eng" in told
    assert hint in told
    assert not (tmp_path / "index").exists()


def test_without_tesseract_it_is_refused_in_one_line(
    run: Run, corpus: Path, tmp_path: Path
) -> None:
    done = run("ingest", "--ocr", str(corpus), PATH=str(tmp_path))
    assert done.returncode == 2
    assert done.stderr.startswith("searcher: text recognition needs ")
    assert "  hint: " in done.stderr
    assert not (tmp_path / "index").exists()


def test_a_scan_in_quarantine_says_what_reads_it(run: Run, corpus: Path) -> None:
    run("ingest", str(corpus))
    assert "hint: searcher ingest --ocr reads it" in run("quarantine").stdout
