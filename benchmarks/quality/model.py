"""The ranking as arithmetic over arrays, with a switch for everything it could be otherwise.

A ``Model`` without arguments scores as the engine does; ``searcher/index/whoosh/bm25f.py`` has
the formula. Every other value is a variant for the ablation, in few lines and without pruning.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.quality.arrays import query_words
from searcher.analysis.tokens import stem
from searcher.index.whoosh.bm25f import EXACT_SHARE, K1, SHARE, WEIGHTS, idf
from searcher.index.whoosh.fields import EXACT, REPORT_FIELDS, TEXT_FIELDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from benchmarks.quality.arrays import Floats, Texts

RARE = 0.1
"""The share of the passages that a term of the feedback may be held by."""


@dataclass(frozen=True, slots=True)
class Model:
    """What a ranking is made of.

    ``b`` and ``weights`` change those of single fields. ``is_union`` counts a term's holders
    through all fields, ``counts_once`` a repeated word once. ``share_of_text`` is the weight
    of a report's text beside its title and record, ``adjacent`` that of pairs of neighbouring
    words, ``best`` that of the mean of a report's three best passages, ``page`` that of a page
    taken as one document; ``kinds`` are factors by the part of the section. ``feedback`` is the
    query's weight beside the terms of its ten best passages.
    """

    k1: float = K1
    b: Mapping[str, float] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)
    share: float = SHARE
    share_of_text: float = 1.0
    exact: float = EXACT_SHARE
    is_union: bool = False
    counts_once: bool = False
    adjacent: float = 0.0
    best: float = 0.0
    page: float = 0.0
    kinds: Mapping[str, float] = field(default_factory=dict)
    feedback: float | None = None

    def rate(self, texts: Texts, name: str) -> Floats:
        """Return what one occurrence in a field counts, by unit."""
        lengths = texts.fields[name].lengths
        average = texts.spread(name, lengths).mean() or 1.0
        b = self.b.get(name, WEIGHTS[name].b)
        weight = self.weights.get(name, WEIGHTS[name].weight)
        rate: Floats = weight / (1.0 - b + b * lengths / average)
        return rate

    def saturated(self, frequencies: Floats) -> Floats:
        """Return what normalised weighted frequencies score before their term is weighed."""
        scores: Floats = (self.k1 + 1.0) * frequencies / (self.k1 + frequencies)
        return scores


@dataclass(frozen=True, slots=True)
class Ranking:
    """The score of every passage, where any word of a query stands and where all do."""

    scores: Floats
    any: NDArray[np.bool_]
    all: NDArray[np.bool_]


def rank(texts: Texts, query: str, model: Model) -> Ranking:
    """Return how ``model`` ranks the passages of ``texts`` for ``query``."""
    words = query_words(query)
    stems: Mapping[str, float] = Counter(stem(word) for word in words if word is not None)
    if model.counts_once:
        stems = dict.fromkeys(stems, 1)
    holds = [_holds(texts, term) for term in stems] or [np.zeros(len(texts.owners), dtype=bool)]
    if model.feedback is not None:
        found = rank(texts, query, replace(model, feedback=None))
        stems = _fed(texts, found, stems, share=model.feedback)
    scores = sum(uses * _passages(texts, term, model) for term, uses in stems.items())
    evidence = sum(uses * _reports(texts, term, model) for term, uses in stems.items())
    scores = scores + np.zeros(len(texts.owners))
    for form, uses in Counter(word for word in words if word is not None).items():
        if model.exact:
            times = 1 if model.counts_once else uses
            scores = scores + model.exact * times * _passages(texts, EXACT + form, model)
    if model.adjacent:
        scores = scores + model.adjacent * _neighbours(texts, words, model)
    scores = _with_more(texts, model, scores)
    evidence = evidence + np.zeros(len(texts.ids))
    total = scores + model.share * evidence[texts.owners] + _of_page(texts, stems, model)
    return Ranking(np.round(total, 9), np.any(holds, axis=0), np.all(holds, axis=0))


def _holds(texts: Texts, term: str) -> NDArray[np.bool_]:
    found = texts.frequencies(term)
    held = [texts.spread(name, found[name]) > 0 for name in TEXT_FIELDS]
    holding: NDArray[np.bool_] = np.any(held, axis=0)
    return holding


def _passages(texts: Texts, term: str, model: Model) -> Floats:
    """Return what a term scores in each passage."""
    found = texts.frequencies(term)
    parts = [texts.spread(f, found[f] * model.rate(texts, f)) for f in TEXT_FIELDS]
    return weight(texts, term, model) * model.saturated(np.sum(parts, axis=0))


def weight(texts: Texts, term: str, model: Model) -> float:
    """Return the inverse document frequency of a term among passages."""
    found = texts.frequencies(term)
    counts = [int((texts.spread(name, found[name]) > 0).sum()) for name in TEXT_FIELDS]
    holding = int(_holds(texts, term).sum()) if model.is_union else max(counts)
    return idf(len(texts.owners), holding)


def _reports(texts: Texts, term: str, model: Model) -> Floats:
    """Return what a term scores in each report, taken as one document."""
    found, body = texts.frequencies(term), texts.fields["body"]
    held = texts.per_report
    lengths = np.bincount(texts.owners, body.lengths, len(held))
    b = model.b.get("body", WEIGHTS["body"].b)
    rate = model.weights.get("body", WEIGHTS["body"].weight) / (
        1.0 - b + b * lengths / lengths[held > 0].mean()
    )
    frequencies = model.share_of_text * rate * np.bincount(texts.owners, found["body"], len(held))
    for name in REPORT_FIELDS.intersection(TEXT_FIELDS):
        frequencies = frequencies + found[name] * model.rate(texts, name)
    frequencies[held == 0] = 0.0
    holding = int((frequencies > 0).sum())
    return idf(int((held > 0).sum()), holding) * model.saturated(frequencies)


def _with_more(texts: Texts, model: Model, scores: Floats) -> Floats:
    """Return ``scores`` with what sections and a report's best passages make of them."""
    if model.kinds:
        scores = scores * np.array([model.kinds.get(kind, 1.0) for kind in texts.kinds])
    if model.best:
        order = np.lexsort((-scores, texts.owners))
        owners = texts.owners[order]
        is_first = np.arange(len(order)) - np.searchsorted(owners, owners) < 3
        best = np.bincount(owners[is_first], scores[order][is_first], len(texts.ids)) / 3
        scores = scores + model.best * best[texts.owners]
    return scores


def _neighbours(texts: Texts, words: list[str | None], model: Model) -> Floats:
    """Return what pairs of words that stand side by side score; a pair weighs as its commoner."""
    scores = np.zeros(len(texts.owners))
    pairs = pairwise(words)
    for first, second in ((a, b) for a, b in pairs if a is not None and b is not None):
        one, other = stem(first), stem(second)
        found = texts.adjacent(one, other)
        parts = [found[name] * model.rate(texts, name) for name in found]
        least = min(weight(texts, one, model), weight(texts, other, model))
        scores += least * model.saturated(np.sum(parts, axis=0))
    return scores


def _of_page(texts: Texts, stems: Mapping[str, float], model: Model) -> Floats:
    """Return what the page of each passage scores, taken as one document of bodies."""
    scores = np.zeros(len(texts.owners))
    if not model.page:
        return scores
    numbers = [page or 0 for page in texts.pages]
    _, pages = np.unique(np.stack([texts.owners, numbers]), axis=1, return_inverse=True)
    lengths = np.bincount(pages, texts.fields["body"].lengths)
    b = model.b.get("body", WEIGHTS["body"].b)
    rate = 1.0 / (1.0 - b + b * lengths / lengths.mean())
    for term, uses in stems.items():
        frequencies = np.bincount(pages, texts.frequencies(term)["body"]) * rate
        gain = uses * idf(len(lengths), int((frequencies > 0).sum()))
        scores += gain * model.saturated(frequencies)[pages]
    return model.page * scores


def _fed(
    texts: Texts, found: Ranking, stems: Mapping[str, float], *, share: float
) -> Mapping[str, float]:
    """Return ``stems``, of this share, mixed with the twenty likeliest of the ten best passages.

    Source: RM3 of Abdul-Jaleel, Allan, Croft and others, TREC 2004. A term is as likely as in the
    passages, each counting as it scores; what more than a tenth of all passages hold is left out,
    and so is what has one letter or figures alone.
    """
    best = np.argsort(-np.where(found.any, found.scores, -np.inf), kind="stable")[:10]
    likely = Counter[str]()
    for passage in best[found.any[best]].tolist():
        terms = texts.stems_of(passage)
        for term, times in Counter(terms).items():
            likely[term] += found.scores[passage] * times / len(terms)
    chosen = {
        term: chance
        for term, chance in likely.most_common(200)
        if len(term) > 1 and not term.isdigit() and _held(texts, term) <= RARE
    }
    fed = dict(list(chosen.items())[:20])
    whole, total = sum(stems.values()), sum(fed.values())
    mixed = {term: (share if fed else 1.0) * uses for term, uses in stems.items()}
    for term, chance in fed.items():
        mixed[term] = mixed.get(term, 0.0) + (1.0 - share) * whole * chance / total
    return mixed


def _held(texts: Texts, term: str) -> float:
    """Return the share of the passages that hold a term in their text."""
    units, _ = texts.fields["body"].places(term)
    return len(np.unique(units)) / len(texts.owners)
