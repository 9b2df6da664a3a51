"""Whose catalogue and vocabularies describe the reports, wherever an ingest is run from."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from searcher.config import Settings
from searcher.errors import ConfigError
from searcher.index.generations import folder_of
from searcher.index.manifest import FILE_NAME as MANIFEST
from searcher.index.snapshot import open_snapshot
from searcher.ingest.ingest import ingest, rebuild
from tests.unit.ingest.bench import CATALOGUE, THEMES, Bench

ROW = "mill,a.txt,Millbridge,,,2017,,Caseloads,,,,\n"
THEME = "caseload,Caseloads,,,,ours,sourced\n"


def write_about(folder: Path, *, row: str = ROW) -> None:
    """Write a report, a catalogue with ``row`` and a vocabulary into ``folder``."""
    (folder / "vocabulary").mkdir(parents=True)
    (folder / "a.txt").write_text("Carers stayed longer; caseloads fell.")
    (folder / "catalogue.csv").write_text(CATALOGUE + row)
    (folder / "vocabulary" / "themes.csv").write_text(THEMES + THEME)


@pytest.fixture
def described(tmp_path: Path) -> Bench:
    """Return an index described by the catalogue and the vocabulary of its corpus."""
    bench = Bench(tmp_path, Settings(tmp_path / "corpus", tmp_path / "index", workers=1))
    write_about(bench.corpus)
    bench.ingest()
    return bench


@pytest.fixture
def elsewhere(described: Bench, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """Return the same index as it is seen from another folder, with no setting given."""
    folder = described.root / "elsewhere"
    folder.mkdir()
    (folder / "b.txt").write_text("Another report.")
    monkeypatch.chdir(folder)
    return Bench(described.root, replace(described.settings, corpus=Settings().corpus))


def year(bench: Bench) -> int | None:
    return bench.reports()["a.txt"].year


def test_a_rebuild_from_another_folder_keeps_what_people_wrote(elsewhere: Bench) -> None:
    before = elsewhere.reports()
    done = rebuild(elsewhere.settings)
    assert elsewhere.reports() == before
    assert before["a.txt"].themes == ("caseload",)
    assert any(str(elsewhere.root / "corpus") in note for note in done.notes)


def test_an_ingest_of_another_folder_keeps_what_people_wrote(elsewhere: Bench) -> None:
    done = ingest([Path("b.txt")], elsewhere.settings)
    assert (done.reports, year(elsewhere)) == (2, 2017)
    with open_snapshot(elsewhere.index) as snapshot:
        said = dict(snapshot.manifest.configuration)
    assert said["corpus"] == str(elsewhere.root / "corpus")


@pytest.mark.parametrize("text", ["{", '{"format_version": 999}'])
def test_a_rebuild_of_a_broken_or_other_manifest_keeps_it_too(elsewhere: Bench, text: str) -> None:
    (folder_of(elsewhere.index, elsewhere.live()) / MANIFEST).write_text(text)
    rebuild(elsewhere.settings)
    assert year(elsewhere) == 2017


def test_a_corpus_folder_that_says_nothing_takes_nothing_away(elsewhere: Bench) -> None:
    (elsewhere.root / "empty").mkdir()
    rebuild(replace(elsewhere.settings, corpus=elsewhere.root / "empty"))
    assert year(elsewhere) == 2017


@pytest.mark.parametrize("part", ["catalogue.csv", "vocabulary", ""])
def test_what_described_the_index_and_is_gone_is_asked_for(elsewhere: Bench, part: str) -> None:
    live, gone = elsewhere.live(), elsewhere.root / "corpus" / part
    shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
    with pytest.raises(ConfigError, match="is not there") as refused:
        rebuild(elsewhere.settings)
    assert "--corpus DIR" in refused.value.hint
    with pytest.raises(ConfigError, match="is not there"):
        ingest([Path("b.txt")], elsewhere.settings)
    assert elsewhere.live() == live
    write_about(elsewhere.root / "moved", row=ROW.replace("2017", "2018"))
    done = rebuild(replace(elsewhere.settings, corpus=elsewhere.root / "moved"))
    assert any("before by" in note for note in done.notes)
    with open_snapshot(elsewhere.index) as snapshot:
        said = dict(snapshot.manifest.configuration)
    assert said["corpus"] == str(elsewhere.root / "moved")


def test_one_without_rows_says_that_there_is_none(elsewhere: Bench) -> None:
    (elsewhere.root / "corpus" / "catalogue.csv").write_text(CATALOGUE)
    rebuild(elsewhere.settings)
    assert year(elsewhere) is None


def test_the_only_path_that_holds_them_is_the_corpus_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_about(tmp_path / "mine")
    monkeypatch.chdir(tmp_path)
    bench = Bench(tmp_path, Settings(index=tmp_path / "index", workers=1))
    done = ingest([Path("mine")], bench.settings)
    report = bench.reports()["a.txt"]
    assert (report.id, report.year, report.themes) == ("mill", 2017, ("caseload",))
    assert done.ignored == ("catalogue.csv", "vocabulary/")
    write_about(tmp_path / "named", row=ROW.replace("2017", "2019"))
    ingest([Path("mine")], replace(bench.settings, corpus=tmp_path / "named"))
    assert year(bench) == 2019


def test_where_no_vocabulary_is_in_force_it_says_so(bench: Bench) -> None:
    bench.put("a.txt", "Carers.")
    (note,) = bench.ingest().notes
    assert note.startswith(f"no vocabulary at {bench.corpus / 'vocabulary'}: projects, themes and")
    assert note.endswith("--corpus DIR names the folder that has one")
    bench.put_themes(THEME.strip())
    assert bench.ingest().notes == ()
