"""``searcher show ID@PAGE --layout``: how a page was read, as text, JSON and pictures."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from tests.cli.conftest import Run
from tests.unit.extract.pdf.drawing import pdf, picture, prose
from tests.unit.results.schemas import problems

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def report(run: Run, tmp_path: Path) -> str:
    """Return the id of a report of two sheets, ingested from ``reports/sheet.pdf``."""
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "sheet.pdf").write_bytes(pdf(prose, picture, title="A sheet"))
    run("ingest", str(folder))
    return str(json.loads(run("reports", "--json").stdout)[0]["id"])


def test_a_page_is_drawn_as_text_with_kind_place_and_order(run: Run, report: str) -> None:
    done = run("show", f"{report}@1", "--layout")
    assert (done.returncode, done.stderr) == (0, "")
    head, _, header, *rows = done.stdout.splitlines()
    assert "595 × 842 pt" in head
    assert header.split() == ["order", "kind", "left", "top", "right", "bottom", "begins"]
    assert rows[0].split()[:3] == ["1", "paragraph", "72"]
    assert "(no text on this page)" in run("show", f"{report}@2", "--layout").stdout


def test_the_blocks_drawn_are_those_of_the_page(run: Run, report: str) -> None:
    layout = json.loads(run("show", f"{report}@1", "--layout", "--json").stdout)
    page = json.loads(run("show", f"{report}@1", "--json").stdout)
    assert not problems("layout", layout)
    assert [block["text"] for block in layout["blocks"]] == [b["text"] for b in page["blocks"]]


def test_a_drawing_has_the_page_and_a_box_for_each_block(
    run: Run, report: str, tmp_path: Path
) -> None:
    done = run("show", f"{report}@1", "--layout", "--output", "page.svg")
    assert (done.returncode, done.stdout) == (0, "")
    root = ET.fromstring((tmp_path / "page.svg").read_text(encoding="utf-8"))  # noqa: S314 -- ours
    assert root.find(f"{SVG}image") is not None
    assert [text.text for text in root.iter(f"{SVG}text")] == ["1", "paragraph"]
    run("show", f"{report}@1", "--layout", "--output", "page.png")
    with Image.open(tmp_path / "page.png") as seen:
        colours = seen.convert("RGB").getcolors(maxcolors=1 << 20)
    assert (30, 102, 208) in {colour for _, colour in colours or []}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--layout"], "is about one page"),
        (["--layout", "--why"], "is about one page"),
        (["--page", "1", "--output", "x.svg"], "--output is where it is drawn"),
        (["--page", "1", "--layout", "--output", "x.doc"], "no kind of picture"),
        (["--page", "1", "--layout", "--output", "nowhere/x.svg"], "choose another --output"),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    run: Run, report: str, words: list[str], told: str
) -> None:
    done = run("show", report, *words)
    assert done.returncode == 2
    assert told in done.stderr


def test_a_limit_that_is_hit_is_raised_by_the_option_that_is_advised(
    run: Run, tmp_path: Path
) -> None:
    body = pdf(prose, title="A sheet")
    (tmp_path / "sheet.pdf").write_bytes(body + b"%" + b"x" * 1_100_000 + b"\n" + body)
    assert run("ingest", "sheet.pdf", "--timeout", "60").returncode == 0
    (report,) = json.loads(run("reports", "--json").stdout)
    words = ("show", f"{report['id']}@1", "--layout")
    done = run(*words, "--file-size", "1")
    assert done.returncode == 4
    assert "raise --file-size over 1" in done.stderr
    assert run(*words, "--file-size", "2").returncode == 0


def test_a_file_that_is_gone_or_changed_is_one_clear_line(
    run: Run, report: str, tmp_path: Path
) -> None:
    source = tmp_path / "reports" / "sheet.pdf"
    source.write_bytes(pdf(picture))
    changed = run("show", f"{report}@1", "--layout")
    assert (changed.returncode, changed.stdout) == (1, "")
    assert "has changed since it was ingested" in changed.stderr
    source.unlink()
    gone = run("show", f"{report}@1", "--layout")
    assert gone.returncode == 1
    assert "cannot be read again: No such file or directory" in gone.stderr
    assert gone.stderr.count("\n") == 2


def test_a_sheet_that_only_the_second_reader_opens_is_told_as_text(
    run: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    (folder / "odd.pdf").write_bytes(pdf(prose).replace(b"%PDF-1.", b"%PDX-1.", 1))
    run("ingest", str(folder))
    (known,) = json.loads(run("reports", "--json").stdout)
    assert "pdfminer" in run("show", f"{known['id']}@1", "--layout").stdout
    drawn = run("show", f"{known['id']}@1", "--layout", "--output", "odd.svg")
    assert drawn.returncode != 0
    assert "without --output it is told as text" in drawn.stderr


def test_what_has_no_sheets_is_told_as_text_alone(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "page.md").write_text("# Findings\n\nWomen had fewer removals.\n", encoding="utf-8")
    run("ingest", str(folder))
    (known,) = json.loads(run("reports", "--json").stdout)
    lines = run("show", known["id"], "--layout").stdout.splitlines()
    assert [line.split()[:2] for line in lines[2:]] == [
        ["order", "kind"], ["1", "title"], ["2", "paragraph"],
    ]  # fmt: skip
    drawn = run("show", known["id"], "--layout", "--output", "page.svg")
    assert drawn.returncode == 2
    assert "has no sheets to draw" in drawn.stderr
