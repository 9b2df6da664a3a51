"""Xapian by its own bindings, where the system has them: no package registry does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import xapian

from benchmarks.speed.engines.engine import ALL_KINDS, HITS, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from benchmarks.speed.engines.collection import MadeReport
    from benchmarks.speed.engines.engine import Ask, Found, Question

TITLE, PROJECT, YEAR = "S", "XP", "XY"


class Xapian:
    """Xapian with its English stemmer; titles are indexed with their prefix and as text."""

    name = "Xapian"
    version = xapian.version_string()
    kinds = ALL_KINDS

    def ready(self, report: MadeReport) -> MadeReport:
        """Return ``report`` as it is."""
        return report

    def build(self, reports: Iterator[MadeReport], folder: Path) -> None:
        """Index each passage with its own term generator."""
        database = xapian.WritableDatabase(str(folder / "glass"), xapian.DB_CREATE_OR_OVERWRITE)
        generator = xapian.TermGenerator()
        generator.set_stemmer(xapian.Stem("en"))
        for report in reports:
            for number, body in enumerate(report.passages, start=report.first):
                database.add_document(_document(report, (number, body), generator))
        database.commit()
        database.close()

    def open(self, folder: Path) -> OpenXapian:
        """Open the database."""
        return OpenXapian(xapian.Database(str(folder / "glass")))


class OpenXapian:
    """A database and its query parser."""

    def __init__(self, database: Any) -> None:  # noqa: ANN401 it ships no types
        self._database = database
        self._parser = xapian.QueryParser()
        self._parser.set_stemmer(xapian.Stem("en"))
        self._parser.set_stemming_strategy(xapian.QueryParser.STEM_SOME)
        self._parser.set_database(database)
        self._flags = xapian.QueryParser.FLAG_PHRASE | xapian.QueryParser.FLAG_WILDCARD

    def ask(self, question: Question) -> Ask:
        """Return what answers ``question``."""
        asked = _query(question)
        operator = xapian.Query.OP_AND if question.kind is Kind.AND else xapian.Query.OP_OR
        only = _only(question)

        def answer() -> Found:
            self._parser.set_default_op(operator)
            query = self._parser.parse_query(asked, self._flags)
            if only is not None:
                query = xapian.Query(xapian.Query.OP_FILTER, query, xapian.Query(only))
            enquire = xapian.Enquire(self._database)
            enquire.set_query(query)
            found = (match.document.get_data().decode() for match in enquire.get_mset(0, HITS))
            return [(number, title) for number, title in (data.split("\t", 1) for data in found)]

        return answer

    def close(self) -> None:
        """Let go of the files."""
        self._database.close()


def _document(report: MadeReport, passage: tuple[int, str], generator: Any) -> Any:  # noqa: ANN401
    number, body = passage
    document = xapian.Document()
    generator.set_document(document)
    generator.index_text(report.title, 2, TITLE)
    generator.index_text(report.title, 2)
    generator.increase_termpos()
    generator.index_text(body)
    document.add_boolean_term(PROJECT + report.project)
    document.add_boolean_term(f"{YEAR}{report.year}")
    document.set_data(f"{number}\t{report.title}")
    return document


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
    return f"{YEAR if isinstance(question.only, int) else PROJECT}{question.only}"
