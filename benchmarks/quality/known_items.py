"""Known items on real reports: is the file found, is the page, beside what others reach.

usage: python -m benchmarks.quality.known_items [--shared DIR] [--index DIR] [--queries FILE]

The folder holds ``corpus/pdf``, ``corpus/html`` and ``corpus/queries.jsonl``. Our ranking is of
passages, as ``search --per-report 0`` shows them.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.quality.anchors import KNOWN_ITEM_COLUMNS, KNOWN_ITEMS
from benchmarks.quality.indexing import indexed, table
from searcher.evaluate.evaluate import evaluate
from searcher.evaluate.known_items import read_known_items
from searcher.index.snapshot import open_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.evaluate.evaluation import Evaluation


def main() -> None:
    """Build, measure, print."""
    options = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    options.add_argument("--shared", type=Path, default=Path("../shared"))
    options.add_argument("--index", type=Path, help="measure this index; build none")
    options.add_argument("--queries", type=Path)
    options.add_argument("--misses", action="store_true", help="list what does not stand first")
    given = options.parse_args()
    queries = given.queries or given.shared / "corpus" / "queries.jsonl"
    with reports(given.shared) as folder, indexed([folder], index=given.index) as (index, seconds):
        start = time.perf_counter()
        with open_snapshot(index) as snapshot:
            found = evaluate(snapshot, queries, None)
        elapsed = time.perf_counter() - start
    built = f"ingest {seconds:.1f} s, " if seconds else ""
    print(f"{built}{1000 * elapsed / found.queries:.0f} ms a query")
    for note in found.notes:
        print(note)
    print(report(found))
    if given.misses:
        print(misses(found, queries))


@contextmanager
def reports(shared: Path) -> Iterator[Path]:
    """Give a folder of the good reports alone, without the malformed ones."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("pdf", "html"):
            shutil.copytree(shared / "corpus" / name, Path(folder) / name)
        yield Path(folder)


def report(found: Evaluation) -> str:
    """Return our row for each kind, then everybody's for ``known-item``."""
    ours = [
        [
            f"searcher, {kind.kind} ({kind.queries}, {kind.with_page} with page)",
            *_row(kind.measures),
        ]
        for kind in found.kinds
    ]
    theirs = [[f"{name}, known-item", *figures] for name, figures in KNOWN_ITEMS.items()]
    return table(["", *KNOWN_ITEM_COLUMNS], [*ours, *theirs])


def _row(measures: tuple[tuple[str, float], ...]) -> list[float | None]:
    known = dict(measures)
    return [known.get(name) for name in KNOWN_ITEM_COLUMNS]


def misses(found: Evaluation, queries: Path) -> str:
    """Return a line for each item whose file or page does not stand first."""
    lines = []
    for item, score in zip(read_known_items(queries), found.per_query, strict=True):
        measures = dict(score.measures)
        if measures["MRR"] < 1 or measures.get("page-MRR", 1) < 1:
            page = f"{measures['page-MRR']:.2f}" if "page-MRR" in measures else "–"
            lines.append(f"{score.id}\t{item.kind}\t{measures['MRR']:.2f}\t{page}\t{item.query}")
    return "\n".join(["number\tkind\tMRR\tpage-MRR\tquery", *lines])


if __name__ == "__main__":
    main()
