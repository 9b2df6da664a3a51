"""The librarian's commands, on a small corpus that changes."""

from __future__ import annotations

import csv
import json
import shutil
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Ran, Run
from tests.unit.results.schemas import problems

TEXTS = {
    "foster.txt": "Foster carers stayed longer\n\nRetention of foster carers rose to 91%.\n",
    "pause.md": "# Pause in Easterby\n\nWomen had fewer repeat removals of children.\n",
    "house.html": "<html><title>House Project</title><main><h1>House Project</h1>"
    "<p>Young people kept their tenancies for two years and more.</p></main></html>",
}


@pytest.fixture
def corpus(tmp_path: Path, root: Path) -> Path:
    """Return the corpus folder of a small library in the working folder."""
    folder = tmp_path / "corpus"
    (folder / "reports").mkdir(parents=True)
    shutil.copytree(root / "corpus" / "vocabulary", folder / "vocabulary")
    for name, text in TEXTS.items():
        (folder / "reports" / name).write_text(text, encoding="utf-8")
    return folder


def ok(done: Ran) -> Ran:
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return done


@pytest.mark.usefixtures("corpus")
def test_an_ingest_accounts_for_every_file(run: Run, corpus: Path) -> None:
    (corpus / "reports" / "broken.pdf").write_bytes(b"%PDF-1.4 and then nothing")
    (corpus / "reports" / "sheet.xlsx").write_bytes(b"PK")
    done = run("ingest")
    assert (done.returncode, done.stderr) == (4, "")
    assert done.stdout.startswith("4 files: 3 new, 1 in quarantine; ")
    assert "  reports/broken.pdf  damaged: " in done.stdout
    summary = json.loads(run("ingest", "--json").stdout)
    assert (summary["found"], summary["unchanged"], summary["published"]) == (4, 3, False)
    assert not problems("quarantine", summary["quarantined"])


def test_a_long_quarantine_is_cut_with_the_command_that_shows_it_all(
    run: Run, corpus: Path
) -> None:
    for number in range(25):
        (corpus / "reports" / f"empty-{number:02}.pdf").write_bytes(b"")
    done = run("ingest")
    assert done.returncode == 4
    assert done.stdout.count("  reports/empty-") == 20
    assert done.stdout.endswith("  and 5 more: searcher quarantine\n")
    assert run("quarantine").stdout.count("  reports/empty-") == 25


@pytest.mark.usefixtures("corpus")
def test_what_was_ingested_is_found_until_its_file_is_gone(run: Run, corpus: Path) -> None:
    ok(run("ingest"))
    assert ok(run("search", "tenancies")).stdout.startswith("House Project")
    (corpus / "reports" / "house.html").unlink()
    assert "1 gone" in ok(run("ingest")).stdout
    assert run("search", "tenancies").returncode == 1


def test_a_rollback_brings_the_former_generation_back(run: Run, corpus: Path) -> None:
    ok(run("ingest"))
    (corpus / "reports" / "house.html").unlink()
    ok(run("ingest"))
    name = json.loads(ok(run("rollback", "--json")).stdout)["generation"]
    assert (corpus.parent / "index" / "LIVE").read_text(encoding="utf-8").strip() == name
    ok(run("search", "tenancies"))
    again = run("rollback")
    assert again.returncode == 3
    assert "searcher status" in again.stderr


def test_status_tells_what_the_index_holds(run: Run, corpus: Path) -> None:
    ok(run("ingest"))
    state = json.loads(ok(run("status", "--json")).stdout)
    assert state["schema"] == "searcher/status/1"
    assert (state["reports"], state["quarantined"]) == (3, 0)
    assert state["roots"] == [str(corpus)]
    assert state["generations"] == [state["generation"]]
    text = ok(run("status")).stdout
    assert state["fingerprint"] in text
    assert "3 reports" in text


def test_prune_keeps_what_it_is_told(run: Run, corpus: Path) -> None:
    for name in ("house.html", "pause.md"):
        ok(run("ingest"))
        (corpus / "reports" / name).unlink()
    ok(run("ingest"))
    generations = corpus.parent / "index" / "generations"
    assert len(list(generations.iterdir())) == 3
    removed = json.loads(ok(run("prune", "--keep", "1", "--json")).stdout)["removed"]
    assert len(removed) == 2
    assert ok(run("prune", "--keep", "1")).stdout == "nothing to remove\n"
    ok(run("search", "foster"))


@pytest.mark.usefixtures("corpus")
def test_a_rebuild_mends_what_is_broken(run: Run, corpus: Path) -> None:
    ok(run("ingest"))
    live = corpus.parent / "index"
    name = (live / "LIVE").read_text(encoding="utf-8").strip()
    (live / "generations" / name / "library.db").write_bytes(b"broken")
    assert run("search", "foster").returncode == 3
    assert "3 reports" in ok(run("rebuild")).stdout
    ok(run("search", "foster"))


def test_extending_the_catalogue_adds_what_it_lacks_and_human_values_win(
    run: Run, corpus: Path
) -> None:
    ok(run("ingest"))
    assert ok(run("catalogue", "extend")).stdout.startswith("3 rows added")
    assert ok(run("catalogue", "extend")).stdout.startswith("0 rows added")
    path = corpus / "catalogue.csv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    row = next(row for row in rows if row["file"].endswith("foster.txt"))
    row |= {"title": "Keeping foster carers", "themes": "fostering", "year": "2019"}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(row))
        writer.writeheader()
        writer.writerows(rows)
    assert ok(run("catalogue", "check")).stdout == "catalogue.csv: 3 rows, no mistake\n"
    ok(run("ingest"))
    shown = json.loads(ok(run("show", row["id"], "--json")).stdout)
    assert (shown["title"], shown["year"]) == ("Keeping foster carers", 2019)
    assert shown["sources"]["title"] == "human"
    printed = list(
        csv.DictReader(ok(run("catalogue", "show", "--format", "csv")).stdout.splitlines())
    )
    assert [entry["id"] for entry in printed] == [entry["id"] for entry in rows]


@pytest.mark.usefixtures("corpus")
def test_known_items_are_measured_and_the_run_is_written(run: Run, tmp_path: Path) -> None:
    ok(run("ingest"))
    items = tmp_path / "items.jsonl"
    item = {"query": "tenancies", "kind": "fact", "relevant": [{"file": "reports/house.html"}]}
    items.write_text(json.dumps(item) + "\n", encoding="utf-8")
    done = ok(run("evaluate", "--queries", str(items), "--run", str(tmp_path / "run"), "--json"))
    evaluation = json.loads(done.stdout)
    assert not problems("evaluation", evaluation)
    assert evaluation["measures"]["s@1"] == 1
    assert (tmp_path / "run").read_text(encoding="utf-8").split()[1] == "Q0"
    assert "fact" in ok(run("evaluate", "--queries", str(items))).stdout
    nowhere = tmp_path / "none" / "run"
    done = run("evaluate", "--queries", str(items), "--run", str(nowhere))
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        f"searcher: {nowhere}: the run cannot be written: No such file or directory",
        "  hint: give --run a path that can be written",
    ]


@pytest.mark.usefixtures("corpus")
@pytest.mark.parametrize(
    ("text", "told"),
    [("{", "line 1"), ('{"query": "x"}\n', "line 1"), ("", "items.jsonl")],
    ids=["no-json", "no-kind", "empty"],
)
def test_a_mistake_in_the_queries_has_its_line(
    text: str, told: str, run: Run, tmp_path: Path
) -> None:
    ok(run("ingest"))
    items = tmp_path / "items.jsonl"
    items.write_text(text, encoding="utf-8")
    done = run("evaluate", "--queries", str(items))
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="such a name cannot be there")
def test_a_hostile_report_steers_no_terminal(run: Run, corpus: Path) -> None:
    evil = "\x1b]0;owned\x07\x1b[2J\u202egnp"
    (corpus / "reports" / f"{evil}.txt").write_text(
        f"Evil {evil} title\n\nZyzzyva {evil} words of the report {evil}.\n", encoding="utf-8"
    )
    done = run("ingest", "-v")
    shown = [done.stdout, done.stderr]
    for words in (["search", "zyzzyva"], ["reports"], ["show", "--all"], ["quarantine"]):
        for form in ("text", "json", "jsonl", "csv"):
            done = run(*words, "--format", form, "--color", "never")
            shown += [done.stdout, done.stderr]
    assert any("yzzyva" in text for text in shown)
    for text in shown:
        assert not {"\x1b", "\x07", "\u202e"}.intersection(text)
