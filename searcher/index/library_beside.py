"""Rows of ``library.db`` that few searches read: concepts, how pages were read, the quarantine."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from searcher.errors import Reason
from searcher.failure import Failure
from searcher.index.library_rows import strings_of
from searcher.index.library_schema import FIGURES
from searcher.results.quality import PageFigures
from searcher.vocabulary import Concept, ConceptKind, Polarity, Status

if TYPE_CHECKING:
    from collections.abc import Sequence


def concept_of(row: Sequence[Any]) -> Concept:
    """Return the concept of a row of its table."""
    kind, _, concept_id, label, alternatives, broader, definition, polarity, *rest = row
    status, sources, facts = rest
    return Concept(
        ConceptKind(str(kind)), str(concept_id), str(label), strings_of(alternatives),
        strings_of(broader), str(definition), Polarity(str(polarity)) if polarity else None,
        Status(str(status)), strings_of(sources),
        tuple((name, value) for name, value in json.loads(str(facts))),
    )  # fmt: skip


def figures_of(row: Sequence[Any]) -> tuple[str, PageFigures]:
    """Return the report's id and how one of its pages was read."""
    report_id, *figures = row
    values = dict(zip(("number", "label", *FIGURES), figures, strict=True))
    values["is_unread"] = bool(values["is_unread"])
    return report_id, PageFigures(**values)


def failure_of(row: Sequence[Any]) -> Failure:
    """Return the failure of a row of its table."""
    file, sha256, reason, detail, hint, seconds = row
    return Failure(file, sha256, Reason(reason), detail, hint, seconds)
