"""Measures of one ranking, named as ``ir-measures`` names them; each from 0 to 1.

A ranking holds document ids, best first, none twice. ``judged`` gives a document's relevance;
what is not judged is not relevant, and negative relevance counts as 0. A document is relevant
from 1 on: below that it has a gain for nDCG and is not relevant for the others.
"""

from __future__ import annotations

from math import log2
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

RELEVANT = 1


def dcg(gains: Sequence[float]) -> float:
    """Return the discounted cumulative gain of ``gains``, given best rank first.

    Units: gain; 0 for no gains, unbounded above.
    Source: trec_eval ``ndcg_cut`` (linear gain, discount log2(rank + 1), rank from 1), after
    Jarvelin and Kekalainen, ACM TOIS 20(4), 2002, whose discount starts later.
    """
    return sum(gain / log2(rank + 1) for rank, gain in enumerate(gains, start=1))


def ndcg(ranking: Sequence[str], judged: Mapping[str, float], *, cutoff: int) -> float:
    """Return the DCG of the first ``cutoff`` documents, as a share of the best there could be.

    Source: trec_eval ``ndcg_cut``; the ideal ranking holds every judged document, found or not.
    """
    gains = [max(judged.get(document, 0.0), 0.0) for document in ranking[:cutoff]]
    ideal = dcg(sorted((max(gain, 0.0) for gain in judged.values()), reverse=True)[:cutoff])
    return dcg(gains) / ideal if ideal else 0.0


def average_precision(ranking: Sequence[str], judged: Mapping[str, float]) -> float:
    """Return the mean, over all relevant documents, of the precision where each is found.

    Source: trec_eval ``map`` for one query; a relevant document that is not found counts 0.
    """
    relevant = relevant_documents(judged)
    found = 0
    total = 0.0
    for rank, document in enumerate(ranking, start=1):
        if document in relevant:
            found += 1
            total += found / rank
    return total / len(relevant) if relevant else 0.0


def recall(ranking: Sequence[str], judged: Mapping[str, float], *, cutoff: int) -> float:
    """Return the share of the relevant documents among the first ``cutoff``.

    Source: trec_eval ``recall``.
    """
    relevant = relevant_documents(judged)
    return len(relevant.intersection(ranking[:cutoff])) / len(relevant) if relevant else 0.0


def precision(ranking: Sequence[str], judged: Mapping[str, float], *, cutoff: int) -> float:
    """Return the relevant share of the first ``cutoff`` places, filled or not.

    Source: trec_eval ``P``.
    """
    return len(relevant_documents(judged).intersection(ranking[:cutoff])) / cutoff


def reciprocal_rank(ranking: Sequence[str], judged: Mapping[str, float]) -> float:
    """Return 1 / the rank of the first relevant document, 0 if none is found.

    Source: trec_eval ``recip_rank``.
    """
    return inverse(first(ranking, relevant_documents(judged)))


def relevant_documents(judged: Mapping[str, float]) -> frozenset[str]:
    """Return the documents whose relevance is at least ``RELEVANT``."""
    return frozenset(document for document, gain in judged.items() if gain >= RELEVANT)


def first(ranking: Sequence[object], wanted: frozenset[object]) -> int:
    """Return the rank, from 1, of the first of ``wanted``, 0 if none is in ``ranking``."""
    return next((rank for rank, row in enumerate(ranking, start=1) if row in wanted), 0)


def inverse(rank: int) -> float:
    """Return 1 / ``rank``, and 0 for the rank 0 of what is not found."""
    return 1 / rank if rank else 0.0


def measure(ranking: Sequence[str], judged: Mapping[str, float]) -> dict[str, float]:
    """Return every measure of one judged query by its ``ir-measures`` name."""
    return {
        "nDCG@10": ndcg(ranking, judged, cutoff=10),
        "AP": average_precision(ranking, judged),
        "R@100": recall(ranking, judged, cutoff=100),
        "RR": reciprocal_rank(ranking, judged),
        "P@10": precision(ranking, judged, cutoff=10),
    }
