from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.evaluate.evaluation import means, named
from searcher.evaluate.known_items import KnownItem, Row, grouped, score

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

files = st.sampled_from([f"{name}.pdf" for name in "abcdefghijklmn"])
rows = st.lists(st.tuples(files, st.none() | st.integers(1, 9)), max_size=60)
relevant = st.lists(st.tuples(files, st.none() | st.integers(1, 9)), min_size=1, max_size=3)


def item(wanted: list[Row]) -> KnownItem:
    """Return a known item that ``wanted`` answers."""
    pages = frozenset(row for row in wanted if row[1] is not None)
    return KnownItem("words", "known-item", frozenset(file for file, _ in wanted), pages)


def test_the_measures_of_known_items_worked_out_by_hand() -> None:
    found: list[Row] = [("a", 1), ("a", 2), ("a", 1), ("b", 7), ("b", 9)]
    assert score(item([("b", 9)]), found) == {
        "s@1": 0, "s@5": 1, "s@10": 1, "MRR": 1 / 2,
        "p1": 0, "p5": 1, "p10": 1, "page-MRR": 1 / 4, "p10g": 1,
    }  # fmt: skip
    assert score(item([("a", None)]), found) == {"s@1": 1, "s@5": 1, "s@10": 1, "MRR": 1}
    assert not any(score(item([("c", 1)]), found).values())
    assert not any(score(item([("a", 1)]), []).values())


def test_a_group_is_three_pages_of_each_of_ten_files() -> None:
    found: list[Row] = [(str(file), page) for page in range(1, 6) for file in range(12)]
    assert set(grouped(found)) == {(str(file), page) for file in range(10) for page in (1, 2, 3)}


@given(relevant, rows)
def test_more_rows_shown_never_find_less(wanted: list[Row], found: list[Row]) -> None:
    measured = score(item(wanted), found)
    assert measured["s@1"] <= measured["s@5"] <= measured["s@10"]
    assert measured["s@1"] <= measured["MRR"] <= 1
    if "p1" in measured:
        assert measured["p1"] <= measured["p5"] <= measured["p10"]
        assert measured["p1"] <= measured["s@1"]


@given(st.lists(st.tuples(relevant, rows), min_size=1, max_size=5))
def test_the_measures_are_those_of_the_scorer_of_the_real_reports(
    shared: Path, queries: list[tuple[list[Row], list[Row]]]
) -> None:
    scorer = _scorer(shared)
    asked = [
        {"kind": "x", "query": "", "relevant": [{"file": f, "page": p} for f, p in wanted]}
        for wanted, _ in queries
    ]
    hits = {
        number: [{"file": f, "page": p} for f, p in found]
        for number, (_, found) in enumerate(queries)
    }
    theirs = scorer(asked, hits)[0]["all"]
    ours = dict(means([named(score(item(wanted), found)) for wanted, found in queries]))
    assert ours.pop("MRR") == pytest.approx(theirs["mrr"])
    assert ours.pop("page-MRR", 0) == pytest.approx(theirs.get("pmrr", 0))
    for name, value in ours.items():
        assert value == pytest.approx(theirs[name]), name


def _scorer(shared: Path) -> Callable[..., tuple[dict[str, dict[str, float]], object]]:
    path = shared / "truth" / "known_item.py"
    spec = importlib.util.spec_from_file_location("known_item", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    score_all: Callable[..., tuple[dict[str, dict[str, float]], object]] = module.score
    return score_all
