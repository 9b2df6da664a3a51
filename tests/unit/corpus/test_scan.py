from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.corpus.records import records
from searcher.corpus.scan import Scan, scan
from searcher.corpus.source import Source
from searcher.errors import NothingToReadError, Reason

RECORD = {"id": "r1", "text": "words"}


def put(path: Path, content: bytes = b"words") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def lines(*values: object) -> bytes:
    return b"".join(json.dumps(value).encode() + b"\n" for value in values)


def files(found: Scan) -> list[str]:
    return [source.file for source in found.sources]


def reasons(found: Scan) -> dict[str, Reason]:
    return {failure.file: failure.reason for failure in found.failures}


def test_reports_are_found_in_the_order_of_their_path_below_the_folder(tmp_path: Path) -> None:
    for name in ["b.PDF", "a/z.htm", "a.txt", "c/d/e.markdown"]:
        put(tmp_path / name)
    assert files(scan([tmp_path])) == ["a.txt", "a/z.htm", "b.PDF", "c/d/e.markdown"]


def test_what_is_left_out_is_counted_and_hidden_things_too(tmp_path: Path) -> None:
    for name in ["r.pdf", "catalogue.csv", "README.md", "sub/Readme.txt", "vocabulary/README.md"]:
        put(tmp_path / name)
    for name in [".git/a.pdf", ".hidden.pdf", "vocabulary/themes.md", "saved/a.pdf"]:
        put(tmp_path / name)
    found = scan([tmp_path], corpus=tmp_path)
    assert files(found) == ["r.pdf"]
    assert set(found.ignored) == {
        ".git/", ".hidden.pdf", "README.md", "catalogue.csv", "saved/", "saved/a.pdf",
        "sub/Readme.txt", "vocabulary/", "vocabulary/themes.md",
    }  # fmt: skip
    assert found.failures == ()


def test_only_the_corpus_folder_has_folders_without_reports(tmp_path: Path) -> None:
    for name in ["corpus/saved/a.pdf", "other/saved/b.pdf", "other/vocabulary/c.pdf"]:
        put(tmp_path / name)
    corpus = tmp_path / "corpus"
    found = scan([tmp_path / "other", corpus], corpus=corpus)
    assert files(found) == ["saved/b.pdf", "vocabulary/c.pdf"]
    assert files(scan([tmp_path], corpus=corpus)) == ["other/saved/b.pdf", "other/vocabulary/c.pdf"]


def test_a_readme_is_no_report_if_it_is_plain_text(tmp_path: Path) -> None:
    for name in ["Readme first - evaluation.pdf", "readme.html", "README", "ReadMe.MD"]:
        put(tmp_path / name)
    found = scan([tmp_path])
    assert files(found) == ["Readme first - evaluation.pdf", "readme.html"]
    assert found.ignored == ("README", "ReadMe.MD")


@pytest.mark.parametrize("place", ["index", "sub/index", "."])
def test_the_index_is_no_corpus(tmp_path: Path, place: str) -> None:
    index = tmp_path / place
    for name in ["generations/g/sources.jsonl", "extracted/ab/a.txt", "building/b.md"]:
        put(index / name)
    put(tmp_path / "reports/a.pdf")
    found = scan([tmp_path], index=index)
    assert files(found) == ["reports/a.pdf"]
    left = {"generations/", "extracted/", "building/"} if place == "." else {f"{place}/"}
    assert set(found.ignored) == left
    assert scan([index / "generations"], index=index).sources == ()


@given(st.permutations(["one", "two", "two/deep", "two/a.pdf", "one/a.pdf"]))
def test_the_order_of_the_paths_is_of_no_account(
    tmp_path_factory: pytest.TempPathFactory, order: list[str]
) -> None:
    top = tmp_path_factory.mktemp("order")
    for number, name in enumerate(["one/a.pdf", "two/a.pdf", "two/deep/b.pdf", "two/e.pdf"]):
        put(top / name, str(number // 2).encode())
    put(top / "two/bad.pdf", b"")
    found = scan([top / name for name in order])
    names = {source.path.relative_to(top).as_posix(): source.file for source in found.sources}
    assert names == {
        "one/a.pdf": "a.pdf", "two/a.pdf": "two/a.pdf", "two/deep/b.pdf": "deep/b.pdf",
        "two/e.pdf": "e.pdf",
    }  # fmt: skip
    assert found.lost_at == (top / "two/bad.pdf",)


def test_a_folder_named_vocabulary_further_down_holds_reports(tmp_path: Path) -> None:
    put(tmp_path / "reports/vocabulary/a.pdf")
    assert files(scan([tmp_path])) == ["reports/vocabulary/a.pdf"]


def test_a_source_knows_its_hash_size_and_type(tmp_path: Path) -> None:
    path = put(tmp_path / "a.html", b"<p>words")
    (source,) = scan([tmp_path]).sources
    assert source == Source(
        path.resolve(), "a.html", "text/html", hashlib.sha256(b"<p>words").hexdigest(), 8
    )


def test_files_of_equal_content_are_all_sources(tmp_path: Path) -> None:
    put(tmp_path / "a.pdf")
    put(tmp_path / "b.pdf")
    assert len({source.sha256 for source in scan([tmp_path]).sources}) == 1
    assert files(scan([tmp_path])) == ["a.pdf", "b.pdf"]


def test_a_file_reached_twice_is_one_source(tmp_path: Path) -> None:
    path = put(tmp_path / "sub/a.pdf")
    assert files(scan([tmp_path, path, path.parent])) == ["sub/a.pdf"]


def test_reports_of_one_name_in_two_folders_keep_apart(tmp_path: Path) -> None:
    put(tmp_path / "one/a.pdf", b"1")
    put(tmp_path / "two/a.pdf", b"2")
    assert files(scan([tmp_path / "one", tmp_path / "two"])) == ["a.pdf", "two/a.pdf"]


def test_links_are_followed_to_files_inside_the_folder_only(tmp_path: Path) -> None:
    outside = put(tmp_path / "outside/a.pdf")
    folder = tmp_path / "corpus"
    put(folder / ".store/x.pdf")
    put(folder / "z.pdf")
    (folder / "again.pdf").symlink_to(folder / "z.pdf")
    (folder / "stored.pdf").symlink_to(folder / ".store/x.pdf")
    (folder / "out.pdf").symlink_to(outside)
    (folder / "broken.pdf").symlink_to(folder / "gone.pdf")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "away").symlink_to(outside.parent, target_is_directory=True)
    found = scan([folder])
    assert files(found) == ["stored.pdf", "z.pdf"]
    assert reasons(found) == {"out.pdf": Reason.UNREADABLE, "broken.pdf": Reason.UNREADABLE}
    assert found.ignored == (".store/", "again.pdf", "away", "loop")


def test_an_empty_file_is_damaged_and_a_big_one_too_large(tmp_path: Path) -> None:
    put(tmp_path / "empty.pdf", b"")
    put(tmp_path / "big.pdf", b"x" * 11)
    put(tmp_path / "small.pdf", b"x" * 10)
    found = scan([tmp_path], max_size_bytes=10)
    assert files(found) == ["small.pdf"]
    assert reasons(found) == {"big.pdf": Reason.TOO_LARGE, "empty.pdf": Reason.DAMAGED}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_or_folder_that_may_not_be_read_is_a_failure(tmp_path: Path) -> None:
    put(tmp_path / "a.pdf").chmod(0)
    put(tmp_path / "sub/b.pdf").parent.chmod(0)
    try:
        found = scan([tmp_path])
    finally:
        (tmp_path / "sub").chmod(0o700)
    assert reasons(found) == {"a.pdf": Reason.UNREADABLE, "sub/": Reason.UNREADABLE}


def test_a_pipe_with_a_reports_name_does_not_hang_the_scan(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.pdf")
    assert scan([tmp_path]) == Scan((), (), ("a.pdf",))


def test_a_path_that_is_not_there_is_an_error_of_the_world(tmp_path: Path) -> None:
    with pytest.raises(NothingToReadError, match=r"gone"):
        scan([tmp_path / "gone"])


def test_a_name_in_no_encoding_is_made_fit_to_print(tmp_path: Path) -> None:
    put(Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.pdf")))
    (file,) = files(scan([tmp_path]))
    assert file == "caf\ufffd.pdf"


def test_progress_hears_of_every_file_once(tmp_path: Path) -> None:
    for name in ["a.pdf", "b.txt"]:
        put(tmp_path / name)
    heard: list[str] = []
    scan([tmp_path], on_progress=heard.append)
    assert heard == ["a.pdf", "b.txt"]


@given(st.lists(st.text(min_size=1), max_size=8), st.sampled_from([b"\n", b"\r\n", b"\n\n"]))
def test_every_record_is_the_bytes_of_its_line(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], line_end: bytes
) -> None:
    path = tmp_path_factory.mktemp("records") / "r.jsonl"
    wanted = [
        json.dumps({"id": f"r{number}", "text": text}).encode() for number, text in enumerate(texts)
    ]
    put(path, b"\xef\xbb\xbf" + line_end.join([b"", *wanted]))
    content = path.read_bytes()
    found = [source for source in records("r.jsonl", path) if isinstance(source, Source)]
    assert [source.record for source in found] == [f"r{number}" for number in range(len(texts))]
    for source, line in zip(found, wanted, strict=True):
        assert content[source.offset : source.offset + (source.length or 0)] == line
        assert source.sha256 == hashlib.sha256(line).hexdigest()


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b"[1]",
        b'{"id": 7, "text": "a"}',
        b'{"id": "a"}',
        b'{"id": " ", "text": ""}',
        b'{"id": "\\ud800", "text": ""}',
        b"\xff\xfe",
        b"[" * 200_000,
        b'{"id": "r1", "text": ' + b"1" * 5000 + b"}",
    ],
)
def test_a_line_that_is_no_record_is_a_failure_that_names_it(tmp_path: Path, line: bytes) -> None:
    put(tmp_path / "r.jsonl", lines(RECORD) + line + b"\n" + lines({"id": "r2", "text": ""}))
    found = scan([tmp_path])
    assert [source.record for source in found.sources] == ["r1", "r2"]
    assert reasons(found) == {"r.jsonl:2": Reason.DAMAGED}


def test_the_second_record_of_one_id_is_a_failure(tmp_path: Path) -> None:
    put(tmp_path / "r.jsonl", lines(RECORD, RECORD))
    (failure,) = scan([tmp_path]).failures
    assert failure.file == "r.jsonl:2"
    assert "line 1" in failure.detail


def test_a_line_over_the_limit_costs_only_itself(tmp_path: Path) -> None:
    long = {"id": "long", "text": "x" * 3_000_000}
    put(tmp_path / "r.jsonl", lines(RECORD, long, {"id": "r2", "text": "y"}))
    found = scan([tmp_path], max_size_bytes=100)
    assert [source.record for source in found.sources] == ["r1", "r2"]
    assert reasons(found) == {"r.jsonl:2": Reason.TOO_LARGE}


def test_a_file_of_blank_lines_is_a_failure(tmp_path: Path) -> None:
    put(tmp_path / "r.jsonl", b"\n \n")
    assert reasons(scan([tmp_path])) == {"r.jsonl": Reason.DAMAGED}


def test_failures_of_lines_come_in_the_order_of_the_lines(tmp_path: Path) -> None:
    put(tmp_path / "r.jsonl", b"{\n" * 11 + lines(RECORD) + b"{\n")
    numbers = [*range(1, 12), 13]
    assert list(reasons(scan([tmp_path]))) == [f"r.jsonl:{number}" for number in numbers]


def test_a_file_without_one_record_is_one_failure_that_says_what_it_lacks(tmp_path: Path) -> None:
    put(tmp_path / "r.jsonl", lines(*({"id": f"r{n}", "body": "words"} for n in range(40))))
    (failure,) = scan([tmp_path]).failures
    assert (failure.file, failure.reason) == ("r.jsonl", Reason.UNSUPPORTED)
    assert failure.detail == "holds no record {id, title, text}: line 1 has no string 'text'"
    assert failure.sha256 == hashlib.sha256((tmp_path / "r.jsonl").read_bytes()).hexdigest()


def test_a_line_too_long_to_look_into_may_be_a_record_and_is_named(tmp_path: Path) -> None:
    put(tmp_path / "r.jsonl", lines({"id": "long", "text": "x" * 300}) + b"{\n")
    found = scan([tmp_path], max_size_bytes=100)
    assert reasons(found) == {"r.jsonl:1": Reason.TOO_LARGE, "r.jsonl:2": Reason.DAMAGED}
