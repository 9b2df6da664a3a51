from __future__ import annotations

from math import log2

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.evaluate.measures import (
    average_precision,
    dcg,
    measure,
    ndcg,
    precision,
    recall,
    reciprocal_rank,
)

documents = st.lists(st.sampled_from([f"d{n}" for n in range(30)]), unique=True, max_size=30)
judgements = st.dictionaries(
    st.sampled_from([f"d{n}" for n in range(30)]), st.integers(-1, 4), max_size=20
)
NAMES = ("nDCG@10", "AP", "R@100", "RR", "P@10")


def test_dcg_discounts_by_the_logarithm_of_the_rank_plus_one() -> None:
    assert dcg([3, 2, 0, 1]) == pytest.approx(3 / 1 + 2 / log2(3) + 0 + 1 / log2(5))
    assert dcg([]) == 0


def test_the_measures_of_a_ranking_worked_out_by_hand() -> None:
    ranking = ["a", "x", "b", "y", "c"]
    judged = {"a": 1, "b": 3, "missing": 1, "y": 0, "x": -1}
    ideal = 3 + 1 / log2(3) + 1 / 2
    assert ndcg(ranking, judged, cutoff=10) == pytest.approx((1 + 3 / 2) / ideal)
    assert average_precision(ranking, judged) == pytest.approx((1 / 1 + 2 / 3) / 3)
    assert recall(ranking, judged, cutoff=2) == pytest.approx(1 / 3)
    assert recall(ranking, judged, cutoff=100) == pytest.approx(2 / 3)
    assert precision(ranking, judged, cutoff=10) == pytest.approx(2 / 10)
    assert reciprocal_rank(ranking, judged) == 1
    assert reciprocal_rank(["x", "b"], judged) == pytest.approx(1 / 2)


@given(documents, judgements)
def test_every_measure_is_a_share(ranking: list[str], judged: dict[str, float]) -> None:
    measured = measure(ranking, judged)
    assert tuple(measured) == NAMES
    assert all(0 <= value <= 1 + 1e-12 for value in measured.values())


@given(judgements)
def test_the_ideal_ranking_has_the_best_of_every_measure(judged: dict[str, float]) -> None:
    ranking = sorted(judged, key=lambda document: -judged[document])
    measured = measure(ranking, judged)
    if any(gain > 0 for gain in judged.values()):
        for name in ("nDCG@10", "AP", "R@100", "RR"):
            assert measured[name] == pytest.approx(1)
    else:
        assert not any(measured.values())


@given(documents, judgements, st.integers(1, 30))
def test_what_is_not_relevant_raises_nothing_at_the_end_or_the_start(
    ranking: list[str], judged: dict[str, float], count: int
) -> None:
    noise = [f"noise{n}" for n in range(count)]
    measured = measure(ranking, judged)
    assert measure([*ranking, *noise], judged) == pytest.approx(measured)
    ahead = measure([*noise, *ranking], judged)
    assert all(ahead[name] <= measured[name] + 1e-12 for name in NAMES)


@settings(max_examples=25, deadline=None)
@given(documents, judgements)
def test_the_measures_are_those_of_ir_measures(
    ranking: list[str], judged: dict[str, float]
) -> None:
    ir = pytest.importorskip("ir_measures")
    if not ranking or not any(gain > 0 for gain in judged.values()):
        return
    qrels = [ir.Qrel("1", document, int(gain)) for document, gain in judged.items()]
    run = [ir.ScoredDoc("1", document, -float(n)) for n, document in enumerate(ranking)]
    names = {name: ir.parse_measure(name) for name in NAMES}
    theirs = ir.calc_aggregate(list(names.values()), qrels, run)
    ours = measure(ranking, judged)
    for name, parsed in names.items():
        assert ours[name] == pytest.approx(theirs[parsed], abs=1e-6), name
