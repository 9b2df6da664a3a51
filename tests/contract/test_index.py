"""The contract of an index, held by every backend that is registered."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from searcher import plugins
from searcher.document import Span
from searcher.errors import DamagedIndexError, UnknownNameError
from searcher.index.backend import GROUP, MEMORY_MB, Backend, Index, Ranked, backend
from searcher.query.tree import And, Not, Or, Phrase, Prefix, Query, Range, Value, Word
from searcher.results.report import passage_id
from tests.contract.small_index import ROUNDED, Slow, Small, link_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

WORDS = ("pause", "care", "families", "family", "family's", "caring", "the", "of", "édge", "10,000")
EVERY = 10_000
few_examples = settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)

texts = st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join)
shapes: st.SearchStrategy[dict[str, Any]] = st.builds(
    dict,
    bodies=st.lists(texts, min_size=1, max_size=3).map(tuple),
    title=texts,
    about=texts,
    heading=texts,
    projects=st.sampled_from([(), ("p1",), ("p2",), ("p1", "p2")]),
    publisher=st.sampled_from([None, "Alder", "Birch, Ltd"]),
    year=st.none() | st.integers(2015, 2018),
)
corpora = st.lists(shapes, max_size=5).map(
    lambda found: tuple(Small(key, **shape) for key, shape in enumerate(found, start=1))
)
fields = st.none() | st.sampled_from(["title", "heading", "body"])
ends = st.tuples(st.none() | st.integers(2014, 2017), st.none() | st.integers(2016, 2019))
phrases = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
clauses = st.one_of(
    st.builds(Word, st.sampled_from(WORDS), fields),
    st.builds(Prefix, st.sampled_from(["fa", "famil", "ca", "pause", "zz"]), fields),
    st.builds(Phrase, phrases, fields),
    st.builds(Value, st.just("project"), st.sampled_from(["p1", "p2", "p3"])),
    st.builds(Value, st.just("report"), st.sampled_from(["r1", "r2", "r9"])),
    st.builds(Value, st.just("publisher"), st.sampled_from(["Alder", "Birch, Ltd", "Cedar"])),
    st.builds(lambda two: Range("year", *two), ends),
    st.builds(Range, st.just("page"), st.integers(0, 3), st.none() | st.integers(1, 3)),
)  # fmt: skip
queries: st.SearchStrategy[Query] = st.recursive(
    clauses,
    lambda inner: st.one_of(
        st.builds(And, st.lists(inner, min_size=2, max_size=3).map(tuple), st.booleans()),
        st.builds(Or, st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(Not, inner),
    ),
    max_leaves=6,
)


@pytest.fixture(params=plugins.names(GROUP))
def kind(request: pytest.FixtureRequest) -> str:
    """Return the name of each backend in turn."""
    return str(request.param)


class Bench:
    """Makes indexes of one backend below one folder."""

    def __init__(self, kind: str, folder: Path) -> None:
        self.kind = kind
        self.backend: Backend = backend(kind)
        self._folder = folder
        self._numbers = count()

    def folder(self) -> Path:
        return self._folder / str(next(self._numbers))

    def build(
        self,
        folder: Path,
        added: Iterable[Small],
        removed: Iterable[Small] = (),
        *,
        memory_mb: int = MEMORY_MB,
    ) -> None:
        with self.backend.writer(folder, memory_mb=memory_mb) as writer:
            for report in removed:
                writer.remove(report.id)
            for report in added:
                writer.add(report.entry(), report.keys())

    @contextmanager
    def index(self, *reports: Small) -> Iterator[Index]:
        folder = self.folder()
        self.build(folder, reports)
        with self.opened(folder) as index:
            yield index

    @contextmanager
    def opened(self, folder: Path) -> Iterator[Index]:
        index = self.backend.open(folder)
        try:
            yield index
        finally:
            index.close()


@pytest.fixture
def bench(kind: str, tmp_path: Path) -> Bench:
    """Return where indexes of the backend are made."""
    return Bench(kind, tmp_path)


def scores(index: Index, query: Query) -> dict[int, float]:
    """Return every passage that matches with its score."""
    return {hit.passage: hit.score for hit in index.search(query).best(EVERY)}


def agree(found: Mapping[int, float], wanted: Mapping[int, float]) -> None:
    """Assert that two answers are one, scores as they are rounded."""
    assert found == pytest.approx(wanted, rel=1e-9, abs=2e-9)


def in_order(hit: Ranked) -> tuple[float, str]:
    """Return what an answer is sorted by."""
    return -hit.score, passage_id(hit.report_id, hit.page, hit.span)


def body(*texts: str) -> Small:
    return Small(1, texts)


def hits(bench: Bench, query: Query, *bodies: str) -> list[int]:
    """Return which of the passages ``bodies`` of one report match, from 0."""
    with bench.index(body(*bodies)) as index:
        return sorted(key - 100 for key in scores(index, query))


@few_examples
@given(corpora, st.lists(queries, min_size=1, max_size=8))
def test_matches_and_scores_are_what_the_formulas_say(
    bench: Bench, reports: tuple[Small, ...], asked: list[Query]
) -> None:
    with bench.index(*reports) as index:
        for query in asked:
            slow = Slow(reports, ROUNDED.get(bench.kind, int))
            wanted = slow.ranked(query) if reports else {}
            agree(scores(index, query), wanted)
            assert index.search(query).counts() == Counter(key // 100 for key in wanted)


@few_examples
@given(corpora, queries, st.integers(0, 6), st.integers(0, 3))
def test_the_best_are_the_first_of_all(
    bench: Bench, reports: tuple[Small, ...], query: Query, number: int, per_report: int
) -> None:
    with bench.index(*reports) as index:
        ranked = index.search(query).best(EVERY)
        assert ranked == sorted(
            ranked, key=lambda hit: (-hit.score, passage_id(hit.report_id, hit.page, hit.span))
        )
        held: Counter[int] = Counter()
        admitted = []
        for hit in ranked:
            held[hit.report] += 1
            if not per_report or held[hit.report] <= per_report:
                admitted.append(hit)
        assert index.search(query).best(number, per_report) == admitted[:number]


def test_a_hit_tells_what_it_is_called_and_where_it_stands(bench: Bench) -> None:
    report = Small(7, ("one", "two care"), title="A title")
    with bench.index(report) as index:
        (hit,) = index.search(Word("care")).best(10)
    assert (hit.passage, hit.report) == (701, 7)
    assert (hit.report_id, hit.title, hit.file) == ("r7", "A title", "r7")
    assert (hit.page, hit.page_last, hit.span) == (2, 2, Span(3, 11))


@few_examples
@given(corpora, st.data())
def test_what_was_added_and_removed_was_never_there(
    bench: Bench, reports: tuple[Small, ...], data: st.DataObject
) -> None:
    kept = data.draw(st.lists(st.sampled_from(reports), unique=True)) if reports else []
    gone = [report for report in reports if report not in kept]
    late = [Small(report.key + 50, report.bodies, report.title) for report in reports[:2]]
    first, second, fresh = bench.folder(), bench.folder(), bench.folder()
    bench.build(first, reports)
    untouched = {path.name: path.read_bytes() for path in first.iterdir()}
    link_all(first, second)
    bench.build(second, late, removed=gone)
    bench.build(fresh, [*kept, *late])
    with bench.opened(second) as grown, bench.opened(fresh) as new:
        for query in data.draw(st.lists(queries, min_size=1, max_size=6)):
            agree(scores(grown, query), scores(new, query))
        assert list(grown.words("")) == list(new.words(""))
    assert {path.name: path.read_bytes() for path in first.iterdir()} == untouched


def test_many_builds_on_one_another_answer_as_one(bench: Bench) -> None:
    reports = [
        Small(key, (f"care {'families ' * key}", "pause"), year=2000) for key in range(1, 14)
    ]
    folder = bench.folder()
    for report in reports:
        following = bench.folder()
        if folder.exists():
            link_all(folder, following)
        bench.build(following, [report, *reports[:1]], removed=reports[:1])
        folder = following
    with bench.opened(folder) as grown, bench.index(*reports) as new:
        for query in (Word("family"), Phrase("families families"), Range("year", 2000, None)):
            agree(scores(grown, query), scores(new, query))


def test_a_build_in_little_memory_answers_as_any(bench: Bench) -> None:
    reports = [Small(key, ("care of families " * key, "pause")) for key in range(1, 9)]
    folder = bench.folder()
    bench.build(folder, reports, memory_mb=0)
    with bench.opened(folder) as small, bench.index(*reports) as large:
        for query in (Word("family"), Phrase("families care"), Prefix("pau")):
            assert scores(small, query) == scores(large, query)


def test_values_and_years_restrict_and_never_score(bench: Bench) -> None:
    reports = [
        Small(1, ("care",), projects=("p1",), publisher="Alder", year=2016),
        Small(2, ("care",), projects=("p2",), publisher="Birch", year=2017),
    ]
    filters: list[Query] = [
        Value("project", "p1"), Value("publisher", "Alder"), Value("report", "r1"),
        Range("year", 2016, 2016), Range("year", None, 2016),
    ]  # fmt: skip
    with bench.index(*reports) as index:
        plain = scores(index, Word("care"))
        for clause in filters:
            assert scores(index, clause) == {100: 0.0}
            assert scores(index, And((Word("care"), clause))) == {100: plain[100]}


def test_a_value_that_is_in_no_encoding_is_found_all_the_same(bench: Bench) -> None:
    odd = Small(1, ("care",), projects=("p\udcff",))
    with bench.index(odd, Small(2, ("care",))) as index:
        assert scores(index, Value("project", "p\udcff")) == {100: 0.0}
        assert not scores(index, Value("project", "p\udcfe"))


def test_a_year_beyond_all_numbers_matches_nothing(bench: Bench) -> None:
    with bench.index(Small(1, ("care",), year=2017)) as index:
        assert not scores(index, Range("year", 10**12, None))
        assert scores(index, Range("year", -(10**12), 10**12)) == {100: 0.0}


def test_a_word_matches_its_inflections_and_a_phrase_only_itself(bench: Bench) -> None:
    bodies = ("social workers", "social worker", "workers social", "social and workers")
    assert hits(bench, And((Word("social"), Word("worker"))), *bodies) == [0, 1, 2, 3]
    assert hits(bench, Phrase("social workers"), *bodies) == [0]
    assert hits(bench, Phrase("Social, WORKERS!"), *bodies) == [0]


def test_a_phrase_runs_across_stop_words_and_holds_each(bench: Bench) -> None:
    bodies = ("edge of care", "edge care", "edge to care", "on the edge of care at home")
    assert hits(bench, Phrase("edge of care"), *bodies) == [0, 3]
    assert hits(bench, Phrase("of"), *bodies) == [0, 3]
    assert hits(bench, Word("of"), *bodies) == []


def test_a_phrase_of_one_word_twice_needs_it_twice(bench: Bench) -> None:
    assert hits(bench, Phrase("had had"), "had had", "had", "had not had", "x had had had") == [
        0,
        3,
    ]


def test_a_prefix_finds_every_word_that_begins_so(bench: Bench) -> None:
    bodies = ("safeguarding", "safeguards", "safe guard", "Safeguard's", "unsafeguarded")
    assert hits(bench, Prefix("safeguard"), *bodies) == [0, 1, 3]
    assert hits(bench, Prefix("safeguard", "title"), *bodies) == []


def test_not_is_all_the_others(bench: Bench) -> None:
    bodies = ("care", "pause", "care pause", "")
    assert hits(bench, Not(Word("care")), *bodies) == [1, 3]
    assert hits(bench, And((Word("pause"), Not(Word("care")))), *bodies) == [1]
    assert hits(bench, Not(Not(Word("care"))), *bodies) == [0, 2]


def test_a_word_that_stands_twice_in_a_query_counts_twice(bench: Bench) -> None:
    with bench.index(body("care and pause", "pause")) as index:
        once = scores(index, Word("care"))
        for query in (And((Word("care"),) * 2), Or((Word("care"),) * 2), Phrase("care care")):
            for key, score in scores(index, query).items():
                assert score == pytest.approx(2 * once[key])


def test_the_evidence_of_a_report_grows_by_words_on_its_other_pages(bench: Bench) -> None:
    reports = [Small(1, ("care", "pause")), Small(2, ("care", "care")), Small(3, ("other", ""))]
    with bench.index(*reports) as index:
        found = scores(index, Or((And((Word("care"), Word("pause"))), Word("care"))))
        assert found[100] > found[200] == found[201]
        excluded = scores(index, And((Word("care"), Not(Word("pause")))))
        assert excluded[100] < found[100]


def test_an_empty_index_answers_with_nothing(bench: Bench) -> None:
    with bench.index() as index:
        for query in (Word("care"), Not(Word("care")), Range("year", None, 2020), Prefix("ca")):
            assert index.search(query).best(10) == []
            assert index.search(query).counts() == {}
        assert list(index.words("")) == []


def test_a_report_without_passages_is_not_found(bench: Bench) -> None:
    with bench.index(Small(1, (), title="care"), body("pause")) as index:
        assert not scores(index, Word("care"))


def test_words_are_the_exact_forms_in_order(bench: Bench) -> None:
    report = Small(1, ("Caring families", "cared"), title="Café", about="the care", heading="CAR")
    with bench.index(report) as index:
        assert list(index.words("ca")) == ["cafe", "car", "care", "cared", "caring"]
        assert list(index.words("care")) == ["care", "cared"]
        assert list(index.words("zz")) == []


def test_a_build_that_breaks_off_leaves_the_index_as_it_was(bench: Bench) -> None:
    folder = bench.folder()
    bench.build(folder, [body("care")])
    with pytest.raises(KeyboardInterrupt):
        break_off(bench.backend, folder)
    with bench.opened(folder) as index:
        assert list(scores(index, Word("care"))) == [100]


def break_off(backend: Backend, folder: Path) -> None:
    with backend.writer(folder) as writer:
        writer.remove("r1")
        raise KeyboardInterrupt


def test_what_is_no_index_is_damaged(bench: Bench) -> None:
    with pytest.raises(DamagedIndexError):
        bench.backend.open(bench.folder())


def test_an_unknown_backend_is_a_name_that_is_not_known() -> None:
    with pytest.raises(UnknownNameError):
        backend("papyrus")
