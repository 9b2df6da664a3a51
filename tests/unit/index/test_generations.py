from __future__ import annotations

import errno
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from searcher.config import Settings
from searcher.errors import BusyIndexError, DamagedIndexError, NoIndexError, StorageError
from searcher.index.generations import (
    BUILDING,
    LIVE,
    Rollback,
    building,
    folder_of,
    live_name,
    locked,
    names,
    prune,
    publish,
    rollback,
)
from searcher.ingest.ingest import rebuild

if TYPE_CHECKING:
    from pathlib import Path

HOLD = """
import sys
from pathlib import Path
from searcher.index.generations import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def make(index: Path, *generations: str) -> None:
    """Publish generations that hold nothing but a file with their name."""
    for name in generations:
        with building(index) as folder:
            (folder / "name").write_text(name)
            publish(index, folder, name)


def back(index: Path) -> str:
    return rollback(index, whole=lambda _: True).generation


def test_what_is_published_is_live_whole_and_under_its_name(tmp_path: Path) -> None:
    make(tmp_path, "g1", "g2")
    assert live_name(tmp_path) == "g2"
    assert names(tmp_path) == ("g1", "g2")
    assert (folder_of(tmp_path, "g2") / "name").read_text() == "g2"
    assert sorted(path.name for path in tmp_path.iterdir()) == [LIVE, "generations"]


def test_a_build_that_breaks_off_leaves_the_live_one_and_nothing_else(tmp_path: Path) -> None:
    make(tmp_path, "g1")
    with pytest.raises(KeyboardInterrupt):
        break_off(tmp_path)
    assert live_name(tmp_path) == "g1"
    assert names(tmp_path) == ("g1",)
    assert not (tmp_path / BUILDING).exists()


def break_off(index: Path) -> None:
    with building(index) as folder:
        (folder / "half").write_text("")
        raise KeyboardInterrupt


def test_what_a_killed_build_left_is_gone_in_the_next(tmp_path: Path) -> None:
    left = tmp_path / BUILDING / "whoosh"
    left.mkdir(parents=True)
    (left / "half").write_text("")
    with building(tmp_path) as folder:
        assert list(folder.iterdir()) == []


def test_a_rollback_goes_one_back_at_a_time_until_there_is_none(tmp_path: Path) -> None:
    make(tmp_path, "g1", "g2", "g3")
    assert [back(tmp_path), back(tmp_path)] == ["g2", "g1"]
    assert live_name(tmp_path) == "g1"
    with pytest.raises(NoIndexError, match="no generation before it"):
        back(tmp_path)
    assert live_name(tmp_path) == "g1"


def test_a_rollback_passes_over_what_is_broken_and_says_so(tmp_path: Path) -> None:
    make(tmp_path, "g1", "g2", "g3", "g4")
    done = rollback(tmp_path, whole=lambda folder: folder.name == "g1")
    assert done == Rollback("g1", ("g3", "g2"))
    assert live_name(tmp_path) == "g1"


def test_where_nothing_is_whole_a_rollback_changes_nothing(tmp_path: Path) -> None:
    make(tmp_path, "g1", "g2", "g3")
    with pytest.raises(NoIndexError, match="not g2, g1"):
        rollback(tmp_path, whole=lambda _: False)
    assert live_name(tmp_path) == "g3"


@pytest.mark.parametrize("pointer", ["gone", "", "..", "../g1", "a\x00b", "\udcff"])
def test_a_rollback_mends_a_pointer_to_nothing(tmp_path: Path, pointer: str) -> None:
    make(tmp_path, "g1", "g2")
    (tmp_path / LIVE).write_bytes(pointer.encode("utf-8", "surrogateescape"))
    assert back(tmp_path) == "g2"
    assert live_name(tmp_path) == "g2"


@pytest.mark.parametrize("pointer", ["", "..", "../g1", "a\x00b", "\udcff"])
def test_a_pointer_that_names_nothing_is_damage(tmp_path: Path, pointer: str) -> None:
    make(tmp_path, "g1")
    (tmp_path / LIVE).write_bytes(pointer.encode("utf-8", "surrogateescape"))
    with pytest.raises(DamagedIndexError, match=LIVE):
        live_name(tmp_path)


def test_where_nothing_was_made_there_is_no_index(tmp_path: Path) -> None:
    assert names(tmp_path / "none") == ()
    for index in (tmp_path, tmp_path / "none"):
        with pytest.raises(NoIndexError):
            live_name(index)


@pytest.mark.parametrize(
    ("live", "keep", "kept"),
    [
        ("g4", 2, ("g3", "g4")),
        ("g1", 2, ("g1", "g3", "g4")),
        ("g1", 0, ("g1",)),
        ("g4", 9, ("g1", "g2", "g3", "g4")),
    ],
)
def test_pruning_keeps_the_live_one_and_the_newest(
    tmp_path: Path, live: str, keep: int, kept: tuple[str, ...]
) -> None:
    make(tmp_path, "g1", "g2", "g3", "g4")
    (tmp_path / LIVE).write_text(live)
    gone = prune(tmp_path, keep=keep)
    assert names(tmp_path) == kept
    assert set(gone) == {"g1", "g2", "g3", "g4"} - set(kept)


def test_a_stray_file_among_the_generations_is_none(tmp_path: Path) -> None:
    make(tmp_path, "g1", "g2")
    (tmp_path / "generations" / "z.txt").write_text("")
    assert names(tmp_path) == ("g1", "g2")
    assert prune(tmp_path, keep=0) == ("g1",)


def test_one_process_builds_at_a_time_and_a_killed_one_holds_nothing(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(BusyIndexError, match="another process"), locked(tmp_path):
            pass
        holder.kill()
        holder.wait()
        with locked(tmp_path):
            pass


@pytest.mark.parametrize("below", ["index", "deeper/index"])
def test_a_place_that_cannot_be_a_folder_is_told_by_name(tmp_path: Path, below: str) -> None:
    (tmp_path / below.partition("/")[0]).write_text("a file")
    with pytest.raises(StorageError, match="index"), locked(tmp_path / below, make=True):
        pass


@pytest.mark.parametrize("place", ["index", "deeper/index"])
def test_no_folder_is_made_where_nothing_comes_into_it(tmp_path: Path, place: str) -> None:
    index = tmp_path / place
    for write_to in (
        lambda: rollback(index, whole=lambda _: True),
        lambda: prune(index, keep=1),
        lambda: rebuild(Settings(index=index)),
    ):
        with pytest.raises(NoIndexError):
            write_to()
        assert list(tmp_path.iterdir()) == []
    with locked(index, make=True):
        assert index.is_dir()
    assert list(tmp_path.iterdir()) == []
    index.mkdir(parents=True)
    with locked(index, make=True):
        pass
    assert index.is_dir()


def test_a_full_disk_is_told_with_the_path_and_what_helps(tmp_path: Path) -> None:
    for is_live, says in ((False, False), (True, True)):
        if is_live:
            make(tmp_path, "g1")
        with pytest.raises(StorageError) as refused, building(tmp_path) as folder:
            raise OSError(errno.ENOSPC, "", str(folder / "library.db"))
        assert str(tmp_path / BUILDING / "library.db") in refused.value.message
        assert "make room" in refused.value.hint
        assert ("still live" in refused.value.hint) == says
        with pytest.raises(StorageError) as refused, building(tmp_path):
            raise StorageError(str(tmp_path), hint="")
        assert ("still live" in refused.value.hint) == says
