"""nDCG@10 by query beside stock Whoosh and bm25s, run here, with paired tests.

usage: python -m benchmarks.quality.peers [--shared DIR] [--indexes DIR] [--only NAME…]

Needs the extra ``engines``. All read title and text. Stock Whoosh: BM25F, its stemming analyser,
any word in any of two fields. bm25s: one field, Snowball's English stemmer, its stop words,
k1 1.5, b .75. ``p`` is the chance that flipping signs by query (10,000 times, seed 0) gives as
large a difference of means.
"""

from __future__ import annotations

import argparse
import json
import re
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import bm25s
import numpy as np
import Stemmer
from whoosh import analysis, fields, qparser
from whoosh.filedb.filestore import RamStorage

from benchmarks.quality.ablation import chance
from benchmarks.quality.anchors import COLLECTIONS
from benchmarks.quality.indexing import indexed, table
from searcher.evaluate.judgements import read_judged
from searcher.evaluate.measures import ndcg, relevant_documents
from searcher.evaluate.ranker import rank_reports
from searcher.index.snapshot import open_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from searcher.evaluate.judgements import JudgedQuery

    Search = Callable[[str], Sequence[str]]

CUTOFF = 10
FIELDS = ("title", "text")


def main() -> None:
    """Measure every collection and print a row for each."""
    options = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    options.add_argument("--shared", type=Path, default=Path("../shared"))
    options.add_argument("--indexes", type=Path, help="a folder with one index for each name")
    options.add_argument("--only", nargs="+", choices=COLLECTIONS, default=COLLECTIONS)
    given = options.parse_args()
    header = ("collection", "queries", "searcher", "stock Whoosh", "p", "bm25s", "p")
    folders = [given.shared / "collections" / name for name in given.only]
    print(table(header, [row(folder, given.indexes) for folder in folders]))


def row(folder: Path, indexes: Path | None) -> list[object]:
    """Return the row of the collection in ``folder``."""
    judged = read_judged(folder / "queries.jsonl", folder / "qrels.tsv").queries
    queries = [query for query in judged if relevant_documents(query.judged)]
    lines = (folder / "docs.jsonl").read_text(encoding="utf-8").splitlines()
    documents = [json.loads(line) for line in lines]
    ids = [str(document["id"]) for document in documents]
    texts = [{name: document.get(name) or "" for name in FIELDS} for document in documents]
    own = measured(queries, ours(folder, indexes))
    cells: list[object] = [folder.name, len(queries), float(np.mean(own))]
    for search in (stock_whoosh(ids, texts), plain_bm25(ids, texts)):
        theirs = measured(queries, search)
        cells += [float(np.mean(theirs)), float(chance(theirs, own))]
    return cells


def measured(queries: Sequence[JudgedQuery], search: Search) -> list[float]:
    """Return nDCG@10 by query."""
    return [ndcg(search(query.text), query.judged, cutoff=CUTOFF) for query in queries]


def ours(folder: Path, indexes: Path | None) -> Search:
    """Return our search; what is ranked is kept, so that no index stays open."""
    queries = [json.loads(line) for line in (folder / "queries.jsonl").open(encoding="utf-8")]
    found: dict[str, list[str]] = {}
    with ExitStack() as stack:
        index = indexes / folder.name if indexes else None
        at, _ = stack.enter_context(indexed([folder / "docs.jsonl"], index=index))
        snapshot = stack.enter_context(open_snapshot(at))
        for query in queries:
            ranked = rank_reports(snapshot, query["text"], depth=CUTOFF)
            found[query["text"]] = [name for name, _ in ranked]
    return found.__getitem__


def stock_whoosh(ids: Sequence[str], texts: Sequence[dict[str, str]]) -> Search:
    """Return stock Whoosh's search."""
    analyser = analysis.StemmingAnalyzer()
    schema = fields.Schema(
        id=fields.ID(stored=True), **{name: fields.TEXT(analyser) for name in FIELDS}
    )
    index = RamStorage().create_index(schema)
    writer = index.writer()
    for name, text in zip(ids, texts, strict=True):
        writer.add_document(id=name, **text)
    writer.commit()
    searcher = index.searcher()
    plugins = [qparser.WhitespacePlugin(), qparser.MultifieldPlugin(list(FIELDS))]
    parser = qparser.QueryParser("text", schema, plugins, group=qparser.OrGroup)

    def search(query: str) -> list[str]:
        tree = parser.parse(" ".join(re.findall(r"\w+", query))).normalize()
        return [hit["id"] for hit in searcher.search(tree, limit=CUTOFF)]

    return search


def plain_bm25(ids: Sequence[str], texts: Sequence[dict[str, str]]) -> Search:
    """Return the search of bm25s."""
    stemmer = Stemmer.Stemmer("english")

    def words(texts: list[str]) -> list[list[str]]:
        found: list[list[str]] = bm25s.tokenize(
            texts, stopwords="en", stemmer=stemmer, return_ids=False, show_progress=False
        )
        return found

    index = bm25s.BM25(k1=1.5, b=0.75)
    index.index(words([" ".join(text.values()) for text in texts]), show_progress=False)

    def search(query: str) -> list[str]:
        found, _ = index.retrieve(words([query]), k=CUTOFF, show_progress=False)
        return [ids[number] for number in found[0]]

    return search


if __name__ == "__main__":
    main()
