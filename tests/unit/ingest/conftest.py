"""The bench that every test of the ingest begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.ingest.bench import Bench

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """Return an empty corpus and no index yet."""
    return Bench.at(tmp_path)


@pytest.fixture
def mixed(bench: Bench, reports: Path) -> Bench:
    """Return a corpus of one report of each kind, ingested."""
    bench.put("a.txt", "Carers stayed longer in Millbridge.")
    bench.put("b.md", "# Report\n\n## Findings\n\nCaseloads fell in Harrowdale.")
    bench.put("sub/c.html", "<html><h1>Costs</h1><p>Savings grew in Oakmere.</p></html>")
    bench.put_records(
        "d.jsonl", {"id": "r1", "text": "Visits in Westmere."}, {"id": "r2", "text": "x y"}
    )
    bench.put("e.pdf", reports / "safe-families-oakmere-summary.pdf")
    bench.ingest()
    return bench
