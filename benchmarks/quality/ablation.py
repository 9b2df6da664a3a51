"""What each part of the ranking brings: every variant on all collections and the known items.

usage: python -m benchmarks.quality.ablation [--shared DIR] [--indexes DIR] [--only WORD…]

A variant differs from the model as it is in one thing. Its figures stand beside those of the
model, with ``*`` where a paired randomisation test by query (10,000 flips, seed 0) finds p < .05.
The first row is the engine itself, which the arithmetic of the second has to agree with; without
``--indexes`` it builds what it measures.
"""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.quality.anchors import COLLECTIONS
from benchmarks.quality.arrays import read_texts
from benchmarks.quality.indexing import indexed, table
from benchmarks.quality.known_items import reports
from benchmarks.quality.model import Model, rank
from searcher.evaluate.evaluate import evaluate
from searcher.evaluate.judgements import read_judged
from searcher.evaluate.known_items import read_known_items, score
from searcher.evaluate.measures import ndcg, relevant_documents
from searcher.index.snapshot import open_snapshot

if TYPE_CHECKING:
    from collections.abc import Collection

    from benchmarks.quality.arrays import Texts
    from searcher.evaluate.judgements import JudgedQuery
    from searcher.evaluate.known_items import KnownItem

KNOWN = "known"
ITEM = "known-item"
MEASURES = ("s@1", "s@5", "p1", "p10", "page-MRR")
FLIPS = 10_000
DEPTH = 1000
ALL_FIELDS = ("title", "about", "heading", "body")
UP = {"summary": 1.1, "findings": 1.1, "conclusions": 1.1, "recommendations": 1.1}
VARIANTS = {
    "as it is": Model(),
    "a repeated word counts once": Model(counts_once=True),
    "df of the union of the fields": Model(is_union=True),
    "k1 0.9": Model(k1=0.9),
    "k1 1.5": Model(k1=1.5),
    "b .4 in all fields": Model(b=dict.fromkeys(ALL_FIELDS, 0.4)),
    "b .75 in all fields": Model(b=dict.fromkeys(ALL_FIELDS, 0.75)),
    "title 1": Model(weights={"title": 1.0}),
    "title 3": Model(weights={"title": 3.0}),
    "without the record": Model(weights={"about": 0.0}),
    "heading 0": Model(weights={"heading": 0.0}),
    "heading 1": Model(weights={"heading": 1.0}),
    "without the report's evidence": Model(share=0.0),
    "the report's title and record alone": Model(share_of_text=0.0),
    "report's share .25": Model(share=0.25),
    "report's share 1": Model(share=1.0),
    "+ mean of the report's best three × .25": Model(best=0.25),
    "+ the page as one document × .25": Model(page=0.25),
    "stems alone": Model(exact=0.0),
    "exact forms × .5": Model(exact=0.5),
    "exact forms × 1": Model(exact=1.0),
    "+ neighbouring words × .1": Model(adjacent=0.1),
    "+ neighbouring words × .25": Model(adjacent=0.25),
    "references × .5, annexes × .8": Model(kinds={"references": 0.5, "annex": 0.8}),
    "summary, findings, recommendations × 1.1": Model(kinds=UP),
    "feedback .8 (RM3)": Model(feedback=0.8),
    "feedback .6 (RM3)": Model(feedback=0.6),
}


def main() -> None:
    """Measure every variant and print the table."""
    options = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    options.add_argument("--shared", type=Path, default=Path("../shared"))
    options.add_argument("--indexes", type=Path, help="a folder with one index for each name")
    options.add_argument("--only", nargs="+", default=[], help="variants with one of these words")
    given = options.parse_args()
    chosen = {
        name: model
        for name, model in VARIANTS.items()
        if name == "as it is" or not given.only or any(word in name for word in given.only)
    }
    columns: list[list[str]] = []
    for name in (*COLLECTIONS, KNOWN):
        print(name, file=sys.stderr)
        columns += measured(
            name, shared=given.shared, indexes=given.indexes, models=chosen.values()
        )
    lines = zip(("the engine", *chosen), *columns, strict=True)
    print(table(("", *COLLECTIONS, *MEASURES), list(lines)))


def measured(
    name: str, *, shared: Path, indexes: Path | None, models: Collection[Model]
) -> list[list[str]]:
    """Return the columns of one collection, or of the known items: the engine, then ``models``."""
    folder = shared / ("corpus" if name == KNOWN else f"collections/{name}")
    queries = folder / "queries.jsonl"
    qrels = None if name == KNOWN else folder / "qrels.tsv"
    with ExitStack() as stack:
        if indexes is None:
            source = (
                stack.enter_context(reports(shared)) if name == KNOWN else folder / "docs.jsonl"
            )
            index, _ = stack.enter_context(indexed([source]))
        else:
            index = indexes / name
        snapshot = stack.enter_context(open_snapshot(index))
        engine = evaluate(snapshot, queries, qrels)
        texts = read_texts(snapshot)
    if qrels is None:
        items = [item for item in read_known_items(queries) if item.kind == ITEM]
        rows = [of_items(texts, items, model) for model in models]
        first = next(dict(kind.measures) for kind in engine.kinds if kind.kind == ITEM)
    else:
        judged = [q for q in read_judged(queries, qrels).queries if relevant_documents(q.judged)]
        rows = [of_collection(texts, judged, model) for model in models]
        first = dict(engine.measures)
    return [[f"{first[m]:.4f}", *compared([row[m] for row in rows])] for m in rows[0]]


def of_collection(texts: Texts, queries: list[JudgedQuery], model: Model) -> dict[str, list[float]]:
    """Return nDCG@10 by query; a report stands where its best passage does."""
    found = []
    for query in queries:
        ranked = rank(texts, query.text, model)
        order = best_first(ranked.scores, ranked.any)
        names = list(dict.fromkeys(texts.ids[texts.owners[passage]] for passage in order))
        found.append(ndcg(names, query.judged, cutoff=10))
    return {"nDCG@10": found}


def of_items(texts: Texts, items: list[KnownItem], model: Model) -> dict[str, list[float]]:
    """Return the measures by item; where no passage holds all the words, any are enough."""
    found: dict[str, list[float]] = {name: [] for name in MEASURES}
    for item in items:
        ranked = rank(texts, item.query, model)
        order = best_first(ranked.scores, ranked.all if ranked.all.any() else ranked.any)[:DEPTH]
        rows = [(texts.files[texts.owners[passage]], texts.pages[passage]) for passage in order]
        for name, value in score(item, rows).items():
            if name in found:
                found[name].append(value)
    return found


def best_first(scores: np.ndarray, matching: np.ndarray) -> list[int]:
    """Return the passages that match, best first."""
    passages = np.flatnonzero(matching)
    order: list[int] = passages[np.argsort(-scores[passages], kind="stable")].tolist()
    return order


def compared(rows: list[list[float]]) -> list[str]:
    """Return the mean of each row, marked where it differs from the first beyond chance."""
    return [f"{np.mean(row):.4f}{'*' if chance(rows[0], row) < 0.05 else ''}" for row in rows]


def chance(one: list[float], other: list[float]) -> float:
    """Return how often flipping signs by query gives a mean difference as large, from 0 to 1."""
    differences = np.array(other) - np.array(one)
    if not differences.any():
        return 1.0
    signs = np.random.default_rng(0).choice((-1.0, 1.0), size=(FLIPS, len(differences)))
    means = np.abs((signs * differences).mean(axis=1))
    return float((means >= abs(differences.mean()) - 1e-12).mean())


if __name__ == "__main__":
    main()
