from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from searcher.config import Settings
from searcher.errors import DamagedIndexError, IndexVersionError, NoIndexError
from searcher.index.generations import LIVE, folder_of, live_name, names, prune
from searcher.index.manifest import FILE_NAME as MANIFEST
from searcher.index.snapshot import open_snapshot
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


def test_a_snapshot_lets_go_of_what_it_opened(settings: Settings) -> None:
    with open_snapshot(settings.index) as snapshot:
        library, index = snapshot.library, snapshot.index
        assert index.search(Word("carers")).scores
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


def test_no_index_another_version_and_damage_are_told_apart(settings: Settings) -> None:
    with pytest.raises(NoIndexError):
        open_snapshot(settings.corpus)
    manifest = folder_of(settings.index, live_name(settings.index)) / MANIFEST
    whole = manifest.read_text()
    manifest.write_text(whole.replace('"format_version": 1', '"format_version": 99'))
    with pytest.raises(IndexVersionError):
        open_snapshot(settings.index)
    manifest.write_text(whole[:50])
    with pytest.raises(DamagedIndexError):
        open_snapshot(settings.index)
    (settings.index / LIVE).write_text("gone\n")
    with pytest.raises(DamagedIndexError, match="gone"):
        open_snapshot(settings.index)
