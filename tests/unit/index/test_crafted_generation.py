"""A generation is data: what leads out of it, or claims what cannot be, is refused in one line."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from searcher.errors import DamagedIndexError
from searcher.index.generations import LIVE, live_name
from searcher.index.library_schema import FILE_NAME as LIBRARY
from searcher.index.manifest import FILE_NAME as MANIFEST
from searcher.index.snapshot import POSTINGS, open_snapshot
from searcher.index.whoosh.contents import FILE_NAME as CONTENTS
from searcher.query.tree import Word

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def index(library_index: Path, tmp_path: Path) -> Path:
    """Return a copy of the index of the bundled reports without its extraction cache."""
    copy = tmp_path / "index"
    shutil.copytree(library_index / "generations", copy / "generations")
    shutil.copy(library_index / LIVE, copy / LIVE)
    return copy


def live(index: Path) -> Path:
    return index / "generations" / live_name(index)


def assert_refused(index: Path) -> None:
    """Open the index as a search does; it must be said to be broken, in one line with a hint."""
    with pytest.raises(DamagedIndexError) as refused:
        open_snapshot(index, searching=True)
    assert refused.value.message.startswith("index: ")
    assert "\n" not in refused.value.message
    assert refused.value.hint


def link(path: Path) -> None:
    elsewhere = path.parents[4] / ("elsewhere" + path.suffix)
    path.rename(elsewhere)
    path.symlink_to(elsewhere)


def pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


FILES = (LIBRARY, MANIFEST, f"{POSTINGS}/{CONTENTS}", f"{POSTINGS}/*.seg", f"{POSTINGS}/*.toc")


@pytest.mark.parametrize("part", FILES)
@pytest.mark.parametrize("put", [link, pipe])
def test_a_file_that_is_a_link_or_a_pipe_is_refused_and_not_waited_for(
    index: Path, part: str, put: Callable[[Path], None]
) -> None:
    (path,) = live(index).glob(part)
    with open_snapshot(index, searching=True) as snapshot:
        assert snapshot.index.search(Word("care")).counts()
    put(path)
    assert_refused(index)


@pytest.mark.parametrize("part", [".", POSTINGS])
def test_a_folder_that_is_a_link_is_refused(index: Path, tmp_path: Path, part: str) -> None:
    path = live(index) / part
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    assert_refused(index)


OUTSIDE = (
    "../outside.seg",
    "/etc/hostname",
    "..",
    ".",
    "",
    "a\0b",
    "x/../../outside.seg",
    "\ud800",
)


@pytest.mark.parametrize("name", OUTSIDE)
@pytest.mark.parametrize("kind", ["segment", "table"])
def test_contents_name_no_file_outside_their_folder(index: Path, name: str, kind: str) -> None:
    path = live(index) / POSTINGS / CONTENTS
    table = json.loads(path.read_text(encoding="utf-8"))
    former = table["table"] if kind == "table" else table["segments"][0][0]
    shutil.copy(path.with_name(former), path.parents[1] / "outside.seg")
    if kind == "table":
        table["table"] = name
    else:
        table["segments"] = [[name, []]]
    table["sizes_bytes"][name] = table["sizes_bytes"].pop(former)
    path.write_text(json.dumps(table), encoding="utf-8")
    assert_refused(index)


HUGE = 2**70


@pytest.mark.parametrize(
    "change",
    [
        {"segments": None}, {"segments": [[]]}, {"segments": [["x"]]}, {"segments": [[[], []]]},
        {"segments": {}}, {"table": None}, {"table": 7}, {"table_crc32": 0}, {"table_crc32": "0"},
        {"sizes_bytes": {}}, {"sizes_bytes": None}, {"sizes_bytes": []}, {"number": "x"},
        {"passages": "many"}, {"passages": [1]}, {"averages": {}}, {"averages": []},
        {"averages": None}, {"average_report": "x"}, {"average_report": -1},
    ],
)  # fmt: skip
def test_contents_that_make_no_sense_are_refused(index: Path, change: dict[str, Any]) -> None:
    path = live(index) / POSTINGS / CONTENTS
    table = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(table | change), encoding="utf-8")
    assert_refused(index)


@pytest.mark.parametrize("size", [-1, 0, HUGE, 1.5, "7", None, [], True])
def test_a_size_that_is_not_that_of_the_file_is_refused(index: Path, size: object) -> None:
    path = live(index) / POSTINGS / CONTENTS
    table = json.loads(path.read_text(encoding="utf-8"))
    table["sizes_bytes"][table["segments"][0][0]] = size
    path.write_text(json.dumps(table), encoding="utf-8")
    assert_refused(index)


@pytest.mark.parametrize("removed", [[-1], [HUGE], [10**6], ["x"], [None], 7, None, [[0]]])
def test_reports_that_cannot_be_removed_are_refused(index: Path, removed: object) -> None:
    path = live(index) / POSTINGS / CONTENTS
    table = json.loads(path.read_text(encoding="utf-8"))
    table["segments"][0][1] = removed
    path.write_text(json.dumps(table), encoding="utf-8")
    assert_refused(index)


@pytest.mark.parametrize(
    "change",
    [
        {"files": None}, {"files": [1]}, {"files": {"x": 1}}, {"files": {"x": [1]}},
        {"files": {"../x": [0, 0]}}, {"files": {"/dev/zero": [1, 1]}}, {"files": {"": [0, 0]}},
        {"files": {"library.db": [7, 7]}}, {"files": {"library.db": ["7", None]}},
        {"roots": None}, {"configuration": 7}, {"configuration": []},
    ],
)  # fmt: skip
def test_a_manifest_that_makes_no_sense_is_refused(index: Path, change: dict[str, Any]) -> None:
    path = live(index) / MANIFEST
    table = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(table | change), encoding="utf-8")
    assert_refused(index)
