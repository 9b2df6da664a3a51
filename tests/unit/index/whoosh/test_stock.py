"""Whoosh itself opens our index and finds what is in it, with its own queries and scoring."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh import query as wq
from whoosh import scoring

from searcher.index.whoosh.fields import LENGTHS
from searcher.index.whoosh.stock import stock_searcher
from tests.contract.small_index import Small
from tests.unit.index.whoosh.twins import build, written_by_whoosh

if TYPE_CHECKING:
    from pathlib import Path

WORDS = ("pause", "care", "families", "family", "the", "of", "édge", "10,000", "caring")
texts = st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join)
shapes: st.SearchStrategy[dict[str, Any]] = st.builds(
    dict,
    bodies=st.lists(texts, min_size=1, max_size=3).map(tuple),
    title=texts,
    about=texts,
    heading=texts,
    projects=st.sampled_from([(), ("p1",), ("p1", "p2")]),
    publisher=st.sampled_from([None, "Alder", "Birch, Ltd"]),
    year=st.none() | st.integers(2015, 2018),
)
corpora = st.lists(shapes, min_size=1, max_size=6).map(
    lambda found: tuple(Small(key, **shape) for key, shape in enumerate(found, start=1))
)
few_examples = settings(
    max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)

names = st.sampled_from(["title", "about", "heading", "body"])
terms = st.sampled_from(["=pause", "care", "famili", "=family", "=the", "=of", "=edge", "10000"])
leaves = st.one_of(
    st.builds(wq.Term, names, terms),
    st.builds(wq.Prefix, names, st.sampled_from(["=fa", "=ca", "f", "="])),
    st.builds(wq.FuzzyTerm, names, st.sampled_from(["=pausa", "=cara", "famile"])),
    st.builds(
        wq.Phrase,
        names,
        st.lists(st.sampled_from(["=care", "=family", "=of", "=pause"]), min_size=2, max_size=3),
        slop=st.integers(1, 2),
    ),
    st.builds(wq.Term, st.just("project"), st.sampled_from(["p1", "p2", "p3"])),
    st.builds(wq.Term, st.just("report"), st.sampled_from(["r1", "r2"])),
    st.builds(wq.Term, st.just("publisher"), st.just("birch ltd")),
    st.builds(wq.NumericRange, st.just("year"), st.none() | st.just(2016), st.just(2017)),
    st.builds(wq.NumericRange, st.just("page"), st.just(2), st.none()),
    st.builds(wq.Every),
)  # fmt: skip
positive = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(wq.And, st.lists(inner, min_size=2, max_size=3)),
        st.builds(wq.Or, st.lists(inner, min_size=2, max_size=3)),
    ),
    max_leaves=5,
)
queries = st.one_of(positive, st.builds(wq.AndNot, positive, positive))
"""Not one exclusion inside another: there Whoosh reads past the end of its own postings."""


FACTS = (
    "weight", "doc_frequency", "max_weight", "min_id", "max_id", "min_length", "max_length",
)  # fmt: skip


def found(searcher: Any, query: wq.Query) -> dict[int, float]:  # noqa: ANN401 whoosh has no types
    """Return the keys of the passages that Whoosh finds, with its scores."""
    if not searcher.doc_count():
        return {}
    keys = searcher.reader().column_reader("key")
    hits = searcher.search(query, limit=None)
    return {int(keys[hits.docnum(n)]): hits.score(n) for n in range(hits.scored_length())}


@few_examples
@given(corpora, st.lists(queries, min_size=1, max_size=8), st.integers(1, 2))
def test_whoosh_finds_over_our_segments_what_it_finds_over_its_own(
    tmp_path_factory: pytest.TempPathFactory,
    reports: tuple[Small, ...],
    asked: list[wq.Query],
    segments: int,
) -> None:
    folder = tmp_path_factory.mktemp("index")
    for turn in range(segments):
        build(folder, reports[turn::segments])
    theirs = written_by_whoosh(reports, segments=segments).searcher(weighting=scoring.BM25F())
    ours = stock_searcher(folder)
    ours.weighting = scoring.BM25F()
    for query in asked:
        assert found(ours, query) == pytest.approx(found(theirs, query), rel=1e-9, abs=1e-9)
    ours.close()


@few_examples
@given(corpora, st.data())
def test_whoosh_does_not_find_what_was_removed(
    tmp_path_factory: pytest.TempPathFactory, reports: tuple[Small, ...], data: st.DataObject
) -> None:
    gone = data.draw(st.lists(st.sampled_from(reports), unique=True))
    folder = tmp_path_factory.mktemp("index")
    build(folder, reports)
    build(folder, [], removed=gone)
    keys = {key for one in reports if one not in gone for key in one.keys().passages}
    searcher = stock_searcher(folder)
    assert searcher.doc_count() == len(keys)
    assert found(searcher, wq.Every()).keys() == keys
    assert found(searcher, wq.Prefix("body", "=")).keys() <= keys
    searcher.close()


def test_whoosh_knows_of_each_term_what_it_would_know_of_its_own(tmp_path: Path) -> None:
    reports = [Small(1, ("care care pause", "care"), title="care", year=2016), Small(2, ("of",))]
    build(tmp_path / "index", reports)
    ours = stock_searcher(tmp_path / "index").reader()
    theirs = written_by_whoosh(reports, segments=1).reader()
    assert list(ours.all_terms()) == list(theirs.all_terms())
    for name, text in theirs.all_terms():
        mine, own = ours.term_info(name, text), theirs.term_info(name, text)
        for fact in FACTS:
            assert getattr(mine, fact)() == getattr(own, fact)(), (name, text, fact)
        assert ours.frequency(name, text) == theirs.frequency(name, text)
    for name in ("title", "body"):
        assert ours.field_length(name) == theirs.field_length(name)
        assert ours.max_field_length(name) == theirs.max_field_length(name)
    ours.close()


def test_a_posting_goes_over_into_another_index_of_whooshs_whole(tmp_path: Path) -> None:
    report = Small(1, ("care of the care", "pause"), title="care", projects=("p1",))
    build(tmp_path / "index", [report])
    ours = stock_searcher(tmp_path / "index").reader()
    theirs = written_by_whoosh([report], segments=1).reader()
    assert [(*p[:4], p[4] or b"") for p in theirs.iter_postings()] == list(ours.iter_postings())
    ours.close()


def test_the_lengths_that_are_kept_are_whooshs() -> None:
    from whoosh.util.numeric import byte_to_length

    assert list(LENGTHS) == [byte_to_length(code) for code in range(256)]


OPEN = """
import sys
from whoosh import index, query
searcher = index.open_dir(sys.argv[1]).searcher()
print(searcher.doc_count(), len(searcher.search(query.Term("body", "care"))))
"""


def test_whooshs_own_code_opens_the_folder(tmp_path: Path) -> None:
    build(tmp_path / "index", [Small(1, ("care", "pause"))])
    command = [sys.executable, "-c", OPEN, str(tmp_path / "index")]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.split() == ["2", "1"]
