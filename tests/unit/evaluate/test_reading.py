from __future__ import annotations

from pathlib import Path

import pytest

from searcher.errors import InputError
from searcher.evaluate.judgements import read_judged, read_qrels, read_queries
from searcher.evaluate.known_items import KnownItem, read_known_items

ITEM = '{"query": "w", "kind": "k", "relevant": [{"file": "a.pdf", "page": 3}]}'


def written(folder: Path, text: str | bytes, name: str = "file") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_queries_are_read_in_order_with_numbers_as_ids(tmp_path: Path) -> None:
    text = '\ufeff{"id": 2, "text": "b"}\r\n\n{"id": "1", "text": "a", "more": 1}\n'
    assert list(read_queries(written(tmp_path, text)).items()) == [("2", "b"), ("1", "a")]


def test_judgements_are_read_by_query_and_document(tmp_path: Path) -> None:
    path = written(tmp_path, "1\ta\t1\n1\tb\t-1\r\n2\ta\t3\n2\ta\t3\n")
    assert read_qrels(path) == {"1": {"a": 1, "b": -1}, "2": {"a": 3}}


def test_known_items_name_files_and_perhaps_pages(tmp_path: Path) -> None:
    text = (
        '{"query": "w x", "kind": "quote", "basis": "b",'
        ' "relevant": [{"file": "./a.pdf", "page": 3}, {"file": "b.html", "page": null}]}'
    )
    (item,) = read_known_items(written(tmp_path, text))
    pages = frozenset({("a.pdf", 3)})
    assert item == KnownItem("w x", "quote", frozenset({"a.pdf", "b.html"}), pages)


@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        ("", "file", "is empty"),
        (" \n\n", "file", "is empty"),
        (b"\xff\xfe", "file", "is not UTF-8"),
        ('{"id": "1", "text": "a"}\n{"id": ', "line 2", "is not JSON"),
        ("[" * 100_000, "line 1", "is not JSON"),
        ('\n["1"]', "line 2", "is not a JSON object"),
        ('{"text": "a"}', "line 1", "'id' is missing"),
        ('{"id": "1"}', "line 1", "'text' is missing"),
        ('{"id": "1", "text": 7}', "line 1", "'text' is not text"),
        ('{"id": true, "text": "a"}', "line 1", "'id' is not text"),
        ('{"id": "1", "text": "a"}\n{"id": "1", "text": "b"}', "line 2", "is there already"),
    ],
)
def test_a_mistake_in_the_queries_is_named_with_its_line(
    tmp_path: Path, text: str | bytes, place: str, problem: str
) -> None:
    with pytest.raises(InputError) as refused:
        read_queries(written(tmp_path, text))
    assert place in refused.value.message
    assert problem in refused.value.message


@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        ("", "file", "is empty"),
        ("1\ta\t1\n1 b 1", "line 2", "has 1 columns, not 3"),
        ("1\t0\ta\t1", "line 1", "has 4 columns, not 3"),
        ("1\t\t1", "line 1", "has an empty cell"),
        ("query\tdocument\trelevance", "line 1", "'relevance' is not a number"),
        ("1\ta\tnan", "line 1", "'nan' is not a number"),
        ("1\ta\t1\n1\ta\t0", "line 2", "was judged 1"),
    ],
)
def test_a_mistake_in_the_judgements_is_named_with_its_line(
    tmp_path: Path, text: str, place: str, problem: str
) -> None:
    with pytest.raises(InputError) as refused:
        read_qrels(written(tmp_path, text))
    assert place in refused.value.message
    assert problem in refused.value.message


@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        (f"{ITEM}\nnull", "line 2", "is not a JSON object"),
        ('{"kind": "k", "relevant": [{"file": "a"}]}', "line 1", "'query' is missing"),
        ('{"query": "w", "relevant": [{"file": "a"}]}', "line 1", "'kind' is missing"),
        ('{"query": "w", "kind": "k"}', "line 1", "'relevant' is missing"),
        ('{"query": "w", "kind": "k", "relevant": []}', "line 1", "names no file"),
        ('{"query": "w", "kind": "k", "relevant": ["a"]}', "line 1", "without 'file'"),
        (ITEM.replace("3", "0"), "line 1", "is not a sheet"),
        (ITEM.replace("3", '"3"'), "line 1", "is not a sheet"),
        (ITEM.replace("3", "true"), "line 1", "is not a sheet"),
    ],
)
def test_a_mistake_in_the_known_items_is_named_with_its_line(
    tmp_path: Path, text: str, place: str, problem: str
) -> None:
    with pytest.raises(InputError) as refused:
        read_known_items(written(tmp_path, text))
    assert place in refused.value.message
    assert problem in refused.value.message


def test_queries_without_judgements_are_told_to_bring_them(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        read_known_items(written(tmp_path, '{"id": "1", "text": "a"}'))
    assert "--qrels" in refused.value.hint


def test_a_file_that_is_not_there_is_our_users_mistake(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="none: No such file"):
        read_queries(tmp_path / "none")
    with pytest.raises(InputError):
        read_qrels(tmp_path)


def test_judgements_of_queries_that_are_not_there_are_counted(tmp_path: Path) -> None:
    queries = written(tmp_path, '{"id": "1", "text": "a"}', "queries.jsonl")
    qrels = written(tmp_path, "1\ta\t1\n7\ta\t1\n7\tb\t1\n9\tb\t1\n", "qrels.tsv")
    judged = read_judged(queries, qrels)
    assert [(query.id, query.judged) for query in judged.queries] == [("1", {"a": 1})]
    assert judged.notes == ("3 judgements name queries that queries.jsonl does not hold: 7, 9",)


def test_judgements_of_nothing_that_was_asked_are_refused(tmp_path: Path) -> None:
    queries = written(tmp_path, '{"id": "1", "text": "a"}', "queries.jsonl")
    qrels = written(tmp_path, "7\ta\t1\n", "qrels.tsv")
    with pytest.raises(InputError, match=r"judges no query of queries\.jsonl"):
        read_judged(queries, qrels)
