"""What an index says of itself is checked before it is used, and before it is built on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from searcher.errors import DamagedIndexError
from searcher.index.whoosh import WhooshBackend
from searcher.index.whoosh.contents import FILE_NAME
from searcher.index.whoosh.writer import MOST_SEGMENTS
from searcher.query.tree import Phrase, Word
from tests.contract.small_index import Small

if TYPE_CHECKING:
    from pathlib import Path


def build(folder: Path, *reports: Small) -> None:
    with WhooshBackend().writer(folder) as writer:
        for report in reports:
            writer.add(report.entry(), report.keys())


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """Return the folder of an index of one report."""
    folder = tmp_path / "index"
    build(folder, Small(1, ("care of families", "care"), title="Care"))
    return folder


@pytest.mark.parametrize(
    "change",
    [
        {"passages": -20}, {"reports": -20}, {"passages": float("inf")}, {"passages": None},
        {"number": float("inf")}, {"average_report": 0}, {"average_report": float("nan")},
        {"averages": dict.fromkeys(("title", "about", "heading", "body"), float("nan"))},
        {"averages": dict.fromkeys(("title", "about", "heading", "body"), -1)},
        {"segments": [["MAIN_1.seg", [-1]]]}, {"segments": [["MAIN_1.seg", [float("inf")]]]},
        {"segments": [["MAIN_1.seg", [7]]]},
    ],
)  # fmt: skip
def test_contents_that_cannot_be_are_damage(index: Path, change: dict[str, Any]) -> None:
    path = index / FILE_NAME
    former = json.loads(path.read_text(encoding="utf-8"))
    assert former["segments"] == [["MAIN_1.seg", []]]
    path.write_text(json.dumps(former | change), encoding="utf-8")
    with pytest.raises(DamagedIndexError):
        WhooshBackend().open(index)


@pytest.mark.parametrize("size_bytes", [None, 0, "what it holds"])
def test_no_file_outside_the_index_is_opened(index: Path, size_bytes: object) -> None:
    path = index / FILE_NAME
    contents = json.loads(path.read_text(encoding="utf-8"))
    outside = index.parent / "outside.seg"
    outside.write_bytes((index / "MAIN_1.seg").read_bytes())
    name = f"../{outside.name}"
    held = outside.stat().st_size if isinstance(size_bytes, str) else size_bytes
    table = contents["table"]
    contents["segments"] = [[name, []]]
    contents["sizes_bytes"] = {table: contents["sizes_bytes"][table], name: held}
    path.write_text(json.dumps(contents), encoding="utf-8")
    with pytest.raises(DamagedIndexError):
        WhooshBackend().open(index)


def test_a_segment_that_changed_on_disk_is_never_joined_into_a_whole_one(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    for n in range(1, MOST_SEGMENTS + 1):
        build(folder, Small(n, ("care of families " * 30, "edge"), title=f"Title {n}"))
    path = min(folder.glob("*.seg"))
    held = bytearray(path.read_bytes())
    held[20] ^= 1  # among the postings
    path.write_bytes(held)
    with pytest.raises(DamagedIndexError):
        build(folder, Small(99, ("care",)))
    index = WhooshBackend().open(folder)
    with pytest.raises(DamagedIndexError):
        index.check()
    index.close()


def test_a_phrase_without_a_word_matches_nothing(index: Path) -> None:
    opened = WhooshBackend().open(index)
    assert opened.search(Word("care")).best(1)
    assert not opened.search(Phrase("--")).best(1)
    opened.close()
