"""The commands that answer, on the index of the bundled corpus."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from tests.cli.conftest import Ran, Run
from tests.unit.results.schemas import problems

NWD = "nwd-northshire-2017"
HTML = "house-project-riverton-2019"
CLASSIFIED = "growing-futures-hexley-2017"


def lines_of(done: Ran) -> list[str]:
    return done.stdout.splitlines()


def test_an_answer_groups_passages_by_report_and_ends_with_what_was_searched(ask: Run) -> None:
    done = ask("search", "placements out of area")
    assert (done.returncode, done.stderr) == (0, "")
    lines = lines_of(done)
    headings = [line for line in lines if line.startswith("(")]
    assert len(headings) == len(set(headings))
    assert re.fullmatch(
        r"(\d+ of )?\d+ passages? in \d+ reports? · searched 16 reports, \d+ pages"
        r"(; \d+ pages? without text)?; 2 files in quarantine \(searcher quarantine\)",
        lines[-1],
    )


def test_an_answer_names_printed_page_and_sheet(ask: Run) -> None:
    done = ask("search", '"young people aged 12 to 17"', "--project", "no-wrong-door")
    assert "  Executive summary  p. 1 [sheet 4]" in lines_of(done)


def test_off_a_terminal_an_answer_is_plain_and_uncut(ask: Run) -> None:
    done = ask("search", "placement stability", "--limit", "40")
    assert "\x1b" not in done.stdout
    assert "**" not in done.stdout
    snippets = [line for line in lines_of(done) if line.startswith("    ")]
    assert max(map(len, snippets)) > 100


def test_colour_is_given_where_it_is_asked_for(ask: Run) -> None:
    assert "\x1b[1;33m" in ask("search", "placement", "--color", "always").stdout
    assert "\x1b[1;33m" in ask("search", "placement", FORCE_COLOR="1").stdout
    assert "\x1b" not in ask("search", "placement", FORCE_COLOR="1", NO_COLOR="1").stdout


def test_nothing_found_is_status_1_and_says_what_was_searched(ask: Run) -> None:
    done = ask("search", "zyzzyva")
    assert done.returncode == 1
    assert done.stdout.startswith("nothing found · searched 16 reports")


def test_where_no_passage_holds_all_words_the_answer_says_so(ask: Run) -> None:
    done = ask("search", "mockingbird zyzzyva")
    assert done.returncode == 0
    assert lines_of(done)[0] == (
        "No passage holds all the words; showing passages that hold any of them."
    )


def test_results_as_json_keep_to_their_schema(ask: Run) -> None:
    done = ask("search", "foster carers", "--json", "--facet", "theme", "--facet", "year")
    results = json.loads(done.stdout)
    assert not problems("results", results)
    assert results["hits"]
    assert set(results["facets"]) == {"theme", "year"}


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_rows_alone_say_the_rest_beside_them(form: str, ask: Run) -> None:
    done = ask("search", "mockingbird zyzzyva", "--format", form)
    told = done.stderr.splitlines()
    assert told[0] == (
        "searcher: No passage holds all the words; showing passages that hold any of them."
    )
    assert re.fullmatch(r"searcher: .*\d+ passages? in .* · searched 16 reports, .*", told[1])
    assert not ask("search", "-q", "mockingbird zyzzyva", "--format", form).stderr
    assert "No passage holds" not in ask("search", "--any", "foster qqq", "--format", form).stderr
    refused = ask("search", "care", "--facet", "theme", "--format", form)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "searcher facets" in refused.stderr


def test_why_any_of_the_words_was_enough_is_told_to_scripts(ask: Run) -> None:
    def told(*words: str) -> tuple[bool, bool]:
        query = json.loads(ask("search", *words, "--json").stdout)["query"]
        return query["any_word"], query["fell_back"]

    assert told("mockingbird zyzzyva") == (True, True)
    assert told("mockingbird zyzzyva", "--any") == (True, False)
    assert told("foster carers") == (False, False)


def test_a_slip_is_offered_its_neighbour_and_not_searched_for(ask: Run) -> None:
    done = ask("search", "safegaurding")
    assert done.returncode == 1
    assert done.stdout.startswith("nothing found")
    assert "searcher: did you mean safeguarding?\n" in done.stderr
    results = json.loads(ask("search", "safegaurding", "--json").stdout)
    assert (results["query"]["suggestion"], results["hits"]) == ("safeguarding", [])


def test_what_is_left_out_of_an_answer_names_the_option_that_shows_it(ask: Run) -> None:
    last = lines_of(ask("search", "care", "-n", "1000"))[-1]
    found = re.match(r"(\d+) of (\d+) passages in .* \(--per-report 0 shows (\d+) more\) ·", last)
    assert found
    shown, there, more = map(int, found.groups())
    assert shown + more == there
    assert "--per-report" not in lines_of(ask("search", "care", "-n", "2"))[-1]
    whole = lines_of(ask("search", "care", "-n", "1000", "--per-report", "0"))[-1]
    assert whole.startswith(f"{there} passages in ")


def test_no_hit_is_json_too(ask: Run) -> None:
    done = ask("search", "zyzzyva", "--json")
    assert (done.returncode, done.stderr) == (1, "")
    assert json.loads(done.stdout)["hits"] == []


def test_hits_line_by_line_are_the_hits_of_the_document(ask: Run) -> None:
    words = ["search", "care leavers", "--limit", "5"]
    hits = [json.loads(line) for line in lines_of(ask(*words, "--format", "jsonl"))]
    assert hits == json.loads(ask(*words, "--json").stdout)["hits"]
    assert not any(problems("hit", hit) for hit in hits)


def test_csv_has_a_row_for_every_hit(ask: Run) -> None:
    words = ["search", "costs and savings", "--limit", "7", "--per-report", "0"]
    rows = list(csv.DictReader(io.StringIO(ask(*words, "--format", "csv").stdout)))
    hits = json.loads(ask(*words, "--json").stdout)["hits"]
    assert [row["report"] for row in rows] == [hit["report"]["id"] for hit in hits]
    assert [row["start"] for row in rows] == [str(hit["passage"]["span"][0]) for hit in hits]


def test_a_query_is_read_from_standard_input(ask: Run) -> None:
    typed = ask("search", "short breaks").stdout
    assert ask("search", "-", stdin="short breaks\n").stdout == typed


def test_an_offset_goes_on_where_the_limit_stopped(ask: Run) -> None:
    def ids(*more: str) -> list[str]:
        done = ask("search", "families", "--format", "jsonl", "--per-report", "0", *more)
        return [json.loads(line)["passage"]["id"] for line in lines_of(done)]

    assert ids("--limit", "4") + ids("--limit", "4", "--offset", "4") == ids("--limit", "8")


def test_no_report_fills_the_answer_unless_asked(ask: Run) -> None:
    words = ["search", "families", "--limit", "100", "--format", "jsonl"]
    hits = [json.loads(line) for line in lines_of(ask(*words))]
    assert max(Counter(hit["report"]["id"] for hit in hits).values()) == 3
    everything = lines_of(ask(*words, "--per-report", "0"))
    assert len(everything) > len(hits)


def test_filters_restrict_to_reports_that_have_the_value(ask: Run) -> None:
    done = ask("search", "families", "--theme", "edge-of-care", "--year", "2016..2017", "--json")
    hits = json.loads(done.stdout)["hits"]
    assert hits
    assert all("edge-of-care" in hit["report"]["themes"] for hit in hits)
    assert all(2016 <= hit["report"]["year"] <= 2017 for hit in hits)


def test_how_a_query_was_read_is_told_beside_the_answer(ask: Run) -> None:
    done = ask("search", "-v", "placement OR (respite foster)")
    assert "searcher: read as placement OR (respite foster)" in done.stderr
    assert "read as" not in done.stdout
    assert not ask("search", "-v", "-q", "placement").stderr


def test_every_report_is_listed_by_id(ask: Run) -> None:
    done = ask("reports", "--format", "jsonl")
    reports = [json.loads(line) for line in lines_of(done)]
    assert len(reports) == 16
    assert not any(problems("report", report) for report in reports)
    ids = [report["id"] for report in reports]
    assert ids == sorted(ids)
    assert ids == [report["id"] for report in json.loads(ask("reports", "--json").stdout)]
    rows = list(csv.DictReader(io.StringIO(ask("reports", "--format", "csv").stdout)))
    assert ids == [row["id"] for row in rows]
    assert ids == [line.split()[0] for line in lines_of(ask("reports"))[1:]]


def test_a_list_without_a_report_is_status_1(ask: Run) -> None:
    assert ask("reports", "--year", "..1900").returncode == 1


def test_an_outline_shows_record_sources_and_sections(ask: Run) -> None:
    text = ask("show", NWD).stdout
    assert "No Wrong Door in Northshire: final evaluation report" in text
    assert re.search(r"^year +2017 \(human\)$", text, re.MULTILINE)
    assert re.search(r"^  Executive summary +@4$", text, re.MULTILINE)
    assert not problems("document", json.loads(ask("show", NWD, "--json").stdout))


def test_every_value_has_its_evidence(ask: Run) -> None:
    shown = json.loads(ask("show", CLASSIFIED, "--json").stdout)
    assert not problems("document", shown)
    told = [entry["value"] for entry in shown["evidence"] if entry["field"] == "themes"]
    assert set(shown["themes"]) <= set(told)
    quoted = [entry for entry in shown["evidence"] if entry["span"]]
    assert any(entry["source"] == "classified" and entry["score"] for entry in quoted)
    for entry in quoted:
        start, end = entry["span"]
        passage = json.loads(ask("show", f"{CLASSIFIED}#{start}-{end}", "--json").stdout)
        assert (passage["text"], passage["passage"]["page"]) == (entry["quote"], entry["page"])


def test_why_a_value_is_there_is_told_with_source_score_sheet_and_words(ask: Run) -> None:
    text = ask("show", CLASSIFIED, "--why").stdout
    shown = json.loads(ask("show", CLASSIFIED, "--json").stdout)
    entry = next(e for e in shown["evidence"] if e["source"] == "classified" and e["score"])
    ground = f"(classified, score {entry['score']:.2f}, @{entry['page']})"
    value, words = next(
        (line, after)
        for line, after in pairwise(text.splitlines())
        if f"[{entry['value']}]" in line and ground in line
    )
    assert value.startswith("  ")
    assert words == f"    “{' '.join(entry['quote'].split())}”"
    for more in (["--page", "1"], ["--all"], ["--format", "jsonl"]):
        assert ask("show", CLASSIFIED, "--why", *more).returncode == 2


def test_what_is_only_recalled_of_a_scale_is_not_shown_as_fact(ask: Run) -> None:
    levels = json.loads(ask("vocabulary", "list", "scales", "--json").stdout)
    recalled = {level["id"] for level in levels if level["status"] == "recalled"}
    assert 0 < len(recalled) < len(levels)
    *shown, last = lines_of(ask("vocabulary", "list", "scales"))[1:]
    assert {line.split()[0] for line in shown} == {level["id"] for level in levels} - recalled
    assert last.startswith(f"{len(recalled)} rows are recalled and not checked")
    rows = list(csv.DictReader(lines_of(ask("vocabulary", "list", "scales", "--format", "csv"))))
    assert {row["id"] for row in rows if row["status"] == "recalled"} == recalled


@pytest.mark.parametrize("words", [[f"{NWD}@4"], [NWD, "--page", "4"], [NWD, "--label", "1"]])
def test_a_page_is_named_by_sheet_or_label(words: list[str], ask: Run) -> None:
    page = json.loads(ask("show", *words, "--json").stdout)
    assert not problems("page", page)
    assert (page["page"], page["page_label"]) == (4, "1")
    assert lines_of(ask("show", *words))[0] == f"{NWD} · p. 1 [sheet 4]"


def test_a_passage_is_named_by_its_id(ask: Run) -> None:
    hit = json.loads(ask("search", "missing episodes", "--format", "jsonl", "-n", "1").stdout)
    passage = json.loads(ask("show", hit["passage"]["id"], "--json").stdout)
    assert not problems("passage", passage)
    assert passage["passage"]["span"] == hit["passage"]["span"]
    start, end = hit["snippet"]["span"]
    offset = passage["passage"]["span"][0]
    assert passage["text"][start - offset : end - offset] == hit["snippet"]["text"]


def test_a_page_and_a_label_are_one_too_many(ask: Run) -> None:
    assert ask("show", f"{NWD}@4", "--label", "1").returncode == 2


@pytest.mark.parametrize("command", ["show", "cite", "open --print"])
@pytest.mark.parametrize(
    ("address", "hint"),
    [
        (f"{NWD}@7#0-50", f"its address is {NWD}@1#0-50"),
        (f"{NWD}#0-99999999", "its text ends at"),
        (f"{NWD}#9999998-9999999", "outside the text"),
        (f"{HTML}@1", "--format jsonl"),
        (f"{HTML}@1#0-9", "--format jsonl"),
        (f"{HTML}@p.1", "--format jsonl"),
        (f"{NWD}@99", "sheets 1 to"),
        (f"{NWD}@p.zz", "labels run from"),
    ],
)
def test_an_address_that_names_nothing_names_nothing_anywhere(
    command: str, address: str, hint: str, ask: Run
) -> None:
    done = ask(*command.split(), address)
    assert (done.returncode, done.stdout) == (2, "")
    assert hint in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        [f"{NWD}@2", "--page", "3"],
        [f"{NWD}#0-9", "--passage", "0-5"],
        [f"{NWD}@p.1", "--page", "4"],
    ],
)
def test_what_is_given_twice_is_wrong_usage(words: list[str], ask: Run) -> None:
    done = ask("show", *words)
    assert done.returncode == 2
    assert "given twice" in done.stderr


def test_all_pages_come_line_by_line(ask: Run) -> None:
    pages = [json.loads(line) for line in lines_of(ask("show", "--all", "--format", "jsonl"))]
    assert not any(problems("page", page) for page in pages[:5])
    of_one = [json.loads(line) for line in lines_of(ask("show", NWD, "--format", "jsonl"))]
    assert of_one == [page for page in pages if page["report"] == NWD]
    assert [page["page"] for page in of_one] == list(range(1, 11))
    assert ask("show", "--all", "--json").returncode == 2


def test_a_report_is_opened_at_its_page(ask: Run, tmp_path: Path, root: Path) -> None:
    program, out = tmp_path / "viewer", tmp_path / "argv"
    program.write_text(
        f"#!{sys.executable}\nimport sys\nopen({str(out)!r}, 'w').write(repr(sys.argv[1:]))\n",
        encoding="utf-8",
    )
    program.chmod(0o755)
    done = ask("open", f"{NWD}@p.1", SEARCHER_VIEWER=f"{program} {{page}} {{file}}")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    file = root / "corpus" / "reports" / "no-wrong-door-northshire.pdf"
    wait_for(out)
    assert out.read_text(encoding="utf-8") == repr(["4", str(file)])


def wait_for(path: Path) -> None:
    import time

    for _ in range(200):
        if path.exists() and path.stat().st_size:
            return
        time.sleep(0.05)


def test_without_a_screen_file_and_page_are_printed(ask: Run, root: Path) -> None:
    file = root / "corpus" / "reports" / "no-wrong-door-northshire.pdf"
    assert ask("open", f"{NWD}@4", "--print").stdout == f"{file}\tp. 1 [sheet 4]\n"
    assert ask("open", HTML, "--print").stdout.endswith("house-project-riverton.html\n")
    shape = json.loads(ask("open", f"{NWD}@4", "--print", "--json").stdout)
    assert (shape["page"], shape["page_label"], shape["opened"]) == (4, "1", False)


@pytest.mark.skipif(sys.platform == "win32", reason="such a name cannot be there")
@pytest.mark.parametrize("name", ["a  b.txt", "it's.txt", "a\x1b[2Jb\n'c.txt", "é.txt"])
def test_the_path_printed_is_one_that_a_shell_takes(name: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    file = tmp_path / "corpus" / name
    file.write_text("Foster carers stayed longer.\n", encoding="utf-8")
    run("ingest")
    (report,) = json.loads(run("reports", "--json").stdout)
    printed = run("open", report["id"], "--print").stdout.removesuffix("\n")
    assert "\x1b" not in printed
    read = subprocess.run(["bash", "-c", f"printf %s {printed}"], capture_output=True, check=True)
    assert read.stdout == os.fsencode(file)


def test_facets_count_with_and_without_a_query(ask: Run) -> None:
    everything = json.loads(ask("facets", "theme", "--json").stdout)
    asked = json.loads(ask("facets", "theme", "domestic abuse", "--json").stdout)
    assert not problems("facets", everything)
    assert not problems("facets", asked)
    whole = {value["id"]: value["passages"] for value in everything["values"]}
    assert asked["values"]
    assert all(value["passages"] <= whole[value["id"]] for value in asked["values"])
    assert lines_of(ask("facets", "year"))[0].split() == [
        "id",
        "label",
        "projects",
        "reports",
        "passages",
    ]


def test_facets_of_nothing_are_status_1(ask: Run) -> None:
    assert ask("facets", "theme", "zyzzyva").returncode == 1


def test_a_citation_names_printed_page_and_sheet(ask: Run) -> None:
    text = ask("cite", f"{NWD}@4").stdout
    assert "p. 1 [sheet 4]" in text
    assert "Sample Evaluation Unit" in text


@pytest.mark.parametrize("name", ["plain", "markdown", "bibtex", "ris", "csl-json", "json"])
def test_every_citation_format_is_there(name: str, ask: Run) -> None:
    done = ask("cite", f"{NWD}@4", NWD, "--format", name)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Northshire" in done.stdout


def test_what_a_search_finds_can_be_cited_word_for_word(ask: Run) -> None:
    found = [json.loads(line) for line in lines_of(ask("search", "respite", "--format", "jsonl"))]
    ids = [hit["passage"]["id"] for hit in found]
    cited = json.loads(ask("cite", "-", "--json", stdin="\n".join(ids)).stdout)
    assert ids
    assert [citation["address"] for citation in cited] == ids
    assert not problems("citation", cited)


def test_quarantine_says_why_of_each_file(ask: Run) -> None:
    failures = json.loads(ask("quarantine", "--json").stdout)
    assert not problems("quarantine", failures)
    assert {failure["reason"] for failure in failures} == {"encrypted", "no-text"}
    text = ask("quarantine").stdout
    assert all(failure["file"] in text for failure in failures)
    assert text.count("hint: ") == 2


def test_a_score_is_explained_word_by_word_where_it_is_asked_for(ask: Run) -> None:
    done = ask("search", "edge of care", "-n", "1", "--explain")
    header, *rows = [line.split() for line in done.stdout.splitlines() if line[:4] == "    "][-4:]
    assert header == ["word", "adds", "passage", "exact", "report"]
    assert {row[0] for row in rows} == {"edge", "care", "score"}
    adds = {row[0]: float(row[1]) for row in rows}
    assert adds["edge"] + adds["care"] == pytest.approx(adds["score"], abs=0.002)
    hit = json.loads(ask("search", "edge care", "-n", "1", "--explain", "--format", "jsonl").stdout)
    assert sum(part["score"] for part in hit["parts"]) == pytest.approx(hit["score"], abs=1e-8)
    assert not problems("hit", hit)
    assert ask("search", "edge", "--explain", "--format", "csv").returncode == 2
