"""Reading ``library.db``: reports, pages, sections, passages and their texts."""

from __future__ import annotations

import json
import os
import sqlite3
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from searcher.document import Span
from searcher.errors import UnknownNameError, UsageError
from searcher.failure import Failure
from searcher.index.entry import Attribution, Stored
from searcher.index.library_rows import (
    attribution_of,
    concept_of,
    evidence_of,
    failure_of,
    figures_of,
    page_of,
    passage_of,
    report_of,
    section_of,
)
from searcher.index.library_schema import FIGURES, PASSAGE, REPORT
from searcher.index.manifest import damaged
from searcher.near import nearest
from searcher.results.report import (
    Evidence,
    Outline,
    PageText,
    PassageRef,
    PassageText,
    Report,
    passage_id,
)
from searcher.vocabulary import ConceptKind, Vocabularies, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from searcher.results.quality import PageFigures

Made = TypeVar("Made")


class Library:
    """One generation's reports.

    Every method raises ``DamagedIndexError`` on a broken file, and ``UsageError`` for a name that
    is no text, as a broken byte of a command line is none.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            uri = path.resolve().as_uri() + "?mode=ro&immutable=1"
            self._connection = sqlite3.connect(uri, uri=True)
        except sqlite3.Error as exc:
            raise damaged(path) from exc

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def check(self) -> None:
        """Read the whole file for damage."""
        if self._rows("PRAGMA quick_check(1)") != [("ok",)]:
            raise damaged(self._path)

    def counts(self) -> tuple[int, int, int]:
        """Return the number of reports, of passages and of files in quarantine."""
        counted = ("report", "passage", "failure")
        ((*numbers,),) = self._rows(
            "SELECT " + ", ".join(f"(SELECT count(*) FROM {name})" for name in counted)
        )
        reports, passages, failures = numbers
        return int(reports), int(passages), int(failures)

    def reports(self) -> Iterator[Report]:
        """Yield every report, by id."""
        return iter(self._made(report_of, f"SELECT {REPORT} FROM report ORDER BY id"))

    def report(self, report_id: str) -> Report:
        """Return the report ``report_id``.

        Raises:
            UnknownNameError: there is none; knows the nearest ids.
        """
        for report in self._made(report_of, f"SELECT {REPORT} FROM report WHERE id = ?", report_id):
            return report
        raise self._unknown_report(report_id)

    def path(self, report_id: str) -> Path:
        """Return where the report's file lay when it was ingested."""
        return Path(*map(os.fsdecode, self._row_of(report_id, "path")))

    def text(self, report_id: str, span: Span) -> str:
        """Return what ``span`` of the report's text says."""
        query = "SELECT substr(text, ?, ?) FROM report WHERE id = ?"
        rows = self._rows(query, span.start + 1, span.end - span.start, report_id)
        if not rows:
            raise self._unknown_report(report_id)
        return str(rows[0][0])

    def outline(self, report_id: str) -> Outline:
        """Return the report with its sections in order, and the evidence of its values."""
        report = self.report(report_id)
        sections = self._made(
            section_of,
            "SELECT ?, path, level, kind, page, start, end, anchor FROM section"
            " WHERE report = (SELECT key FROM report WHERE id = ?) ORDER BY ordinal",
            report.pages > 0, report_id,
        )  # fmt: skip
        return Outline(report, tuple(sections), self.evidence(report_id))

    def page(self, report_id: str, number: int) -> PageText:
        """Return the sheet ``number`` of the report; what has no sheets is all on number 1.

        Raises:
            UnknownNameError: there is no such report or sheet.
        """
        for page in self._pages(report_id, "AND page.number = ?", number):
            return page
        report = self.report(report_id)
        hint = f"{report_id} has sheets 1 to {report.pages}" if report.pages else ""
        raise UnknownNameError("page", f"{report_id}@{number}", hint=hint or "it has no pages")

    def pages(self, report_id: str) -> Iterator[PageText]:
        """Yield the pages of the report in order."""
        self.report(report_id)
        return self._pages(report_id)

    def page_figures(self, report_ids: Iterable[str]) -> dict[str, tuple[PageFigures, ...]]:
        """Return how each page of these reports was read; what is no report is not there."""
        columns = ", ".join(f"page.{name}" for name in ("number", "label", *FIGURES))
        query = f"""SELECT report.id, {columns} FROM page JOIN report ON report.key = page.report
            WHERE report.id IN (SELECT value FROM json_each(?)) ORDER BY report.id, page.number"""
        rows = self._made(figures_of, query, json.dumps([*report_ids]))
        grouped = groupby(rows, key=itemgetter(0))
        return {report_id: tuple(figures for _, figures in pages) for report_id, pages in grouped}

    def sheet(self, report_id: str, label: str) -> int:
        """Return the number of the first sheet on which ``label`` is printed.

        Raises:
            UnknownNameError: there is no such report or label.
        """
        (key,) = self._row_of(report_id, "key")
        query = "SELECT number, label FROM page WHERE report = ? AND label IS NOT NULL"
        labels = self._rows(query + " ORDER BY number", key)
        for number, found in labels:
            if found.casefold() == label.casefold():
                return int(number)
        known = f"labels run from {labels[0][1]} to {labels[-1][1]}" if labels else ""
        raise UnknownNameError("page label", label, hint=known or f"{report_id} prints no labels")

    def passage(self, report_id: str, span: Span) -> PassageText:
        """Return ``span`` of the report with the section and the pages it stands in.

        Raises:
            UnknownNameError: there is no such report, or the span begins outside it.
        """
        report = self.report(report_id)
        (key,) = self._row_of(report_id, "key")
        pages = self._rows(
            "SELECT number, label FROM page WHERE report = ? AND start < ? AND end > ?"
            " ORDER BY number",
            key, span.end, span.start,
        )  # fmt: skip
        if not pages:
            name = passage_id(report_id, None, span)
            raise UnknownNameError("passage", name, hint=f"it lies outside the text of {report_id}")
        (number, label), (last, _) = pages[0], pages[-1]
        places = self._made(
            passage_of,
            "SELECT NULL, ?, ?, path, kind, anchor, ?, ?, ?, ?, ? FROM section"
            " WHERE report = ? AND start <= ? AND end > ?",
            report_id, report.pages > 0, number, last, label, span.start, span.end,
            key, span.start, span.start,
        )  # fmt: skip
        if not places:
            raise damaged(self._path)
        return PassageText(report, places[0], self.text(report_id, span))

    def passage_counts(self) -> dict[str, int]:
        """Return the number of passages of every report that has some, by id."""
        query = "SELECT report.id, count(*) FROM passage JOIN report ON report.key = report"
        return dict(self._rows(query + " GROUP BY report.key"))

    def publishers(self) -> tuple[str, ...]:
        """Return every publisher's name, in order."""
        query = "SELECT DISTINCT publisher FROM report WHERE publisher IS NOT NULL ORDER BY 1"
        return tuple(str(row[0]) for row in self._rows(query))

    def passages(self, keys: Iterable[int]) -> dict[int, tuple[str, PassageRef]]:
        """Return the report's id and the place of each passage of ``keys``."""
        query = f"{PASSAGE} WHERE passage.key IN (SELECT value FROM json_each(?))"
        made = self._made(
            lambda row: (int(row[0]), (str(row[1]), passage_of(row))), query, json.dumps([*keys])
        )
        return dict(made)

    def reports_by_key(self, keys: Iterable[int]) -> dict[int, Report]:
        """Return the reports with these keys."""
        query = f"SELECT key, {REPORT} FROM report WHERE key IN (SELECT value FROM json_each(?))"
        return dict(
            self._made(lambda row: (int(row[0]), report_of(row[1:])), query, json.dumps([*keys]))
        )

    def failures(self) -> tuple[Failure, ...]:
        """Return the quarantine, by file."""
        query = "SELECT file, sha256, reason, detail, hint, seconds FROM failure ORDER BY file"
        return tuple(self._made(failure_of, query))

    def attributions(self, report_id: str) -> tuple[Attribution, ...]:
        """Return each value of the report with its source, and the span that says so."""
        (key,) = self._row_of(report_id, "key")
        query = "SELECT field, value, source, start, end, score FROM found WHERE report = ?"
        return tuple(self._made(attribution_of, query, key))

    def evidence(self, report_id: str) -> tuple[Evidence, ...]:
        """Return each value of the report with its source, and the words that say so."""
        query = """SELECT found.field, found.value, found.source, found.start, found.end,
            found.score, CASE WHEN report.paged THEN page.number END,
            substr(report.text, found.start + 1, found.end - found.start)
            FROM found JOIN report ON report.key = found.report LEFT JOIN page
            ON page.report = report.key AND page.start <= found.start AND found.start < page.end
            WHERE report.id = ? ORDER BY found.rowid"""
        return tuple(self._made(evidence_of, query, report_id))

    def stored(self) -> tuple[Stored, ...]:
        """Return what a build must know of every report, by id."""
        rows = self._rows("SELECT id, sha256, file, path, record_hash FROM report ORDER BY id")
        return tuple(
            Stored(report_id, sha256, file, os.fsdecode(path), record_hash)
            for report_id, sha256, file, path, record_hash in rows
        )

    def vocabularies(self) -> Vocabularies:
        """Return the vocabularies that the reports were described with."""
        concepts = self._made(concept_of, "SELECT * FROM concept ORDER BY kind, ordinal")
        found = {
            kind: Vocabulary(kind, tuple(c for c in concepts if c.kind is kind))
            for kind in ConceptKind
        }
        return Vocabularies(
            found[ConceptKind.PROJECT], found[ConceptKind.THEME],
            found[ConceptKind.OUTCOME], found[ConceptKind.DESIGN],
        )  # fmt: skip

    def _pages(self, report_id: str, more: str = "", *values: object) -> Iterator[PageText]:
        return iter(
            self._made(
                page_of,
                "SELECT report.id, page.number, page.label, page.start, page.body_end,"
                " page.blocks, report.paged, page.reader, page.grade,"
                " substr(report.text, page.start + 1, page.end - page.start)"
                f" FROM page JOIN report ON report.key = page.report WHERE report.id = ? {more}"
                " ORDER BY page.number",
                report_id, *values,
            )
        )  # fmt: skip

    def _row_of(self, report_id: str, columns: str) -> tuple[Any, ...]:
        rows = self._rows(f"SELECT {columns} FROM report WHERE id = ?", report_id)
        if not rows:
            raise self._unknown_report(report_id)
        return rows[0]

    def _unknown_report(self, report_id: str) -> UnknownNameError:
        ids = [str(row[0]) for row in self._rows("SELECT id FROM report ORDER BY id")]
        near = nearest(report_id, ids)
        return UnknownNameError("report", report_id, near=near, hint="searcher reports lists them")

    def _made(
        self, make: Callable[[tuple[Any, ...]], Made], query: str, *values: object
    ) -> list[Made]:
        """Return what ``make`` makes of each row; a row of which nothing can be made is damage."""
        rows = self._rows(query, *values)
        try:
            return [make(row) for row in rows]
        except (ValueError, TypeError, LookupError, RecursionError) as exc:
            raise damaged(self._path) from exc

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(query, values).fetchall()
        except UnicodeEncodeError as exc:
            msg = f"{exc.object!r} is no name: it is not text"
            raise UsageError(msg, hint="searcher reports lists the ids") from exc
        except sqlite3.DatabaseError as exc:
            raise damaged(self._path) from exc
