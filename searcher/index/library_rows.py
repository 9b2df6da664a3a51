"""Rows of ``library.db`` to the types that an answer is made of."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from searcher.document import SectionKind, Source, Span
from searcher.index.entry import Attribution
from searcher.index.library_blocks import blocks_of
from searcher.results.report import (
    Evidence,
    PageText,
    PassageRef,
    Report,
    passage_id,
)

if TYPE_CHECKING:
    from collections.abc import Sequence


def strings_of(text: object) -> tuple[str, ...]:
    """Return the strings of a JSON array."""
    return tuple(json.loads(str(text)))


def span_of(start: object, end: object) -> Span | None:
    """Return the span of two columns, which may both be empty."""
    return Span(int(str(start)), int(str(end))) if start is not None else None


def report_of(row: Sequence[Any]) -> Report:
    """Return the report of a row that has its fields in their order."""
    values = dict(zip(Report.__annotations__, row, strict=True))
    for name in ("authors", "identifiers", "projects", "themes", "outcomes", "designs"):
        values[name] = strings_of(values[name])
    pairs = json.loads(str(values["sources"]))
    values["sources"] = tuple((field, Source(source)) for field, source in pairs)
    return Report(**values)


def passage_of(row: Sequence[Any], path: tuple[str, ...]) -> PassageRef:
    """Return the place of a passage from a row of the passages' query, under the headings."""
    report_id, paged, kind, anchor, page, page_last, label, start, end = row
    span = Span(int(str(start)), int(str(end)))
    number = int(str(page)) if paged else None
    last = int(str(page_last)) if paged else None
    return PassageRef(
        passage_id(str(report_id), number, span), path, SectionKind(str(kind)), number, last,
        label, span, anchor,
    )  # fmt: skip


def page_of(row: Sequence[Any], text: str) -> PageText:
    """Return the page of a row of the pages' query, whose whole text is ``text``."""
    report_id, number, label, start, body_end, packed, paged, reader, grade = row
    blocks = tuple(
        (block, text[block.span.start - start : block.span.end - start])
        for block in blocks_of(packed, start)
    )
    body = text[: body_end - start]
    return PageText(report_id, number if paged else None, label, body, blocks, reader, grade)


def attribution_of(row: Sequence[Any]) -> Attribution:
    """Return the attribution of a row of its table, without the report."""
    field, value, source, start, end, score = row
    return Attribution(field, value, Source(source), span_of(start, end), score)


def evidence_of(row: Sequence[Any], quote: str | None) -> Evidence:
    """Return the evidence of a row: an attribution, then its sheet."""
    *attributed, page = row
    found = attribution_of(attributed)
    return Evidence(found.field, found.value, found.source, found.span, page, found.score, quote)
