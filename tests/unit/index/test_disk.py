from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from searcher.config import Settings
from searcher.errors import StorageError
from searcher.index.generations import BUILDING, live_name, prune, rollback
from searcher.index.snapshot import is_whole, open_snapshot
from searcher.ingest.ingest import ingest
from searcher.search.engine import search
from tests.disks import fill, make_read_only, small_disk

if TYPE_CHECKING:
    from pathlib import Path

SIZE = 4_000_000
TEXT = "Foster carers stayed longer where the family was heard. "


def write(corpus: Path, name: str, count: int) -> None:
    corpus.mkdir(exist_ok=True)
    (corpus / name).write_text(TEXT * count, encoding="utf-8")


def answers(index: Path) -> int:
    with open_snapshot(index) as snapshot:
        return search(snapshot, "foster carers").totals.reports


@pytest.mark.usefixtures("leftovers")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_full_disk_costs_the_new_generation_and_never_the_live_one(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    write(corpus, "a.txt", 40)
    with small_disk(tmp_path / "disk", size_bytes=SIZE) as disk:
        index = disk / "index"
        settings = Settings(corpus=corpus, index=index, workers=1)
        ingest([corpus], settings)
        live = live_name(index)
        write(corpus, "b.txt", 2000)
        outcomes = []
        for free in (0, 8_192, 40_960, 122_880, 245_760, 491_520, 3_000_000):
            fill(disk, free_bytes=free)
            try:
                outcomes.append(ingest([corpus], settings).reports)
            except StorageError:
                outcomes.append(0)
            assert (live_name(index) == live) == (outcomes[-1] == 0)
            assert answers(index) == (outcomes[-1] or 1)
            assert not (index / BUILDING).exists()
        assert outcomes[0] == 0
        assert outcomes[-1] == 2


@pytest.mark.usefixtures("leftovers")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_first_build_on_a_full_disk_says_where_and_promises_no_former_index(
    tmp_path: Path,
) -> None:
    corpus = tmp_path / "corpus"
    write(corpus, "b.txt", 2000)
    with small_disk(tmp_path / "disk", size_bytes=SIZE) as disk:
        settings = Settings(corpus=corpus, index=disk / "index", workers=1)
        told: list[StorageError] = []
        for free in (8_192, 40_960, 122_880, 245_760, 491_520):
            fill(disk, free_bytes=free)
            try:
                ingest([corpus], settings)
            except StorageError as error:
                told.append(error)
        assert told
        for failure in told:
            assert str(disk) in failure.message
            assert "make room" in failure.hint
            assert "still live" not in failure.hint


def test_an_index_that_may_not_be_written_can_be_read(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    write(corpus, "a.txt", 40)
    with small_disk(tmp_path / "disk", size_bytes=SIZE) as disk:
        index = disk / "index"
        settings = Settings(corpus=corpus, index=index, workers=1)
        ingest([corpus], settings)
        make_read_only(disk)
        assert answers(index) == 1
        for write_to in (
            lambda: ingest([corpus], settings),
            lambda: rollback(index, whole=is_whole),
            lambda: prune(index, keep=1),
        ):
            with pytest.raises(StorageError, match="index"):
                write_to()
        assert answers(index) == 1
