"""``searcher quality``, as a librarian runs it."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from searcher.cli.render.quality import BECAUSE, report_lines
from searcher.cli.render.terminal import Style
from searcher.extract.pdf.readers.ocr import GARBLED, NO_TEXT
from searcher.quality.grades import graded
from tests.cli.conftest import Run
from tests.unit.extract.pdf.drawing import pdf, picture, prose, write
from tests.unit.quality.test_grades import REPORT, SOUND
from tests.unit.results.schemas import problems


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Return a folder with one report that is sound and one of pictures but for a page."""
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "sound.pdf").write_bytes(pdf(prose, title="A sound report"))
    (folder / "pictures.pdf").write_bytes(pdf(prose, picture, picture, title="Pictures"))
    return folder


def numbered(canvas: Canvas, *, number: int) -> None:
    """Draw a page of one paragraph between a running head and the number ``number``."""
    write(canvas, ["Annual report of the fund"], y=30.0, size=9.0)
    prose(canvas)
    write(canvas, [str(number)], x=295.0, y=810.0, size=9.0)


def test_the_worst_report_stands_first_with_its_reasons(run: Run, corpus: Path) -> None:
    run("ingest", str(corpus))
    header, worst, best = run("quality").stdout.splitlines()
    assert header.split()[:2] == ["id", "grade"]
    assert worst.startswith("pictures-")
    assert "  D " in worst
    assert worst.endswith("2 of 3 sheets show something and hold no text: 2–3")
    assert best.split()[1:] == ["A", "1", "33", "100.0", "0"]


def test_a_report_below_the_least_grade_is_named_and_is_exit_status_1(
    run: Run, corpus: Path
) -> None:
    run("ingest", str(corpus))
    (row,) = csv.DictReader(run("quality", "--format", "csv").stdout.splitlines()[:2])
    done = run("quality", "--min", "B")
    assert done.returncode == 1
    assert done.stderr == f"searcher: 1 report below B: {row['report']} (D)\n"
    (corpus / "pictures.pdf").unlink()
    run("ingest", str(corpus))
    assert run("quality", "--min", "A").returncode == 0
    assert run("quality", "--theme", "nothing-known").returncode == 2
    assert run("quality", "--year", "1999").returncode == 1


def test_one_report_is_told_sheet_by_sheet(run: Run, corpus: Path) -> None:
    run("ingest", str(corpus))
    (record,) = [
        json.loads(line)
        for line in run("quality", "--format", "jsonl").stdout.splitlines()
        if '"pictures.pdf"' in line
    ]
    assert "sheets" not in record
    (shown,) = json.loads(run("quality", record["report"], "--json").stdout)
    assert not problems("quality", shown)
    assert [sheet["grade"] for sheet in shown["sheets"]] == ["A", "D", "D"]
    assert [sheet["has_text"] for sheet in shown["sheets"]] == [True, False, False]
    assert shown["reasons"][0]["grade"] == shown["grade"] == "D"
    page = json.loads(run("show", record["report"], "--page", "2", "--json").stdout)
    assert page["grade"] == "D"
    rows = list(
        csv.DictReader(run("quality", record["report"], "--format", "csv").stdout.splitlines())
    )
    assert [row["page"] for row in rows] == ["1", "2", "3"]
    assert "grade D (searcher quality " in run("show", record["report"]).stdout
    text = run("quality", record["report"]).stdout
    assert "sheets     3, 2 without text" in text.replace("sheets    3", "sheets     3")


def test_the_words_of_a_report_are_counted_in_one_way(run: Run, tmp_path: Path) -> None:
    sheets = [partial(numbered, number=at) for at in range(1, 7)]
    (tmp_path / "running.pdf").write_bytes(pdf(*sheets, title="Running"))
    run("ingest", str(tmp_path / "running.pdf"))
    (graded,) = json.loads(run("quality", "--pages", "--json").stdout)
    (listed,) = json.loads(run("reports", "--json").stdout)
    assert graded["furniture"]["words"] > 0
    assert listed["words"] == graded["words"] == sum(one["words"] for one in graded["sheets"])


def test_no_grade_hides_what_could_not_be_read_at_all(run: Run, corpus: Path) -> None:
    (corpus / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    run("ingest", str(corpus))
    told = "searcher: 1 file is in quarantine and has no grade: searcher quarantine\n"
    done = run("quality")
    assert (done.returncode, done.stderr) == (0, told)
    assert run("quality", "-q").stderr == ""
    (row, *_) = json.loads(run("quality", "--json").stdout)
    assert run("quality", row["report"]).stderr == ""


def test_nothing_graded_is_said_and_not_left_to_an_empty_table(run: Run, corpus: Path) -> None:
    run("ingest", str(corpus))
    for name in ("quality", "reports"):
        done = run(name, "--year", "1066")
        assert done.returncode == 1
        assert "no report is in the index, or none that the filters let through" in done.stderr


@pytest.mark.parametrize("why", ["failed", "empty", NO_TEXT, GARBLED])
def test_a_second_reader_is_told_with_a_reason_that_explains_itself(why: str) -> None:
    sheet = replace(SOUND, reader="second 1.0", why=why)
    facts, sheets = "\n".join(report_lines(graded(REPORT, [sheet]), Style())).split("\nsheet ")
    clause = f"second 1.0, since {BECAUSE[why]}"
    assert f"read by    {clause}" in facts
    assert sheets.endswith(f"read by {clause}")
    recognised = replace(sheet, confidence=0.95)
    last = list(report_lines(graded(REPORT, [recognised]), Style()))[-1]
    assert last.endswith("read by text recognition, 95.0% sure of its words")


def test_an_unknown_report_is_refused_with_the_nearest(run: Run, corpus: Path) -> None:
    run("ingest", str(corpus))
    done = run("quality", "sound")
    assert done.returncode == 2
    assert "is not known" in done.stderr
