"""A document and what is known of it, joined to the entry that a build stores.

A person's value wins over what the file says, which wins over what its text was taken to be
about; each value keeps its source.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from searcher.classify import classify
from searcher.corpus.catalogue import CONCEPT_COLUMNS, CatalogueRow
from searcher.document import Source
from searcher.index.entry import Attribution, Entry
from searcher.quality.figures import page_figures
from searcher.quality.grades import graded
from searcher.results.report import Report
from searcher.segment.passages import passages
from searcher.segment.sections import sections

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searcher.document import Document, Found
    from searcher.ingest.plan import Planned
    from searcher.vocabulary import Vocabularies

VERSION = "5"
"""Grows whenever the same document would be cut, classified or described otherwise."""

LISTS = frozenset({"authors", "identifiers", *CONCEPT_COLUMNS})
_NO_ROW = CatalogueRow()


def describe(planned: Planned, document: Document, vocabularies: Vocabularies) -> Entry:
    """Return ``document`` as the generation stores it.

    A duplicate has a record and no passages: its text is found once.
    """
    parts = sections(document)
    said = _said(planned, document, vocabularies)
    values = _values(said)
    figures = page_figures(document)
    source = planned.source
    report = Report(
        id=planned.id,
        file=source.file,
        sha256=source.sha256,
        media_type=document.media_type,
        title=str(values.pop("title", PurePosixPath(source.file).stem)),
        notes=(planned.row or _NO_ROW).notes or None,
        pages=len(document.pages) if document.paged else 0,
        pages_without_text=sum(page.is_unread for page in document.pages),
        words=sum(page.words for page in figures),
        sources=tuple(sorted({one.field: one.source for one in said}.items())),
        duplicate_of=planned.duplicate_of,
        reader=document.reader,
        **values,  # type: ignore[arg-type]
    )
    quality = graded(report, figures)
    return Entry(
        report=replace(report, grade=quality.grade),
        record_hash=planned.record_hash,
        path=str(source.path.resolve()),
        document=document,
        sections=parts,
        passages=() if planned.duplicate_of else passages(document, parts),
        attributions=said,
        about=_about(report, vocabularies),
        qualities=quality.pages,
    )


def _values(said: tuple[Attribution, ...]) -> dict[str, object]:
    """Return the report's fields from what was said of it."""
    values: dict[str, object] = {}
    for one in said:
        if one.field in LISTS:
            values[one.field] = (*values.get(one.field, ()), one.value)  # type: ignore[misc]
        else:
            values[one.field] = int(one.value) if one.field == "year" else one.value
    return values


def _said(
    planned: Planned, document: Document, vocabularies: Vocabularies
) -> tuple[Attribution, ...]:
    """Return one source's word for each field: a person's, else the file's, else the text's."""
    human = _by_hand(planned.row or _NO_ROW)
    settled = {one.field for one in human}
    found = [one for one in _found(document) if one.field not in settled and _fits(one, human)]
    classified = [
        Attribution(f"{one.kind}s", one.concept, one.source, one.span, one.score)
        for one in classify(document, vocabularies, sections(document))
        if f"{one.kind}s" not in settled
    ]
    return (*human, *found, *classified)


def _fits(found: Attribution, human: Sequence[Attribution]) -> bool:
    """Tell whether ``found`` may stand beside what a person said: no date of another year."""
    years = [one.value for one in human if one.field == "year"]
    return found.field != "date" or all(found.value.startswith(year) for year in years)


def _by_hand(row: CatalogueRow) -> list[Attribution]:
    said = []
    for field in ("title", "authors", "publisher", "year", *CONCEPT_COLUMNS, "url"):
        value = getattr(row, field)
        listed = value if field in LISTS else (value,)
        said += [Attribution(field, str(one), Source.HUMAN) for one in listed if one]
    return said


def _found(document: Document) -> list[Attribution]:
    metadata = document.metadata
    return [
        *_lone("title", metadata.title),
        *_many("authors", metadata.authors),
        *_lone("publisher", metadata.publisher),
        *_lone("year", metadata.year),
        *_lone("date", metadata.date),
        *_lone("series", metadata.series),
        *(one for number in metadata.identifiers for one in _lone("identifiers", number)),
        *_lone("language", metadata.language),
        *_lone("url", metadata.url),
    ]


def _lone(field: str, found: Found[str] | Found[int] | None) -> list[Attribution]:
    return (
        []
        if found is None
        else [Attribution(field, _whole(str(found.value)), found.source, found.span)]
    )


def _many(field: str, found: Found[tuple[str, ...]] | None) -> list[Attribution]:
    if found is None:
        return []
    return [Attribution(field, _whole(value), found.source, found.span) for value in found.value]


def _whole(text: str) -> str:
    """Return ``text`` without half a surrogate pair, which a file's own title may hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _about(report: Report, vocabularies: Vocabularies) -> str:
    """Return the report's record as words: who, where, which project, what the file is called."""
    projects = (vocabularies.projects.label(project) for project in report.projects)
    year = [str(report.year)] if report.year else []
    path = report.file.replace("/", " ").replace("_", " ").rpartition(".")
    return " · ".join([
        *projects,
        *report.authors,
        report.publisher or "",
        *year,
        path[0] or path[2],
    ])
