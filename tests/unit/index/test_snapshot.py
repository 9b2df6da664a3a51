from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from searcher.config import Settings
from searcher.errors import DamagedIndexError, IndexVersionError, NoIndexError
from searcher.index import snapshot as snapshots
from searcher.index.generations import LIVE, folder_of, live_name, names, prune
from searcher.index.library_schema import FILE_NAME as LIBRARY
from searcher.index.manifest import FILE_NAME as MANIFEST
from searcher.index.manifest import FORMAT_VERSION
from searcher.index.snapshot import POSTINGS, is_whole, open_snapshot
from searcher.index.whoosh import WhooshBackend
from searcher.ingest.ingest import ingest
from searcher.query.tree import Word
from searcher.search.engine import search

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return settings whose index has one report, ``a``."""
    settings = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index", workers=1)
    settings.corpus.mkdir()
    add(settings, "a")
    return settings


def add(settings: Settings, name: str) -> None:
    (settings.corpus / f"{name}.txt").write_text(f"Report {name} is about carers. " * 9)
    ingest([settings.corpus], settings)


def test_a_snapshot_answers_from_its_generation_while_others_are_published_and_pruned(
    settings: Settings,
) -> None:
    with open_snapshot(settings.index) as snapshot:
        before = search(snapshot, "carers")
        for name in "bcde":
            add(settings, name)
        prune(settings.index, keep=1)
        assert names(settings.index) == (live_name(settings.index),)
        assert not snapshot.folder.exists()
        assert search(snapshot, "carers") == before
        assert len(list(snapshot.library.reports())) == before.coverage.reports == 1
    with open_snapshot(settings.index) as snapshot:
        assert search(snapshot, "carers").totals.reports == 5


def test_who_opened_a_generation_keeps_it_while_ten_builds_go_by(settings: Settings) -> None:
    one = replace(settings, generations=1)
    with (
        open_snapshot(settings.index, searching=True) as early,
        open_snapshot(settings.index) as late,
    ):
        before = search(late, "carers")
        for name in "bcdefghijk":
            add(one, name)
            assert names(settings.index) == (live_name(settings.index),)
            assert search(late, "carers") == before
        assert not early.folder.exists()
        assert search(early, "carers") == before
        (report,) = early.library.reports()
        assert [page.text for page in early.library.pages(report.id)]
    with open_snapshot(settings.index) as snapshot:
        assert search(snapshot, "carers").totals.reports == 11


def test_a_generation_that_is_removed_is_kept_by_whoever_opened_it(settings: Settings) -> None:
    with (
        open_snapshot(settings.index) as reader,
        open_snapshot(settings.index, searching=True) as searcher,
    ):
        shutil.rmtree(reader.folder)
        assert [report.id for report in reader.library.reports()]
        assert search(searcher, "carers").totals.reports == 1
        with pytest.raises(DamagedIndexError):
            _ = reader.index


def test_a_reader_that_comes_upon_a_removed_generation_takes_the_new_one(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    former = live_name(settings.index)
    add(settings, "b")
    prune(settings.index, keep=1)
    told = iter([former])
    monkeypatch.setattr(snapshots, "live_name", lambda index: next(told, live_name(index)))
    with open_snapshot(settings.index) as snapshot:
        assert snapshot.generation == live_name(settings.index) != former


@pytest.mark.parametrize("part", [LIBRARY, MANIFEST, POSTINGS])
def test_a_generation_is_whole_until_a_part_of_it_is_broken(settings: Settings, part: str) -> None:
    folder = folder_of(settings.index, live_name(settings.index))
    assert is_whole(folder)
    path = folder / part
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert not is_whole(folder)


def test_a_page_of_the_library_that_is_overwritten_is_found_by_the_check(
    settings: Settings,
) -> None:
    path = folder_of(settings.index, live_name(settings.index)) / LIBRARY
    held = bytearray(path.read_bytes())
    held[8192:12288] = b"\xff" * 4096
    path.write_bytes(held)
    with pytest.raises(DamagedIndexError), open_snapshot(settings.index) as snapshot:
        snapshot.check()


def test_a_snapshot_lets_go_of_what_it_opened(settings: Settings) -> None:
    with open_snapshot(settings.index) as snapshot:
        library, index = snapshot.library, snapshot.index
        assert index.search(Word("carers")).best(1)
    with pytest.raises(DamagedIndexError):
        library.stored()
    with open_snapshot(settings.index):
        pass


def test_coverage_tells_what_the_manifest_tells(settings: Settings) -> None:
    with open_snapshot(settings.index) as snapshot:
        manifest, coverage = snapshot.manifest, snapshot.coverage()
        assert coverage.generation == manifest.generation == live_name(settings.index)
        assert (coverage.reports, coverage.quarantined) == (manifest.reports, 0) == (1, 0)
        assert (coverage.fingerprint, coverage.built) == (manifest.fingerprint, manifest.built)


def test_what_another_version_indexed_is_not_searched_but_made_anew(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(WhooshBackend, "version", "another")
    with open_snapshot(settings.index) as snapshot:
        assert len(list(snapshot.library.reports())) == 1
        with pytest.raises(IndexVersionError, match="another version") as refused:
            search(snapshot, "carers")
        assert "rebuild" in refused.value.hint
    ingest([settings.corpus], settings)
    with open_snapshot(settings.index) as snapshot:
        assert search(snapshot, "carers").totals.reports == 1


def test_no_index_another_version_and_damage_are_told_apart(settings: Settings) -> None:
    with pytest.raises(NoIndexError):
        open_snapshot(settings.corpus)
    manifest = folder_of(settings.index, live_name(settings.index)) / MANIFEST
    whole = manifest.read_text()
    manifest.write_text(
        whole.replace(f'"format_version": {FORMAT_VERSION}', '"format_version": 99')
    )
    with pytest.raises(IndexVersionError):
        open_snapshot(settings.index)
    manifest.write_text(whole[:50])
    with pytest.raises(DamagedIndexError):
        open_snapshot(settings.index)
    (settings.index / LIVE).write_text("gone\n")
    with pytest.raises(DamagedIndexError, match="gone"):
        open_snapshot(settings.index)
