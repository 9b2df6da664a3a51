"""Whoosh as it comes: its own codec, parser, scoring and stored fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import whoosh
from whoosh import fields, index
from whoosh.analysis import StemmingAnalyzer
from whoosh.qparser import AndGroup, MultifieldParser, OrGroup

from benchmarks.speed.engines.engine import ALL_KINDS, HITS, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from benchmarks.speed.engines.collection import MadeReport
    from benchmarks.speed.engines.engine import Ask, Found, Question

MEMORY_MB = 256


class StockWhoosh:
    """Whoosh with its stemming analyser and BM25F."""

    name = "stock Whoosh"
    version = ".".join(map(str, whoosh.__version__))
    kinds = ALL_KINDS

    def ready(self, report: MadeReport) -> MadeReport:
        """Return ``report`` as it is."""
        return report

    def build(self, reports: Iterator[MadeReport], folder: Path) -> None:
        """Add every passage through Whoosh's own writer."""
        writer = index.create_in(folder, _schema()).writer(limitmb=MEMORY_MB)
        for report in reports:
            for number, body in enumerate(report.passages, start=report.first):
                writer.add_document(
                    id=str(number), title=report.title, body=body, project=report.project,
                    year=report.year,
                )  # fmt: skip
        writer.commit()

    def open(self, folder: Path) -> OpenWhoosh:
        """Open the index."""
        return OpenWhoosh(index.open_dir(folder, readonly=True))


class OpenWhoosh:
    """One searcher, and a parser each for any and for all of the words."""

    def __init__(self, opened: Any) -> None:  # noqa: ANN401 whoosh ships no types
        self._searcher = opened.searcher()
        self._any = MultifieldParser(["title", "body"], opened.schema, group=OrGroup)
        self._all = MultifieldParser(["title", "body"], opened.schema, group=AndGroup)

    def ask(self, question: Question) -> Ask:
        """Return what answers ``question``."""
        parser = self._all if question.kind is Kind.AND else self._any
        asked, only = _query(question), _only(question)

        def answer() -> Found:
            filtered = parser.parse(only) if only else None
            found = self._searcher.search(parser.parse(asked), limit=HITS, filter=filtered)
            return [(hit["id"], hit["title"]) for hit in found]

        return answer

    def close(self) -> None:
        """Let go of the files."""
        self._searcher.close()


def _schema() -> fields.Schema:
    text = fields.TEXT(analyzer=StemmingAnalyzer(), phrase=True)
    return fields.Schema(
        id=fields.STORED,
        title=fields.TEXT(analyzer=StemmingAnalyzer(), phrase=True, stored=True, field_boost=2.0),
        body=text,
        project=fields.ID(),
        year=fields.NUMERIC(int),
    )


def _query(question: Question) -> str:
    words = " ".join(question.words)
    match question.kind:
        case Kind.PHRASE:
            return f'"{words}"'
        case Kind.PREFIX:
            return f"{words}*"
        case _:
            return words


def _only(question: Question) -> str | None:
    if question.only is None:
        return None
    field = "year" if isinstance(question.only, int) else "project"
    return f"{field}:{question.only}"
