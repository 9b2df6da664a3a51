"""The kernel: both ways of evaluating a query answer alike, and skipping changes no answer."""

from __future__ import annotations

import random
from contextlib import contextmanager
from itertools import accumulate
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from searcher.index.whoosh import WhooshBackend, retrieve
from searcher.index.whoosh.kernel import searching
from searcher.index.whoosh.kernel.found import find
from searcher.index.whoosh.kernel.plan import plan
from searcher.index.whoosh.retrieve import WhooshIndex, WhooshMatches
from searcher.query.tree import And, Not, Or, Phrase, Prefix, Query, Range, Value, Word
from tests.contract.small_index import Small, link_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

EVERY = 100_000
STARTS, ENDS = ("care", "home", "pla", "fos", "risk", "wor"), ("", "s", "ter", "ing", "ed")
VOCABULARY = [start + end for start in STARTS for end in ENDS]
WEIGHTS = [1 / rank for rank in range(1, len(VOCABULARY) + 1)]


def text(rng: random.Random, most: int) -> str:
    words = rng.choices([*VOCABULARY, "the", "of"], [*WEIGHTS, 1.0, 0.7], k=rng.randint(0, most))
    return " ".join(words)


def report(rng: random.Random, key: int) -> Small:
    count = rng.choice([1, 2, 5, 40, 300, 600])
    return Small(
        key,
        tuple(text(rng, 30) for _ in range(min(count, 99 if key > 90 else count))),
        title=text(rng, 6),
        about=text(rng, 6),
        heading=text(rng, 4),
        projects=tuple(rng.sample(["p1", "p2", "p3"], rng.randint(0, 2))),
        year=rng.choice([None, 2015, 2016, 2017]),
    )


def query(rng: random.Random, depth: int = 2) -> Query:
    name = rng.choice([None, None, None, "title", "heading", "body"])
    word = rng.choices(VOCABULARY, WEIGHTS)[0]
    kinds = ["word"] * 4 + ["phrase", "prefix", "value", "year", "page"]
    if depth:
        kinds += ["and"] * 4 + ["or"] * 4 + ["not"]
    match rng.choice(kinds):
        case "word":
            return Word(word, name)
        case "phrase":
            pool = [*VOCABULARY[:8], "the"]
            return Phrase(" ".join(rng.choices(pool, k=rng.randint(1, 3))), name)
        case "prefix":
            return Prefix(word[: rng.randint(2, 5)], name)
        case "value":
            return Value("project", rng.choice(["p1", "p2", "p3", "p4"]))
        case "year":
            return Range("year", rng.choice([None, 2015, 2016]), rng.choice([None, 2016]))
        case "page":
            return Range("page", rng.choice([None, 3, 200]), rng.choice([None, 250]))
        case "and":
            return And(tuple(query(rng, depth - 1) for _ in range(rng.randint(2, 3))))
        case "or":
            return Or(tuple(query(rng, depth - 1) for _ in range(rng.randint(2, 4))))
        case _:
            return Not(query(rng, depth - 1))


def small_keys(reports: Sequence[Small]) -> list[Small]:
    """Return ``reports`` with keys far enough apart for the keys of their passages."""
    starts = accumulate((len(one.bodies) // 100 + 1 for one in reports), initial=1)
    return [
        Small(start, r.bodies, r.title, r.about, r.heading, r.projects, r.publisher, r.year)
        for start, r in zip(starts, reports, strict=False)
    ]


@contextmanager
def indexed(folder: Path, reports: Sequence[Small], gone: Sequence[Small]) -> Iterator[WhooshIndex]:
    """Build ``reports`` in three generations, each on the one before, ``gone`` removed last."""
    backend = WhooshBackend()
    for number in range(3):
        at = folder / str(number)
        if number:
            link_all(folder / str(number - 1), at)
        with backend.writer(at) as writer:
            for one in reports[number::3]:
                writer.add(one.entry(), one.keys())
            for one in gone if number == 2 else ():
                writer.remove(one.id)
    index = backend.open(folder / "2")
    try:
        yield index
    finally:
        index.close()


@pytest.fixture(scope="module", params=range(2))
def index(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[WhooshIndex]:
    """Return an index of several segments, some of whose reports are removed."""
    rng = random.Random(request.param)  # noqa: S311 not a secret
    reports = small_keys([report(rng, n) for n in range(14)])
    removed = [one for number, one in enumerate(reports) if number % 3 < 2 and rng.random() < 0.3]
    with indexed(tmp_path_factory.mktemp("index"), reports, removed) as opened:
        yield opened


def matches(index: WhooshIndex, asked: Query, *, arrays: bool) -> WhooshMatches:
    return WhooshMatches(index, plan(asked), arrays=arrays)


@pytest.mark.parametrize("seed", range(24))
def test_arrays_and_plain_lists_answer_alike(index: WhooshIndex, seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 not a secret
    for _ in range(5):
        asked = query(rng)
        number, per_report = rng.choice([1, 3, 10, 40]), rng.choice([0, 1, 3])
        fast, plain = (matches(index, asked, arrays=arrays) for arrays in (True, False))
        assert fast.best(number, per_report) == plain.best(number, per_report), asked
        assert fast.counts() == plain.counts(), asked


@pytest.mark.parametrize("arrays", [False, True])
@pytest.mark.parametrize("seed", range(8))
def test_what_is_skipped_is_never_among_the_best(
    index: WhooshIndex, seed: int, *, arrays: bool
) -> None:
    rng = random.Random(seed)  # noqa: S311 not a secret
    for _ in range(5):
        asked = query(rng)
        every = matches(index, asked, arrays=arrays).best(EVERY)
        assert len(every) == sum(matches(index, asked, arrays=arrays).counts().values())
        for number in (1, 10):
            assert matches(index, asked, arrays=arrays).best(number) == every[:number], asked


def test_blocks_that_cannot_hold_the_best_stay_closed(
    index: WhooshIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "FIRST_ROUND", 1)
    monkeypatch.setattr(searching, "GROWTH", 1)
    blocks = sum(part.segment.blocks for part in index.parts)
    for arrays in (False, True):
        found = matches(index, Word("risk"), arrays=arrays)
        found.best(1)
        assert 0 < sum(survey.opened for survey in found.surveys) < blocks / 3


def test_numpy_is_chosen_where_there_is_much_to_read(
    index: WhooshIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retrieve, "LONG", 2)
    long, short = (index.search(Word(word)).surveys for word in ("care", "unheard"))
    assert type(long[0]) is not type(short[0])


def test_numpy_is_loaded_once_the_queries_so_far_would_have_paid_for_it(
    index: WhooshIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    (term,) = plan(Word("care")).terms[:1]
    found = [[find(part.segment, term)] for part in index.parts]
    blocks = sum(record.n_blocks for (one,) in found for _, record in one.passages)
    monkeypatch.setattr(retrieve, "sys", SimpleNamespace(modules={}))
    monkeypatch.setattr(retrieve, "LONG", 2)
    monkeypatch.setattr(retrieve, "VERY_LONG", 4 * blocks)
    monkeypatch.setattr(index, "_blocks_read", 0)
    assert [index.pays(found) for _ in range(6)] == [False] * 4 + [True] * 2
