"""A report keeps its id, and a row of the catalogue its report, whatever happens to the file."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from searcher.corpus.catalogue import extend_catalogue, read_catalogue
from searcher.index.snapshot import open_snapshot
from searcher.ingest.catalogue_rows import files_by_id, unmatched
from searcher.vocabulary import Vocabularies
from tests.unit.ingest.bench import Bench

if TYPE_CHECKING:
    from pathlib import Path

ROW = "mill,a.txt,,,,2017,,,,,,"


def test_a_report_that_is_renamed_and_then_revised_keeps_its_row(bench: Bench) -> None:
    path = bench.put("a.txt", "Carers stayed longer.")
    bench.put_catalogue(ROW)
    bench.ingest()
    path.rename(bench.corpus / "b.txt")
    bench.ingest()
    bench.put("b.txt", "Carers stayed much longer.")
    done = bench.ingest()
    report = bench.reports()["b.txt"]
    assert (report.id, report.year) == ("mill", 2017)
    assert (done.added, done.changed, done.removed) == (0, 1, 0)


def test_a_file_that_is_revised_keeps_its_id(bench: Bench) -> None:
    bench.put("a.txt", "Version 1.")
    bench.ingest()
    first = bench.reports()["a.txt"].id
    for content in ("Version 2.", b"", "Version 3."):
        bench.put("a.txt", content)
        bench.ingest()
    assert bench.reports()["a.txt"].id == first
    bench.put("a.txt", b"words\x00words")
    assert bench.ingest().quarantined
    bench.put("a.txt", "Version 4.")
    bench.ingest()
    assert bench.reports()["a.txt"].id == first


def test_an_id_goes_with_the_bytes_before_it_stays_with_the_place(bench: Bench) -> None:
    path = bench.put("a.txt", "Carers.")
    bench.ingest()
    first = bench.reports()["a.txt"].id
    path.rename(bench.corpus / "b.txt")
    bench.put("a.txt", "Something new.")
    bench.ingest()
    reports = bench.reports()
    assert reports["b.txt"].id == first
    assert reports["a.txt"].id != first


def test_copies_of_one_name_never_swap_their_ids(bench: Bench, tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("x", "y", "z")]
    for folder in folders:
        folder.mkdir()
        (folder / "a.txt").write_text("The same.")
        bench.ingest(folder)
    before = ids_by_place(bench)
    assert len(set(before.values())) == 3
    for folder in reversed(folders):
        bench.ingest(folder)
        assert ids_by_place(bench) == before
    bench.rebuild()
    assert ids_by_place(bench) == before


def ids_by_place(bench: Bench) -> dict[str, str]:
    with open_snapshot(bench.index) as snapshot:
        return {report.path: report.id for report in snapshot.library.stored()}


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.permutations(["x", "y", "x/sub", "y/a.txt"]))
def test_the_order_of_the_paths_changes_no_record(
    tmp_path_factory: pytest.TempPathFactory, order: list[str]
) -> None:
    top = tmp_path_factory.mktemp("order")
    bench = Bench.at(top / "bench")
    for name, text in (("x/a.txt", "1"), ("y/a.txt", "1"), ("x/sub/b.txt", "2"), ("y/c.txt", "")):
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).write_text(text)
    done = bench.ingest(*(top / name for name in order))
    assert {(report.file, report.id) for report in bench.reports().values()} == {
        ("a.txt", "a-6b86b2"), ("y/a.txt", "a-6b86b2-2"), ("sub/b.txt", "b-d4735e"),
    }  # fmt: skip
    assert done.fingerprint == bench.ingest(*(top / name for name in sorted(order))).fingerprint


def test_a_new_source_takes_no_id_that_another_has(bench: Bench) -> None:
    bench.put_records("z.jsonl", {"id": "r1", "text": "First come."})
    bench.ingest()
    bench.put_records("a.jsonl", {"id": "r1", "text": "Later."})
    bench.ingest()
    assert {name: report.id for name, report in bench.reports().items()} == {
        "z.jsonl": "r1", "a.jsonl": "r1-2",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["10.1000/x,y", "a b", "a|b", "A\\B", "-x", "é:1"])
def test_a_record_keeps_its_own_id(bench: Bench, name: str) -> None:
    bench.put_records("a.jsonl", {"id": name, "text": "Words."})
    bench.ingest()
    assert bench.reports()["a.jsonl"].id == name
    bench.put_records("a.jsonl", {"id": name, "text": "Other words."})
    bench.ingest()
    assert bench.reports()["a.jsonl"].id == name
    assert bench.found("words") == ["a.jsonl"]


@pytest.mark.parametrize("name", ["a@b", "a#b", " a", "a "])
def test_an_id_that_no_address_can_hold_is_told(bench: Bench, name: str) -> None:
    bench.put_records("a.jsonl", {"id": "fine", "text": "x"}, {"id": name, "text": "Words."})
    bench.ingest()
    failure = bench.quarantine()["a.jsonl:2"]
    assert failure.reason == "unsupported"
    assert repr(name) in failure.detail


def test_a_row_describes_one_report_only(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "a.txt").write_text("Elsewhere.")
    bench.put("a.txt", "Here.")
    bench.put_records("r.jsonl", {"id": "mill", "text": "A record."})
    bench.put_catalogue(ROW, ",r.jsonl,,,,1999,,,,,,")
    done = bench.ingest(tmp_path / "other", bench.corpus)
    years = sorted((r.id, r.year) for r in bench.reports().values() if r.year)
    assert years == [("mill", 2017)]
    assert done.reports == 3
    assert "catalogue.csv: 1 row has no report in the index: r.jsonl" in done.notes


def test_rows_without_a_report_are_named(bench: Bench) -> None:
    bench.put("a.txt", "Carers.")
    bench.put("bad.pdf", b"")
    bench.put("worse.txt", b"words\x00words")
    bench.put_catalogue(
        ROW, ",bad.pdf,,,,,,,,,,", ",worse.txt,,,,,,,,,,", "lost,gone.pdf,,,,,,,,,,"
    )
    assert "catalogue.csv: 1 row has no report in the index: lost" in bench.ingest().notes
    catalogue = read_catalogue(bench.corpus / "catalogue.csv", Vocabularies())
    with open_snapshot(bench.index) as snapshot:
        rows = unmatched(catalogue, snapshot.library, bench.corpus)
    assert [row.id for row in rows] == ["lost"]


def test_an_extended_catalogue_can_be_ingested_and_holds_every_report(bench: Bench) -> None:
    bench.put("a.txt", "Carers.")
    bench.put("sub/b.txt", "Caseloads.")
    bench.put_records("r.jsonl", {"id": "r1", "text": "One."}, {"id": "r/2", "text": "Two."})
    bench.ingest(bench.corpus / "sub")
    bench.ingest()
    path = bench.corpus / "catalogue.csv"

    def extend() -> int:
        with open_snapshot(bench.index) as snapshot:
            files = files_by_id(snapshot.library, bench.corpus)
            return extend_catalogue(path, files.items())

    before = {name: report.id for name, report in bench.reports().items()}
    assert extend() == 4
    assert extend() == 0
    rows = read_catalogue(path, Vocabularies()).rows
    assert {row.file for row in rows} == {"a.txt", "sub/b.txt", ""}
    done = bench.ingest()
    assert {name: report.id for name, report in bench.reports().items()} == before
    assert not any("no report" in note for note in done.notes)
    shutil.rmtree(bench.index)
    bench.ingest()
    assert {name: report.id for name, report in bench.reports().items()} == before
