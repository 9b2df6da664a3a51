"""Ranking on collections with judgements, beside stock Whoosh and bm25s.

usage: python -m benchmarks.quality.judged_collections [--shared ../shared] [--only NAME…]

Our own measures are checked against ``ir-measures`` (the ``bench`` extra) on the run we write;
a difference above 1e-6 ends the script. Differences to the anchors are of means: before one is
called real it needs a paired test by query.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import ir_measures

from benchmarks.quality.anchors import AP, COLLECTIONS, NDCG
from benchmarks.quality.indexing import indexed, table
from searcher.evaluate.evaluate import evaluate
from searcher.index.snapshot import open_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from searcher.evaluate.evaluation import Evaluation

TOLERANCE = 1e-6
HEADER = (
    "collection, queries, nDCG@10, stock Whoosh, bm25s, AP, stock Whoosh, bm25s, published BM25, "
    "R@100, RR, P@10, ingest s, ms a query"
).split(", ")


def main() -> None:
    """Build, measure, check, print."""
    options = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    options.add_argument("--shared", type=Path, default=Path("../shared"))
    options.add_argument("--only", nargs="+", choices=COLLECTIONS, default=COLLECTIONS)
    given = options.parse_args()
    rows = [measured(given.shared / "collections" / name) for name in given.only]
    print(table(HEADER, rows))


def measured(folder: Path) -> list[object]:
    """Return the row of the collection in ``folder``, checked."""
    queries, qrels = folder / "queries.jsonl", folder / "qrels.tsv"
    with indexed([folder / "docs.jsonl"]) as (index, seconds), tempfile.TemporaryDirectory() as at:
        run = Path(at) / "run"
        start = time.perf_counter()
        with open_snapshot(index) as snapshot:
            found = evaluate(snapshot, queries, qrels, run=run)
        elapsed = time.perf_counter() - start
        check(found, qrels, run)
    ours = dict(found.measures)
    ndcg = [NDCG[name].get(folder.name) for name in ("stock Whoosh", "bm25s")]
    ap = [AP[name].get(folder.name) for name in ("stock Whoosh", "bm25s", "published BM25")]
    rest = [ours[name] for name in ("R@100", "RR", "P@10")]
    times = [f"{seconds:.1f}", f"{1000 * elapsed / found.queries:.0f}"]
    return [folder.name, found.scored, ours["nDCG@10"], *ndcg, ours["AP"], *ap, *rest, *times]


def check(found: Evaluation, qrels: Path, run: Path) -> None:
    """End the script where ``ir-measures`` finds another mean in the run than we do."""
    scored = {score.id for score in found.per_query}
    lines = (line.split("\t") for line in qrels.read_text(encoding="utf-8").splitlines() if line)
    judged = [
        ir_measures.Qrel(query, document, max(int(relevance), 0))
        for query, document, relevance in lines
        if query in scored
    ]
    read_run: Callable[[str], Iterable[ir_measures.ScoredDoc]] = ir_measures.read_trec_run
    ranked = [row for row in read_run(str(run)) if row.query_id in scored]
    names = {name: ir_measures.parse_measure(name) for name, _ in found.measures}
    theirs = ir_measures.calc_aggregate(list(names.values()), judged, ranked)
    for name, ours in found.measures:
        if abs(ours - theirs[names[name]]) > TOLERANCE:
            sys.exit(f"{name}: ours {ours:.6f}, ir-measures {theirs[names[name]]:.6f}")


if __name__ == "__main__":
    main()
