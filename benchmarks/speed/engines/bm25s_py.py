"""bm25s, which scores every passage beforehand and adds columns of a sparse matrix."""

from __future__ import annotations

import json
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import bm25s
import numpy as np
import Stemmer

from benchmarks.speed.engines.engine import HITS, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from benchmarks.speed.engines.collection import MadeReport
    from benchmarks.speed.engines.engine import Ask, Found, Question

RECORDS = "records.json"


class Bm25s:
    """bm25s with PyStemmer; it knows neither demands, nor phrases, nor beginnings."""

    name = "bm25s"
    version = version("bm25s")
    kinds = frozenset({Kind.RARE, Kind.COMMON, Kind.OR, Kind.FILTER, Kind.QUESTION})

    def ready(self, report: MadeReport) -> MadeReport:
        """Return ``report`` as it is."""
        return report

    def build(self, reports: Iterator[MadeReport], folder: Path) -> None:
        """Tokenise the title and the text of every passage, score them, and save the matrix."""
        texts: list[str] = []
        records: list[tuple[str, str, str, int]] = []
        for report in reports:
            texts += [f"{report.title} {body}" for body in report.passages]
            numbers = range(report.first, report.first + len(report.passages))
            records += [(str(n), report.title, report.project, report.year) for n in numbers]
        scored = bm25s.BM25()
        scored.index(_tokens(texts, _stemmer()), show_progress=False)
        scored.save(folder)
        (folder / RECORDS).write_text(json.dumps(records), encoding="utf-8")

    def open(self, folder: Path) -> OpenBm25s:
        """Map the matrix, and read the records."""
        records = json.loads((folder / RECORDS).read_text(encoding="utf-8"))
        return OpenBm25s(bm25s.BM25.load(folder, mmap=True), records)


class OpenBm25s:
    """The matrix, the records, and of each project and year the passages that have it."""

    def __init__(self, scored: Any, records: list[tuple[str, str, str, int]]) -> None:  # noqa: ANN401
        self._scored = scored
        self._stemmer = _stemmer()
        self._hits = [(number, title) for number, title, *_ in records]
        self._masks: Mapping[str | int, Any] = {
            only: np.array([only in record[2:] for record in records], dtype=np.float32)
            for only in {label for record in records for label in record[2:]}
        }

    def ask(self, question: Question) -> Ask:
        """Return what answers ``question``."""
        asked = " ".join(question.words)
        mask = None if question.only is None else self._masks[question.only]

        def answer() -> Found:
            tokens = _tokens([asked], self._stemmer)
            numbers, scores = self._scored.retrieve(
                tokens, k=HITS, weight_mask=mask, show_progress=False
            )
            pairs = zip(numbers[0].tolist(), scores[0].tolist(), strict=True)
            return [self._hits[number] for number, score in pairs if score > 0]

        return answer

    def close(self) -> None:
        """Let go of the files."""


def _stemmer() -> Any:  # noqa: ANN401 it ships no types
    return Stemmer.Stemmer("english")


def _tokens(texts: list[str], stemmer: Any) -> Any:  # noqa: ANN401
    return bm25s.tokenize(texts, stopwords="en", stemmer=stemmer, show_progress=False)
