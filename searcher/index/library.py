"""Reading ``library.db``: reports, pages, sections, passages and their texts."""

from __future__ import annotations

import json
import os
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from searcher.document import Span
from searcher.errors import UnknownNameError
from searcher.index.entry import Attribution, Stored
from searcher.index.library_file import LibraryFile
from searcher.index.library_rows import (
    attribution_of,
    evidence_of,
    page_of,
    passage_of,
    report_of,
    span_of,
    strings_of,
)
from searcher.index.library_schema import FIGURES, LAST_PART, PASSAGE, READER, REPORT, parts_of
from searcher.index.library_sections import path_of, sections_of
from searcher.index.library_text import Texts
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

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from searcher.failure import Failure
    from searcher.results.quality import PageFigures
    from searcher.vocabulary import ConceptKind, Vocabularies, Vocabulary


class Library:
    """One generation's reports.

    Every method raises ``DamagedIndexError`` on a broken file, and ``UsageError`` for a name that
    is no text, as a broken byte of a command line is none.
    """

    def __init__(self, path: Path) -> None:
        self._file = LibraryFile(path)
        self._rows, self._made = self._file.rows, self._file.made
        self._texts = Texts(self._file)
        self._vocabularies: dict[ConceptKind, Vocabulary] = {}

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def check(self) -> None:
        """Read the whole file for damage, and every text."""
        self._file.check()
        for key, length in self._rows("SELECT key, length FROM report ORDER BY key"):
            self._texts.check(key, length)

    def counts(self) -> tuple[int, int, int]:
        """Return the number of reports, of passages and of files in quarantine."""
        counted = ("report", "passage", "failure")
        ((reports, passages, failures),) = self._rows(
            "SELECT " + ", ".join(f"(SELECT count(*) FROM {name})" for name in counted)
        )
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
        key, length = self._row_of(report_id, "key, length")
        return self._texts.cut(key, span.start, min(span.end, length))

    def outline(self, report_id: str) -> Outline:
        """Return the report with its sections in order, and the evidence of its values."""
        report = self.report(report_id)
        rows = self._rows(
            "SELECT report.paged, above, headings, level, kind, page, start, end, anchor"
            f" FROM report JOIN section ON {parts_of('section')} WHERE report.id = ?"
            " ORDER BY section.key", report_id,
        )  # fmt: skip
        with self._file.making():
            sections = tuple(sections_of(rows))
        return Outline(report, sections, self.evidence(report_id))

    def page(self, report_id: str, number: int) -> PageText:
        """Return the sheet ``number`` of the report; what has no sheets is all on number 1.

        Raises:
            UnknownNameError: there is no such report or sheet.
        """
        for page in self._pages(report_id, "AND page.key & ? = ?", LAST_PART, number):
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
        from searcher.index.library_beside import figures_of

        figures = ", ".join(READER if name == "reader" else f"page.{name}" for name in FIGURES)
        query = f"""SELECT report.id, page.key & {LAST_PART}, page.label, {figures}
            FROM report JOIN page ON {parts_of("page")}
            WHERE report.id IN (SELECT value FROM json_each(?)) ORDER BY report.id, page.key"""
        rows = self._made(figures_of, query, json.dumps([*report_ids]))
        grouped = groupby(rows, key=itemgetter(0))
        return {report_id: tuple(figures for _, figures in pages) for report_id, pages in grouped}

    def sheet(self, report_id: str, label: str) -> int:
        """Return the number of the first sheet on which ``label`` is printed.

        Raises:
            UnknownNameError: there is no such report or label.
        """
        query = f"""SELECT page.key & {LAST_PART}, page.label
            FROM report JOIN page ON {parts_of("page")}
            WHERE report.id = ? AND page.label IS NOT NULL ORDER BY page.key"""
        self._row_of(report_id, "key")
        labels = self._rows(query, report_id)
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
        pages = self._rows(
            f"SELECT page.key & {LAST_PART}, page.label FROM report JOIN page ON {parts_of('page')}"
            " WHERE report.id = ? AND page.start < ? AND page.end > ? ORDER BY page.key",
            report_id, span.end, span.start,
        )  # fmt: skip
        if not pages:
            name = passage_id(report_id, None, span)
            raise UnknownNameError("passage", name, hint=f"it lies outside the text of {report_id}")
        (number, label), (last, _) = pages[0], pages[-1]
        sections = self._rows(
            "SELECT section.key, section.kind, section.anchor FROM report JOIN section"
            f" ON {parts_of('section')} WHERE report.id = ? AND start <= ? AND end > ?",
            report_id, span.start, span.start,
        )  # fmt: skip
        if not sections:
            raise self._file.damaged()
        key, *kind_and_anchor = sections[0]
        place = (report_id, report.pages > 0, *kind_and_anchor, number, last, label)
        with self._file.making():
            ref = passage_of((*place, span.start, span.end), path_of(self._file, key))
        return PassageText(report, ref, self.text(report_id, span))

    def passage_counts(self) -> dict[str, int]:
        """Return the number of passages of every report that has some, by id."""
        return dict(self._rows("SELECT id, passages FROM report WHERE passages > 0"))

    def passages_by_key(self) -> dict[int, int]:
        """Return the same by the reports' keys, counted one by one."""
        return dict(self._rows("SELECT report, count(*) FROM passage GROUP BY report"))

    def publishers(self) -> tuple[str, ...]:
        """Return every publisher's name, in order."""
        query = "SELECT DISTINCT publisher FROM report WHERE publisher IS NOT NULL ORDER BY 1"
        return tuple(str(row[0]) for row in self._rows(query))

    def passages(self, keys: Iterable[int]) -> dict[int, tuple[str, PassageRef]]:
        """Return the report's id and the place of each passage of ``keys``."""
        query = f"{PASSAGE} WHERE passage.key IN (SELECT value FROM json_each(?))"
        rows = self._rows(query, json.dumps([*keys]))
        paths = {key: path_of(self._file, key) for key in {row[1] for row in rows}}
        with self._file.making():
            return {
                int(key): (str(place[0]), passage_of(place, paths[section]))
                for key, section, *place in rows
            }

    def reports_by_key(self, keys: Iterable[int]) -> dict[int, Report]:
        """Return the reports with these keys."""
        query = f"SELECT key, {REPORT} FROM report WHERE key IN (SELECT value FROM json_each(?))"
        made = self._made(lambda row: (row[0], report_of(row[1:])), query, json.dumps([*keys]))
        return dict(made)

    def projects(self, keys: Iterable[int]) -> set[str]:
        """Return the projects that the reports with these keys are about."""
        query = "SELECT DISTINCT projects FROM report WHERE key IN (SELECT value FROM json_each(?))"
        return set().union(*self._made(lambda row: strings_of(row[0]), query, json.dumps([*keys])))

    def failures(self) -> tuple[Failure, ...]:
        """Return the quarantine, by file."""
        from searcher.index.library_beside import failure_of

        query = "SELECT file, sha256, reason, detail, hint, seconds FROM failure ORDER BY file"
        return tuple(self._made(failure_of, query))

    def attributions(self, report_id: str) -> tuple[Attribution, ...]:
        """Return each value of the report with its source, and the span that says so."""
        self._row_of(report_id, "key")
        query = f"""SELECT field, value, source, start, end, score
            FROM report JOIN found ON {parts_of("found")} WHERE report.id = ? ORDER BY found.key"""
        return tuple(self._made(attribution_of, query, report_id))

    def evidence(self, report_id: str) -> tuple[Evidence, ...]:
        """Return each value of the report with its source, and the words that say so."""
        query = f"""SELECT found.field, found.value, found.source, found.start, found.end,
            found.score, CASE WHEN report.paged THEN page.key & {LAST_PART} END
            FROM report JOIN found ON {parts_of("found")} LEFT JOIN page ON {parts_of("page")}
            AND page.start <= found.start AND found.start < page.end
            WHERE report.id = ? ORDER BY found.key"""
        rows = self._rows(query, report_id)
        with self._file.making():
            return tuple(evidence_of(row, self._quote(report_id, row[3:5])) for row in rows)

    def stored(self) -> tuple[Stored, ...]:
        """Return what a build must know of every report, by id."""
        rows = self._rows("SELECT id, sha256, file, path, record_hash FROM report ORDER BY id")
        return tuple(
            Stored(report_id, sha256, file, os.fsdecode(path), record_hash)
            for report_id, sha256, file, path, record_hash in rows
        )

    def vocabularies(self) -> Vocabularies:
        """Return the vocabularies that the reports were described with."""
        from searcher.vocabulary import ConceptKind, Vocabularies

        projects, themes, outcomes, designs = map(self.vocabulary, ConceptKind)
        return Vocabularies(projects, themes, outcomes, designs)

    def labels(self, kind: ConceptKind) -> dict[str, str]:
        """Return the preferred label of each concept of ``kind``, by id."""
        return dict(self._rows("SELECT id, label FROM concept WHERE kind = ?", kind))

    def vocabulary(self, kind: ConceptKind) -> Vocabulary:
        """Return one of them, which is read once."""
        from searcher.index.library_beside import concept_of
        from searcher.vocabulary import Vocabulary

        if kind not in self._vocabularies:
            query = "SELECT * FROM concept WHERE kind = ? ORDER BY ordinal"
            made = tuple(self._made(concept_of, query, kind))
            self._vocabularies[kind] = Vocabulary(kind, made)
        return self._vocabularies[kind]

    def _pages(self, report_id: str, more: str = "", *values: object) -> Iterator[PageText]:
        query = f"""SELECT report.key, page.end, report.id, page.key & {LAST_PART}, page.label,
            page.start, page.body_end, page.blocks, report.paged, {READER}, page.grade
            FROM report JOIN page ON {parts_of("page")} WHERE report.id = ? {more}
            ORDER BY page.key"""
        for key, end, *row in self._rows(query, report_id, *values):
            with self._file.making():
                page = page_of(row, self._texts.cut(key, row[3], end))
            yield page

    def _quote(self, report_id: str, ends: Sequence[Any]) -> str | None:
        span = span_of(*ends)
        return self.text(report_id, span) if span else None

    def _row_of(self, report_id: str, columns: str) -> tuple[Any, ...]:
        for row in self._rows(f"SELECT {columns} FROM report WHERE id = ?", report_id):
            return row
        raise self._unknown_report(report_id)

    def _unknown_report(self, report_id: str) -> UnknownNameError:
        rows = self._rows("SELECT id FROM report ORDER BY id")
        near = nearest(report_id, [str(row[0]) for row in rows])
        return UnknownNameError("report", report_id, near=near, hint="searcher reports lists them")
