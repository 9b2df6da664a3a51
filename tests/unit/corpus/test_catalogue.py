"""Extending the catalogue leaves what the librarian wrote as it is."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.corpus.catalogue import COLUMNS, extend_catalogue, read_catalogue
from searcher.errors import CatalogueError
from searcher.vocabulary import Vocabularies

ids = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=8)
files = st.sampled_from(["", "a.pdf", 'b, "quoted".pdf', "é\n.txt"])


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@given(
    st.permutations([*COLUMNS, "shelf"]),
    st.lists(st.tuples(ids, files), max_size=5),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["utf-8", "utf-8-sig"]),
)
def test_rows_are_added_under_the_columns_that_the_file_has(
    tmp_path_factory: pytest.TempPathFactory, columns: list[str], reports: list[tuple[str, str]],
    end: str, encoding: str,
) -> None:  # fmt: skip
    path = tmp_path_factory.mktemp("c") / "catalogue.csv"
    cells = {"id": "first", "file": "first.pdf", "shelf": "B 2", "year": "2017"}
    text = end.join([",".join(columns), ",".join(cells.get(name, "") for name in columns)])
    data = text.encode(encoding)
    path.write_bytes(data)
    added = extend_catalogue(path, reports)
    now = path.read_bytes()
    assert now.startswith(data)
    first, *others = rows_of(now)
    assert first == {name: cells.get(name, "") for name in columns}
    assert len(others) == added
    assert all(set(row) - {"id", "file"} <= {n for n in row if not row[n]} for row in others)
    assert {(row["id"], row["file"]) for row in others} <= set(reports)
    assert len(read_catalogue(path, Vocabularies()).rows) == 1 + added
    assert extend_catalogue(path, reports) == 0


def test_a_new_catalogue_has_every_column(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.csv"
    assert extend_catalogue(path, [("a", "a.pdf"), ("r/1", ""), ("r2", "")]) == 3
    assert path.read_bytes().splitlines()[0].decode() == ",".join(COLUMNS)
    assert [row.id for row in read_catalogue(path, Vocabularies()).rows] == ["a", "r/1", "r2"]
    assert list(tmp_path.iterdir()) == [path]


def test_a_catalogue_that_is_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "catalogue.csv").mkdir()
    with pytest.raises(CatalogueError, match="cannot be read"):
        extend_catalogue(tmp_path / "catalogue.csv", [("a", "a.pdf")])
    with pytest.raises(CatalogueError, match="cannot be read"):
        read_catalogue(tmp_path / "catalogue.csv", Vocabularies())


def test_a_linked_catalogue_stays_a_link_with_the_rights_it_had(tmp_path: Path) -> None:
    path, link = tmp_path / "real.csv", tmp_path / "catalogue.csv"
    path.write_text(",".join(COLUMNS) + "\n")
    path.chmod(0o640)
    link.symlink_to(path)
    assert extend_catalogue(link, [("a", "a.pdf")]) == 1
    assert link.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o640
    assert "a,a.pdf" in path.read_text()


@pytest.mark.parametrize("name", ["a@b", "a#b", "-x", "a\x1bb", "a\u202eb"])
def test_an_id_that_cannot_be_typed_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "catalogue.csv"
    path.write_text(f"{','.join(COLUMNS)}\n{name}{',' * (len(COLUMNS) - 1)}\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match="cannot be an id"):
        read_catalogue(path, Vocabularies())
    path.unlink()
    assert extend_catalogue(path, [(name, "")]) == 0
    assert not path.exists()
