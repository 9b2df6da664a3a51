"""What other programs read: every answer as JSON-ready dictionaries.

Fields are only ever added within a version. Spans become ``[start, end]``, in code points;
sheets count from 1; times are UTC, ISO 8601. ``searcher schema NAME`` prints each shape's schema.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from searcher.config import Origin
    from searcher.document import Block, Span
    from searcher.errors import SearcherError
    from searcher.failure import Failure
    from searcher.results.answer import Asked, Coverage, Facet, Hit, Results, Snippet, Totals
    from searcher.results.report import (
        Evidence,
        Outline,
        PageText,
        PassageRef,
        PassageText,
        Report,
    )
    from searcher.results.report import SectionEntry as Entry

Shape = dict[str, object]


def span_shape(span: Span) -> list[int]:
    """Return ``[start, end]``."""
    return [span.start, span.end]


def results_shape(results: Results) -> Shape:
    """Return an answer as ``search --json`` prints it."""
    return {
        "schema": "searcher/results/1",
        "query": query_shape(results.asked),
        "total": totals_shape(results.totals),
        "coverage": coverage_shape(results.coverage),
        "hits": [hit_shape(hit) for hit in results.hits],
        "facets": {
            field: [facet_shape(facet) for facet in values] for field, values in results.facets
        },
    }


def query_shape(asked: Asked) -> Shape:
    """Return a query as it was understood."""
    return {
        "text": asked.text,
        "parsed": asked.parsed,
        "expansions": [{"term": term, "added": list(added)} for term, added in asked.expansions],
        "filters": {field: list(values) for field, values in asked.filters},
        "suggestion": asked.suggestion,
        "any_word": asked.any_word,
        "fell_back": asked.fell_back,
    }


def totals_shape(totals: Totals) -> Shape:
    """Return how many matched."""
    return {
        "passages": totals.passages,
        "reports": totals.reports,
        "projects": totals.projects,
    }


def coverage_shape(coverage: Coverage) -> Shape:
    """Return what was searched and what was not."""
    return {
        "reports": coverage.reports,
        "pages": coverage.pages,
        "pages_without_text": coverage.pages_without_text,
        "quarantined": coverage.quarantined,
        "generation": coverage.generation,
        "fingerprint": coverage.fingerprint,
        "built": coverage.built,
    }


def hit_shape(hit: Hit) -> Shape:
    """Return one hit, as ``search --format jsonl`` prints it on a line."""
    parts = (
        {}
        if hit.parts is None
        else {"parts": [{**part._asdict(), "score": part.score} for part in hit.parts]}
    )
    return {
        "rank": hit.rank,
        "score": hit.score,
        "report": summary_shape(hit.report),
        "passage": passage_ref_shape(hit.passage),
        "snippet": _snippet(hit.snippet),
        **parts,
    }


def summary_shape(report: Report) -> Shape:
    """Return the few fields of a report that a hit, a citation and a verdict carry."""
    return {
        "id": report.id,
        "file": report.file,
        "title": report.title,
        "authors": list(report.authors),
        "publisher": report.publisher,
        "year": report.year,
        "projects": list(report.projects),
        "themes": list(report.themes),
        "outcomes": list(report.outcomes),
    }


def passage_ref_shape(passage: PassageRef) -> Shape:
    """Return where a passage stands; ``page`` is null in a report without sheets."""
    return {
        "id": passage.id,
        "section": list(passage.section),
        "section_kind": str(passage.section_kind),
        "page": passage.page,
        "page_last": passage.page_last,
        "page_label": passage.page_label,
        "span": span_shape(passage.span),
        "anchor": passage.anchor,
    }


def _snippet(snippet: Snippet) -> Shape:
    return {
        "text": snippet.text,
        "highlights": [span_shape(span) for span in snippet.highlights],
        "span": span_shape(snippet.span),
    }


def passage_shape(passage: PassageText) -> Shape:
    """Return one passage with its text."""
    return {
        "schema": "searcher/passage/1",
        "report": summary_shape(passage.report),
        "passage": passage_ref_shape(passage.passage),
        "text": passage.text,
    }


def facet_shape(facet: Facet) -> Shape:
    """Return one value of a field with its counts."""
    return {
        "id": facet.id,
        "label": facet.label,
        "projects": facet.projects,
        "reports": facet.reports,
        "passages": facet.passages,
    }


def facets_shape(field: str, facets: Sequence[Facet], text: str | None = None) -> Shape:
    """Return the values of one field, as ``facets FIELD [QUERY] --json`` prints them."""
    return {
        "schema": "searcher/facets/1",
        "field": field,
        "query": text,
        "values": [facet_shape(facet) for facet in facets],
    }


def report_shape(report: Report) -> Shape:
    """Return a report as ``reports --format jsonl`` prints it on a line."""
    return {"schema": "searcher/report/1", **_record(report)}


def outline_shape(outline: Outline) -> Shape:
    """Return a report with its sections, as ``show ID --json`` prints it."""
    return {
        "schema": "searcher/document/1",
        **_record(outline.report),
        "sections": [_section(entry) for entry in outline.sections],
        "evidence": [_evidence(entry) for entry in outline.evidence],
    }


def _record(report: Report) -> Shape:
    return {
        "id": report.id,
        "file": report.file,
        "sha256": report.sha256,
        "media_type": report.media_type,
        "title": report.title,
        "authors": list(report.authors),
        "publisher": report.publisher,
        "year": report.year,
        "date": report.date,
        "series": report.series,
        "identifiers": list(report.identifiers),
        "language": report.language,
        "url": report.url,
        "notes": report.notes,
        "pages": report.pages,
        "pages_without_text": report.pages_without_text,
        "words": report.words,
        "grade": report.grade,
        "projects": list(report.projects),
        "themes": list(report.themes),
        "outcomes": list(report.outcomes),
        "designs": list(report.designs),
        "sources": {field: str(source) for field, source in report.sources},
        "duplicate_of": report.duplicate_of,
        "reader": report.reader,
    }


def _section(entry: Entry) -> Shape:
    return {
        "path": list(entry.path),
        "level": entry.level,
        "kind": str(entry.kind),
        "page": entry.page,
        "span": span_shape(entry.span),
        "anchor": entry.anchor,
    }


def _evidence(entry: Evidence) -> Shape:
    return {
        "field": entry.field,
        "value": entry.value,
        "source": str(entry.source),
        "span": span_shape(entry.span) if entry.span is not None else None,
        "page": entry.page,
        "score": entry.score,
        "quote": entry.quote,
    }


def page_shape(page: PageText) -> Shape:
    """Return one page, as ``show ID --page N --json`` prints it."""
    return {
        "schema": "searcher/page/1",
        "report": page.report,
        "page": page.page,
        "page_label": page.page_label,
        "text": page.text,
        "blocks": [_block(block, text) for block, text in page.blocks],
        "reader": page.reader,
        "grade": page.grade,
    }


def _block(block: Block, text: str) -> Shape:
    return {
        "kind": str(block.kind),
        "level": block.level,
        "text": text,
        "span": span_shape(block.span),
        "anchor": block.anchor,
    }


def failure_shape(failure: Failure) -> Shape:
    """Return one file in quarantine; ``quarantine --json`` prints a list of them."""
    return {
        "file": failure.file,
        "sha256": failure.sha256,
        "reason": str(failure.reason),
        "detail": failure.detail,
        "hint": failure.hint,
        "seconds": failure.seconds,
    }


def config_shape(origins: Iterable[Origin]) -> Shape:
    """Return each setting with its value and where that came from."""
    return {
        "schema": "searcher/config/1",
        "settings": [
            {
                "name": origin.name,
                "value": origin.value if isinstance(origin.value, int) else str(origin.value),
                "origin": origin.origin,
            }
            for origin in origins
        ],
    }


def error_shape(error: SearcherError) -> Shape:
    """Return an error as it is printed on stderr where JSON was asked for."""
    return {
        "error": {
            "type": type(error).__name__,
            "message": error.message,
            "hint": error.hint,
            "exit_status": error.exit_status,
        }
    }
