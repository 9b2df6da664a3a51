"""The numbers of a summary add up, and say what became of the paths that were given."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from searcher.cli.render.summary import lines
from searcher.cli.render.terminal import Style
from searcher.errors import NothingToReadError
from tests.unit.ingest.bench import Bench

if TYPE_CHECKING:
    from pathlib import Path

    from searcher.ingest.summary import Summary

contents = st.sampled_from(["", "One.", "Two.", "words\x00words", None])
states = st.fixed_dictionaries({
    f"{folder}/{name}": contents for folder in ("x", "y") for name in ("a.txt", "b.txt", "c.md")
})


def adds_up(done: Summary) -> bool:
    here = done.added + done.changed + done.unchanged
    return done.found == here + done.failed and done.reports == here + done.elsewhere


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(states, st.sampled_from(["x", "y"])), min_size=1, max_size=4))
def test_whatever_happens_to_files_the_numbers_add_up(
    tmp_path_factory: pytest.TempPathFactory, runs: list[tuple[dict[str, str | None], str]]
) -> None:
    bench = Bench.at(tmp_path_factory.mktemp("sum"))
    for state, folder in runs:
        for name in ("x", "y"):
            shutil.rmtree(bench.corpus / name, ignore_errors=True)
            (bench.corpus / name).mkdir()
        for name, content in state.items():
            if content is not None:
                bench.put(name, content)
        before = set(ids(bench))
        try:
            done = bench.ingest(bench.corpus / folder)
        except NothingToReadError:
            continue
        assert adds_up(done), done
        assert done.found == sum(
            content is not None for name, content in state.items() if name.startswith(folder)
        )
        now = set(ids(bench))
        assert (done.added, done.reports) == (len(now - before), len(now))
        rebuilt = bench.rebuild()
        assert adds_up(rebuilt), rebuilt
        assert (rebuilt.added, rebuilt.elsewhere, set(ids(bench))) == (0, 0, now)


def ids(bench: Bench) -> list[str]:
    if not bench.generations():
        return []
    return [report.id for report in bench.reports().values()]


def told(done: Summary) -> list[str]:
    return list(lines(done, Style()))


def test_the_first_line_is_of_this_run_and_the_second_of_the_index(
    mixed: Bench, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "a.txt").write_text("Elsewhere.")
    (other / "bad.txt").write_text("")
    first, second, *_ = told(mixed.ingest(other))
    assert first == "2 files: 1 new, 1 in quarantine; 1 read now"
    assert second.startswith("7 reports, ")
    assert second.endswith("; 6 from other folders")
    mixed.put("a.txt", "Revised.")
    first, second, *_ = told(mixed.ingest(mixed.corpus / "a.txt"))
    assert first == "1 file: 1 changed; 1 read now"
    assert second.endswith("; 6 from other folders")
    assert told(mixed.ingest(mixed.corpus / "a.txt"))[0] == "1 file: 1 unchanged; 0 read now"
    (mixed.corpus / "b.md").unlink()
    assert told(mixed.ingest())[0] == "5 files: 5 unchanged; 1 gone; 0 read now"


def test_what_is_left_alone_and_named_as_a_report_is_told(bench: Bench) -> None:
    bench.put_themes("caseload,Caseloads,,,,ours,sourced")
    for name in ("a.txt", ".hidden.pdf", "README.md", "vocabulary/lost.pdf", "b.docx", ".git/x"):
        bench.put(name, "Words.")
    done = bench.ingest()
    (line,) = [line for line in told(done) if line.startswith("left alone")]
    assert line == "left alone: .hidden.pdf, README.md, vocabulary/lost.pdf"
    assert "6 other files left alone" in told(done)[0]


def test_a_folder_that_is_gone_takes_its_reports_with_it(mixed: Bench, tmp_path: Path) -> None:
    other = tmp_path / "other"
    (other / "sub").mkdir(parents=True)
    (other / "a.txt").write_text("Elsewhere.")
    (other / "sub" / "b.txt").write_text("Deeper.")
    (other / "bad.txt").write_text("")
    mixed.ingest(other)
    shutil.rmtree(other / "sub")
    done = mixed.ingest(other / "sub")
    assert (done.removed, done.reports, done.found) == (1, 7, 0)
    shutil.rmtree(other)
    done = mixed.ingest(other)
    assert (done.removed, done.reports, done.quarantined) == (1, 6, ())
    assert f"{other} is not there any more: its reports leave" in done.notes
    with pytest.raises(NothingToReadError, match="is not there"):
        mixed.ingest(other)
    with pytest.raises(NothingToReadError, match="is not there"):
        mixed.ingest(mixed.corpus / "never.txt")


def test_of_two_folders_only_the_one_that_was_mended_loses_its_failures(
    bench: Bench, tmp_path: Path
) -> None:
    for name in ("x", "y"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "bad.txt").write_text("")
    bench.ingest(tmp_path / "x", tmp_path / "y")
    (tmp_path / "y" / "bad.txt").write_text("Mended.")
    done = bench.ingest(tmp_path / "y")
    assert [failure.file for failure in done.quarantined] == ["bad.txt"]
    assert (done.found, done.failed, done.reports) == (1, 0, 1)


def test_an_ingest_of_the_folder_around_it_leaves_the_index_out(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.put("a.txt", "Carers.")
    monkeypatch.chdir(bench.root)
    done = bench.ingest(bench.root)
    assert "index/" in done.ignored
    again = bench.ingest(bench.root)
    assert (again.published, again.found) == (False, 1)


def test_a_linked_file_that_is_given_twice_is_one_report(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("Carers.")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    bench.ingest(tmp_path / "link.txt")
    assert bench.ingest(tmp_path / "link.txt").reports == 1
    assert bench.ingest(tmp_path / "real.txt").reports == 1


def test_a_changed_report_that_a_rebuild_cannot_have_is_told_as_such(bench: Bench) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        bench.put(name, f"Carers of {name}.")
    bench.put_records("r.jsonl", {"id": "r1", "text": "Words."})
    bench.ingest()
    before = {name: report.id for name, report in bench.reports().items()}
    shutil.rmtree(bench.index / "extracted")
    bench.put("a.txt", "Revised.")
    bench.put_records("r.jsonl", {"id": "r1", "text": "Other."})
    (bench.corpus / "b.txt").unlink()
    done = bench.rebuild()
    failures = bench.quarantine()
    assert failures.keys() == {"a.txt", "b.txt", "r.jsonl:r1"}
    for name in ("a.txt", "r.jsonl:r1"):
        assert failures[name].detail == "changed since it was ingested"
    assert all(failure.hint.startswith("searcher ingest reads") for failure in failures.values())
    assert (done.read, done.reports, done.found, done.failed) == (1, 1, 4, 3)
    bench.ingest()
    assert bench.quarantine() == {}
    assert bench.reports()["a.txt"].id == before["a.txt"]
