"""Citations as plain text, one on a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searcher.cite.exporter import distinct
from searcher.cite.reference import ended, reference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searcher.cite.citation import Citation


def export(citations: Sequence[Citation]) -> str:
    """Return one line for each citation: ``Author (Year). Title. Publisher. p. 34. “Quote”``."""
    return "".join(f"{_line(citation)}\n" for citation in distinct(citations))


def _line(citation: Citation) -> str:
    parts = reference(citation)
    head = [f"{parts.authors} ({parts.year}).", ended(parts.title)]
    if not parts.authors:
        head = [f"{parts.title} ({parts.year})."]
    tail = [ended(part) for part in (parts.publisher, parts.place) if part]
    quote = [f"“{parts.quote}”"] if parts.quote else []
    return " ".join([*head, *tail, *quote, *([parts.url] if parts.url else [])])
