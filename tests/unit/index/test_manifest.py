from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.errors import DamagedIndexError, IndexVersionError, NoIndexError
from searcher.index.checksums import Checksum
from searcher.index.manifest import FILE_NAME, FORMAT_VERSION, Manifest, read_manifest
from searcher.index.manifest import write_manifest as write

if TYPE_CHECKING:
    from pathlib import Path

COUNTS = ("reports", "pages", "pages_without_text", "passages", "words", "quarantined")

manifests = st.builds(
    Manifest,
    format_version=st.just(FORMAT_VERSION),
    roots=st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"]))).map(tuple),
    configuration=st.dictionaries(st.sampled_from(["index", "readers"]), st.just("1")).map(
        lambda table: tuple(sorted(table.items()))
    ),
    generation=st.just("g1"),
    fingerprint=st.just("f"),
    built=st.just("2026-01-01T00:00:00Z"),
    searcher=st.just("0"),
    backend=st.just("whoosh"),
    files=st.builds(
        Checksum,
        name=st.sampled_from(["library.db", "sources.jsonl"]),
        size_bytes=st.integers(0),
        crc32=st.integers(0),
    ).map(lambda file: (file,)),
    **{name: st.integers(0) for name in COUNTS},
)


@pytest.fixture
def table() -> dict[str, object]:
    """Return the JSON of a good manifest."""
    counts = dict.fromkeys(COUNTS, 0)
    names = dict.fromkeys(["generation", "fingerprint", "built", "searcher", "backend"], "x")
    return {
        "format_version": FORMAT_VERSION,
        "roots": [],
        "configuration": {},
        "files": {},
        **counts,
        **names,
    }


@given(manifests)
def test_a_manifest_is_read_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, manifest: Manifest
) -> None:
    folder = tmp_path_factory.mktemp("generation")
    write(manifest, folder)
    assert read_manifest(folder) == manifest


@pytest.mark.parametrize("version", [0, FORMAT_VERSION + 1, "2", None])
def test_another_version_is_told_whatever_else_it_holds(tmp_path: Path, version: object) -> None:
    text = json.dumps({"format_version": version, "something": "new"})
    (tmp_path / FILE_NAME).write_text(text)
    with pytest.raises(IndexVersionError, match="format version") as refused:
        read_manifest(tmp_path)
    assert "rebuild" in refused.value.hint


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b"7", b"{}", b"\xff", b"[" * 99_999]
)
def test_a_broken_manifest_is_damage(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    with pytest.raises(DamagedIndexError, match="manifest"):
        read_manifest(tmp_path)


@pytest.mark.parametrize("field", list(Manifest.__dataclass_fields__)[1:])
def test_a_manifest_that_lacks_a_field_is_damage(
    tmp_path: Path, table: dict[str, object], field: str
) -> None:
    (tmp_path / FILE_NAME).write_text(json.dumps(table))
    read_manifest(tmp_path)
    del table[field]
    (tmp_path / FILE_NAME).write_text(json.dumps(table))
    with pytest.raises(DamagedIndexError):
        read_manifest(tmp_path)


@pytest.mark.parametrize("field", ["generation", "built", "backend", "reports", "files"])
@pytest.mark.parametrize("value", [None, [7], {"a": [{}]}])
def test_a_field_that_is_no_text_or_number_is_damage(
    tmp_path: Path, table: dict[str, object], field: str, value: object
) -> None:
    (tmp_path / FILE_NAME).write_text(json.dumps(table | {field: value}))
    with pytest.raises(DamagedIndexError):
        read_manifest(tmp_path)


def test_a_generation_without_manifest_is_damage_and_without_folder_is_none(tmp_path: Path) -> None:
    with pytest.raises(DamagedIndexError):
        read_manifest(tmp_path)
    with pytest.raises(NoIndexError):
        read_manifest(tmp_path / "gone")
