"""What is wrong with an index is told, each thing once, with what to do; nothing is changed."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from searcher.errors import DamagedIndexError, NoIndexError
from searcher.index.checksums import checksums_of
from searcher.index.generations import BUILDING, LIVE, NEW_POINTER, locked
from searcher.index.library_schema import FILE_NAME as LIBRARY
from searcher.index.manifest import FILE_NAME as MANIFEST
from searcher.index.snapshot import POSTINGS
from searcher.ingest.doctor import AGAIN, BACK, REBUILT, Examination, check, examine
from searcher.ingest.half_read import FOLDER as READING
from searcher.ingest.ledger import FILE_NAME as SOURCES

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.ingest.bench import Bench


@pytest.fixture
def built(bench: Bench) -> Bench:
    """Return an index of two reports and a second copy of one."""
    bench.put("a.txt", "Carers stayed longer in Millbridge. " * 400)
    bench.put("b.md", "# Report\n\n## Findings\n\nCaseloads fell in Harrowdale.")
    bench.put("c.txt", "Carers stayed longer in Millbridge. " * 400)
    bench.ingest()
    return bench


def live(bench: Bench) -> Path:
    return bench.index / "generations" / bench.live()


def examined(bench: Bench, *, keep: int = 3) -> Examination:
    """Return what is found, which changes nothing."""
    before = {path: path.stat().st_mtime_ns for path in bench.index.rglob("*")}
    found = examine(bench.index, keep=keep)
    assert {path: path.stat().st_mtime_ns for path in bench.index.rglob("*")} == before
    return found


def flip(path: Path, place: int) -> None:
    held = bytearray(path.read_bytes())
    held[place] ^= 0x20
    path.write_bytes(held)


def seal(folder: Path) -> None:
    """Give the files of a generation, changed as they are, the checksums of what they hold."""
    table = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    table["files"] = {
        file.name: [file.size_bytes, file.crc32]
        for file in checksums_of(folder, (LIBRARY, SOURCES))
    }
    (folder / MANIFEST).write_text(json.dumps(table), encoding="utf-8")


def test_nothing_is_wrong_with_what_was_just_built(built: Bench) -> None:
    found = examined(built)
    assert (found.findings, found.exit_status) == ((), 0)
    assert found.manifest == check(built.index)


def test_a_flipped_bit_anywhere_is_found_and_status_finds_it_too(built: Bench) -> None:
    folder = live(built)
    (segment,) = (folder / POSTINGS).glob("*.seg")
    files = {LIBRARY: folder / LIBRARY, SOURCES: folder / SOURCES, POSTINGS: segment}
    for name, path in files.items():
        whole = path.read_bytes()
        for place in range(20, len(whole), max(len(whole) // 5, 1)):
            flip(path, place)
            found = examined(built)
            assert found.exit_status == 3, (name, place)
            assert any(name in one.problem and one.is_damage for one in found.findings)
            with pytest.raises(DamagedIndexError):
                check(built.index)
            path.write_bytes(whole)
    assert examined(built).exit_status == 0


def test_all_that_is_wrong_is_told_and_each_once(built: Bench) -> None:
    flip(live(built) / SOURCES, 0)
    (segment,) = (live(built) / POSTINGS).glob("*.seg")
    flip(segment, 20)
    (built.index / READING).mkdir()
    problems = [one.problem for one in examined(built).findings]
    assert [problem.split()[0] for problem in problems] == [SOURCES, POSTINGS, READING]


@pytest.mark.parametrize("change", [{"passages": 1}, {"reports": 0}, {"generation": "other"}])
def test_a_manifest_that_counts_otherwise_is_damage(
    built: Bench, change: dict[str, object]
) -> None:
    path = live(built) / MANIFEST
    table = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(table | change), encoding="utf-8")
    (finding,) = examined(built).findings
    assert (finding.problem.split()[0], finding.is_damage) == (MANIFEST, True)


def test_passages_that_can_be_found_are_those_that_can_be_shown(built: Bench) -> None:
    folder = live(built)
    with closing(sqlite3.connect(folder / LIBRARY, isolation_level=None)) as connection:
        ((lost,),) = connection.execute("SELECT max(key) FROM passage")
        connection.execute("UPDATE passage SET report = 3 - report WHERE key = ?", (lost,))
    seal(folder)
    (finding,) = examined(built).findings
    assert (finding.problem.split()[0], finding.is_damage) == (POSTINGS, True)


def test_what_a_killed_run_left_is_told_until_the_next_run_took_it_away(built: Bench) -> None:
    left = (BUILDING, READING, NEW_POINTER, "extracted/unfinished")
    for name in left[:2]:
        (built.index / name / "half").mkdir(parents=True)
    for name in left[2:]:
        (built.index / name).write_text("half")
    found = examined(built)
    assert found.exit_status == 1
    assert [one.problem.split()[0] for one in found.findings] == list(left)
    with locked(built.index):
        assert examined(built).findings == ()
    assert not built.ingest().published
    assert examined(built).findings == ()


def test_other_generations_are_told_of_where_nobody_needs_or_can_use_them(built: Bench) -> None:
    first = built.live()
    built.put("d.txt", "Visits in Westmere.")
    built.ingest()
    assert examined(built, keep=2).findings == ()
    (finding,) = examined(built, keep=1).findings
    assert "searcher prune" in finding.hint
    (built.index / "generations" / first / MANIFEST).unlink()
    (finding,) = examined(built).findings
    assert first in finding.problem
    assert not finding.is_damage


@pytest.mark.parametrize("pointer", ["", "../x", "20000101T000000Z", None])
def test_a_pointer_to_nothing_is_damage_with_the_way_out(built: Bench, pointer: str | None) -> None:
    path = built.index / LIVE
    path.unlink()
    if pointer is not None:
        path.write_text(pointer, encoding="utf-8")
    found = examined(built)
    assert (found.manifest, found.exit_status) == (None, 3)
    assert all(one.hint for one in found.findings)


def test_what_is_advised_can_be_done(built: Bench) -> None:
    def hint() -> str:
        return next(one.hint for one in examined(built).findings if one.is_damage)

    flip(live(built) / LIBRARY, 5000)
    assert hint() == REBUILT
    (live(built) / SOURCES).write_text("{", encoding="utf-8")
    assert hint() == AGAIN
    assert built.ingest().published
    assert not any(one.is_damage for one in examined(built).findings)
    flip(live(built) / LIBRARY, 5000)
    assert hint() == f"{REBUILT}, {BACK}"
    (built.index / LIVE).write_text("20000101T000000Z", encoding="utf-8")
    (gone,) = (one for one in examined(built).findings if one.is_damage)
    assert "20000101T000000Z, which is gone" in gone.problem
    assert gone.hint == BACK


def test_a_live_generation_without_a_manifest_is_told_of_once(built: Bench) -> None:
    (live(built) / MANIFEST).unlink()
    (finding,) = examined(built).findings
    assert (finding.is_damage, finding.hint) == (True, REBUILT)


def test_where_there_is_no_index_nothing_is_examined(bench: Bench, built: Bench) -> None:
    shutil.rmtree(built.index)
    with pytest.raises(NoIndexError):
        examine(bench.index, keep=3)
