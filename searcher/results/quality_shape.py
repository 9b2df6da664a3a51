"""How well reports were read, as JSON-ready dictionaries: ``quality --json``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searcher.results.quality import PageQuality, Remark, ReportQuality
    from searcher.results.shape import Shape

PLACES = 4
"""Decimal places of a share: more would say more than was counted."""


def quality_shape(quality: ReportQuality, *, with_pages: bool) -> Shape:
    """Return how one report was read; its sheets only if they were asked for."""
    report, figures = quality.report, quality.figures
    shape: Shape = {
        "schema": "searcher/quality/1",
        "report": report.id,
        "file": report.file,
        "title": report.title,
        "grade": str(quality.grade),
        "reasons": _reasons(quality.remarks),
        "pages": figures.sheets,
        "pages_without_text": figures.unread,
        "words": figures.words,
        "dictionary_share": _share(figures.dictionary_share),
        "garbled_share": _share(figures.garbled),
        "hyphens": figures.hyphens,
        "pages_in_columns": figures.in_columns,
        "furniture": {"blocks": figures.furniture, "words": figures.furniture_words},
        "label_mismatches": figures.contradicted,
        "headings": figures.headings,
        "readers": [
            {"reader": reader, "why": why, "pages": pages} for reader, why, pages in figures.readers
        ],
        "confidence": _share(figures.confidence),
    }
    if with_pages:
        is_paged = report.pages > 0
        shape["sheets"] = [page_quality_shape(page, is_paged=is_paged) for page in quality.pages]
    return shape


def page_quality_shape(quality: PageQuality, *, is_paged: bool) -> Shape:
    """Return how one sheet was read; ``page`` is null in a report without sheets."""
    figures = quality.figures
    return {
        "page": figures.number if is_paged else None,
        "page_label": figures.label,
        "grade": str(quality.grade),
        "reasons": _reasons(quality.remarks),
        "has_text": not figures.is_unread,
        "words": figures.words,
        "dictionary_share": _share(figures.dictionary_share),
        "garbled_share": _share(figures.garbled),
        "hyphens": figures.hyphens,
        "columns": figures.columns,
        "furniture": {"blocks": figures.furniture, "words": figures.furniture_words},
        "contradicted_label": figures.contradicted,
        "headings": figures.headings,
        "reader": figures.reader,
        "why": figures.why,
        "confidence": _share(figures.confidence),
    }


def _reasons(remarks: Sequence[Remark]) -> list[Shape]:
    return [{"grade": str(remark.grade), "text": remark.text} for remark in remarks]


def _share(share: float | None) -> float | None:
    return None if share is None else round(share, PLACES)
