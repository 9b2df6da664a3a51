"""A library is data: one that holds more than our tables, or points astray, is refused."""

from __future__ import annotations

import random
import shutil
import sqlite3
import time
import zlib
from contextlib import closing
from pathlib import Path

import pytest

from searcher.document import Span
from searcher.errors import DamagedIndexError
from searcher.index.library import Library
from searcher.index.library_file import MOST_BYTES
from searcher.index.library_schema import FILE_NAME
from searcher.index.library_sections import MOST_DEEP, sections_of
from searcher.index.library_writer import library_writer
from searcher.index.snapshot import open_snapshot
from tests.contract.small_index import Small


@pytest.fixture
def file(library_index: Path, tmp_path: Path) -> Path:
    """Return a copy of the library's file, to be crafted."""
    with open_snapshot(library_index) as snapshot:
        return Path(shutil.copy(snapshot.folder / FILE_NAME, tmp_path / FILE_NAME))


def craft(file: Path, *statements: str, values: tuple[object, ...] = ()) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement, values)


def use(file: Path) -> None:
    with closing(Library(file)) as library:
        for report in library.reports():
            library.outline(report.id)
            list(library.pages(report.id))
            library.text(report.id, Span(0, 10**9))
        library.passages(range(1000))
        library.vocabularies()


VIEW = "CREATE VIEW report AS SELECT * FROM former"


@pytest.mark.parametrize(
    "statements",
    [
        ["CREATE TRIGGER t AFTER INSERT ON report BEGIN SELECT load_extension('x'); END"],
        ["ALTER TABLE report RENAME TO former", VIEW],
        ["CREATE VIEW more AS SELECT writefile('x', 'y')"],
        ["CREATE INDEX more ON report (upper(title))"],
        ["CREATE TABLE more (a, b GENERATED ALWAYS AS (zeroblob(1000000000)))"],
        ["CREATE VIRTUAL TABLE more USING fts5(a)"],
        ["ALTER TABLE passage ADD COLUMN more"],
        ["DROP TABLE found"],
        ["DROP TABLE concept", "CREATE TABLE concept (kind, id DEFAULT (randomblob(9)))"],
    ],
)  # fmt: skip
def test_a_schema_that_is_not_ours_is_refused_at_opening(file: Path, statements: list[str]) -> None:
    use(file)
    craft(file, *statements)
    with pytest.raises(DamagedIndexError, match=FILE_NAME):
        Library(file)


def test_nothing_can_be_written_through_an_open_library(file: Path) -> None:
    with closing(Library(file)) as library, pytest.raises(DamagedIndexError):
        library._file.rows("DELETE FROM report")  # noqa: SLF001 no method of ours would


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE section SET above = -1",
        "UPDATE section SET above = 9 WHERE above = 0",
        "UPDATE section SET above = 'x'",
        "UPDATE section SET headings = '7'",
        "UPDATE section SET headings = replace(hex(zeroblob(50000)), '0', '[')",
        "UPDATE page SET blocks = x'ff'",
        "UPDATE page SET blocks = 'text'",
        "UPDATE page SET blocks = 7",
        "UPDATE page SET end = end + 1000000000",
        "UPDATE page SET start = -5",
        "UPDATE page SET start = end + 7, body_end = 'x'",
        "UPDATE report SET length = 4611686018427387904",
        "UPDATE report SET length = 'many'",
        "UPDATE passage SET length = -9",
        "UPDATE passage SET start = 1e300",
        "UPDATE chunk SET text = 'plain'",
        "UPDATE chunk SET text = zeroblob(100)",
        "DELETE FROM chunk",
        "DELETE FROM chunk WHERE key % 16777216 = 0",
        "UPDATE report SET authors = '{'",
        "UPDATE concept SET facts = '7'",
    ],
)
def test_a_value_that_points_astray_is_damage_and_is_found_quickly(
    file: Path, statement: str
) -> None:
    craft(file, statement)
    begin = time.process_time()
    with pytest.raises(DamagedIndexError):
        use(file)
    assert time.process_time() - begin < 10


def test_a_text_that_grows_when_it_is_opened_is_damage(file: Path) -> None:
    craft(file, "UPDATE chunk SET text = ?", values=(zlib.compress(bytes(50_000_000)),))
    with pytest.raises(DamagedIndexError):
        use(file)


def test_a_row_that_claims_more_than_any_can_take_is_not_read(file: Path) -> None:
    with closing(Library(file)) as library, pytest.raises(DamagedIndexError):
        library._file.rows(f"SELECT zeroblob({MOST_BYTES + 1})")  # noqa: SLF001 crafted


def test_texts_that_are_not_as_long_as_they_should_be_are_found_by_the_check(file: Path) -> None:
    craft(file, "UPDATE report SET length = length + 1 WHERE key = 1")
    with closing(Library(file)) as library, pytest.raises(DamagedIndexError):
        library.check()


def test_a_library_whose_reports_left_is_written_without_gaps(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    draw = random.Random(3)  # noqa: S311 not a secret
    texts = [" ".join(str(draw.random()) for _ in range(1500)) for _ in range(30)]
    reports = [Small(n, (text, "care"), title="Care") for n, text in enumerate(texts, 1)]
    with library_writer(path) as writer:
        keys = [writer.add(report.entry()) for report in reports]
    before = path.stat().st_size
    with library_writer(path) as writer:
        for report in reports[:-1]:
            writer.remove(report.id)
    assert path.stat().st_size < before // 2
    assert list(tmp_path.iterdir()) == [path]
    with closing(Library(path)) as library:
        library.check()
        (last,) = library.reports()
        assert library.text(last.id, Span(0, 10**9)) == texts[-1] + "care"
        found = library.passages(key for of in keys for key in of.passages)
        assert tuple(found) == keys[-1].passages
        assert library.passages_by_key() == {keys[-1].report: 2}
    with library_writer(path) as writer:
        again = writer.add(reports[0].entry())
    assert again.report > keys[-1].report
    assert again.passages > keys[-1].passages


def test_headings_that_stand_under_one_another_without_end_are_refused() -> None:
    deep = [(1, min(n, 1), '["a"]', 1, "other", 1, n, n + 1, None) for n in range(2 * MOST_DEEP)]
    assert len(list(sections_of(deep[:MOST_DEEP]))) == MOST_DEEP
    with pytest.raises(ValueError, match="headings"):
        list(sections_of(deep))
