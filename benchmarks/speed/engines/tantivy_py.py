"""Tantivy, Rust's full-text engine, by its own bindings for Python."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

import tantivy

from benchmarks.speed.engines.engine import ALL_KINDS, HITS, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from benchmarks.speed.engines.collection import MadeReport
    from benchmarks.speed.engines.engine import Ask, Found, Question

HEAP_BYTES = 256_000_000
FIELDS = ["title", "body"]
BOOSTS = {"title": 2.0, "body": 1.0}


class Tantivy:
    """Tantivy with its English stemmer; ids and titles are stored, texts are not."""

    name = "tantivy-py"
    version = version("tantivy")
    kinds = ALL_KINDS

    def ready(self, report: MadeReport) -> MadeReport:
        """Return ``report`` as it is."""
        return report

    def build(self, reports: Iterator[MadeReport], folder: Path) -> None:
        """Add every passage and wait until its own threads have merged what they want to."""
        writer = tantivy.Index(_schema(), path=str(folder)).writer(HEAP_BYTES)
        for report in reports:
            for number, body in enumerate(report.passages, start=report.first):
                writer.add_document(
                    tantivy.Document(
                        id=str(number), title=report.title, body=body, project=report.project,
                        year=report.year,
                    )
                )  # fmt: skip
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> OpenTantivy:
        """Open the index."""
        return OpenTantivy(tantivy.Index.open(str(folder)))


class OpenTantivy:
    """One searcher."""

    def __init__(self, index: tantivy.Index) -> None:
        self._index = index
        self._searcher = index.searcher()

    def ask(self, question: Question) -> Ask:
        """Return what answers ``question``; how many match is not counted."""
        if question.kind is Kind.PREFIX:
            return lambda: self._found(self._beginning(question.words[0].lower()))
        asked, every = _query(question), question.kind is Kind.AND
        return lambda: self._found(
            self._index.parse_query(asked, FIELDS, BOOSTS, conjunction_by_default=every)
        )

    def close(self) -> None:
        """Let go of the files."""

    def _beginning(self, start: str) -> tantivy.Query:
        """Return the query for a beginning, which its query language lacks outside phrases."""
        schema, should = self._index.schema, tantivy.Occur.Should
        pattern = f"{start}.*"
        return tantivy.Query.boolean_query([
            (should, tantivy.Query.regex_query(schema, field, pattern)) for field in FIELDS
        ])

    def _found(self, query: tantivy.Query) -> Found:
        searcher = self._searcher
        found = searcher.search(query, HITS, count=False).hits
        documents = [searcher.doc(address) for _, address in found]
        return [(str(one.get_first("id")), str(one.get_first("title"))) for one in documents]


def _schema() -> tantivy.Schema:
    schema = tantivy.SchemaBuilder()
    schema.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    schema.add_text_field("title", stored=True, tokenizer_name="en_stem")
    schema.add_text_field("body", tokenizer_name="en_stem")
    schema.add_text_field("project", tokenizer_name="raw", index_option="basic")
    schema.add_integer_field("year", indexed=True)
    return schema.build()


def _query(question: Question) -> str:
    words = " ".join(question.words)
    match question.kind:
        case Kind.PHRASE:
            return f'"{words}"'
        case Kind.FILTER:
            field = "year" if isinstance(question.only, int) else "project"
            return f"+{field}:{question.only} +({words})"
        case _:
            return words
