"""What the commands print in fact, held to the schemas, on the bundled reports."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from searcher.index.snapshot import open_snapshot
from searcher.results.schema import names
from tests.unit.results.schemas import problems

COMMANDS = {
    "results": ["search", "--json", "--facet", "theme", "respite weekend"],
    "hit": ["search", "--format", "jsonl", "family OR respite"],
    "report": ["reports", "--format", "jsonl"],
    "document": ["show", "{report}", "--json"],
    "page": ["show", "--all", "--format", "jsonl"],
    "layout": ["show", "{report}@1", "--layout", "--json"],
    "passage": ["show", "{report}#0-20", "--json"],
    "quality": ["quality", "--pages", "--format", "jsonl"],
    "quarantine": ["quarantine", "--json"],
    "facets": ["facets", "theme", "--json"],
    "status": ["status", "--json"],
    "doctor": ["doctor", "--json"],
    "config": ["config", "--json"],
    "citation": ["cite", "{report}", "{report}#0-20", "--json"],
    "csl-json": ["cite", "{report}", "{report}#0-20", "--format", "csl-json"],
    "evaluation": ["evaluate", "--queries", "{items}", "--json"],
    "summary": ["ingest", "{corpus}", "--json"],
    "error": ["search", "respite AND", "--json"],
}


@pytest.fixture(scope="module")
def places(
    library_index: Path, root: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """Return what the commands need to be told."""
    folder = tmp_path_factory.mktemp("printed")
    items = folder / "items.jsonl"
    with open_snapshot(library_index) as snapshot:
        report = next(report for report in snapshot.library.reports() if report.pages)
        item = {"query": report.title, "kind": "title", "relevant": [{"file": report.file}]}
    items.write_text(json.dumps(item), encoding="utf-8")
    return {
        "report": report.id,
        "items": str(items),
        "corpus": str(root / "corpus"),
        "fresh": str(folder / "index"),
    }


def test_every_schema_is_held_against_a_command() -> None:
    assert set(COMMANDS) == set(names())


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_prints_what_its_schema_says(
    name: str, library_index: Path, places: dict[str, str]
) -> None:
    words = [word.format(**places) for word in COMMANDS[name]]
    index = places["fresh"] if name == "summary" else str(library_index)
    options = ["--index", index, "--corpus", places["corpus"]]
    command = [sys.executable, "-m", "searcher", *words, *options]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    printed = ended.stderr if name == "error" else ended.stdout
    lines = printed.splitlines() if "jsonl" in words else [printed]
    assert lines, ended.stderr
    for line in lines:
        assert problems(name, json.loads(line)) == [], ended.stderr
