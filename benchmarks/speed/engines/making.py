"""The files of one collection: its reports, the questions put to it, and the laws it obeys."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from itertools import chain, islice
from typing import TYPE_CHECKING

from benchmarks.speed.engines.collection import Maker, load_reports, save_reports
from benchmarks.speed.engines.law import Laws, laws
from benchmarks.speed.engines.questions import questions, save_questions, statistics
from benchmarks.speed.engines.source import load_source, read_source, save_source
from searcher.analysis.tokens import WORD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

SEED = 20261122
SOURCE, REPORTS, QUESTIONS, LAWS = "source.jsonl", "reports.jsonl", "questions.jsonl", "laws.json"
MOST_WORDS = 20_000_000
"""Of a collection; its laws are those of its beginning."""


def make(work: Path, passages: int, *, each: int, index: Path | None) -> Path:
    """Return the folder of the collection of so many ``passages``, made unless it is there.

    ``index`` holds the real reports that sentences are taken from, which are kept in ``work``.
    """
    source, folder = work / SOURCE, work / str(passages)
    folder.mkdir(parents=True, exist_ok=True)
    if not source.is_file():
        if index is None:
            sys.exit("--index names an index of real reports to take sentences from")
        save_source(read_source(index), source)
    if not (folder / REPORTS).is_file():
        save_reports(Maker(load_source(source), seed=SEED).reports(passages), folder / REPORTS)
    if not (folder / QUESTIONS).is_file():
        known = statistics(load_reports(folder / REPORTS), seed=SEED)
        save_questions(questions(known, each=each, seed=SEED), folder / QUESTIONS)
    if not (folder / LAWS).is_file():
        found = {name: asdict(law) for name, law in _laws(source, folder / REPORTS).items()}
        (folder / LAWS).write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    return folder


def load_laws(folder: Path) -> dict[str, Laws]:
    """Return the laws of the collection in ``folder`` beside those of its source."""
    found = json.loads((folder / LAWS).read_text(encoding="utf-8"))
    return {name: Laws(**law) for name, law in found.items()}


def _laws(source: Path, reports: Path) -> dict[str, Laws]:
    """Return the laws of the source, of as many made words, and of up to ``MOST_WORDS``."""
    real = laws(_words(load_source(source).sentences()))
    return {
        "source": real,
        "made, as long": laws(islice(_made_words(reports), real.words)),
        "made, on": laws(islice(_made_words(reports), MOST_WORDS)),
    }


def _made_words(reports: Path) -> Iterator[str]:
    return _words(chain.from_iterable(report.passages for report in load_reports(reports)))


def _words(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from WORD.findall(text.lower())
