"""Citations as CSL-JSON, for pandoc and every citation processor.

``page`` is the page as it is cited; ``note`` says it in words, with the quotation; ``custom``
holds what leads back: the report's id, the sheets, the span. A body is a ``literal`` name.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from searcher.cite.exporter import distinct
from searcher.cite.identifier import IdentifierKind, identifiers, number_in_series
from searcher.cite.line import one_line
from searcher.cite.place import pages, place
from searcher.cite.reference import authors, date_parts, title, url

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searcher.cite.author import Author
    from searcher.cite.citation import Citation
    from searcher.results.shape import Shape

_OBEYED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_NUMBERS = (
    ("ISBN", IdentifierKind.ISBN),
    ("ISSN", IdentifierKind.ISSN),
    ("DOI", IdentifierKind.DOI),
)


def export(citations: Sequence[Citation]) -> str:
    """Return a JSON list of one item for each citation."""
    items = [_item(citation) for citation in distinct(citations)]
    text = json.dumps(items, ensure_ascii=False, indent=2)
    return _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def _item(citation: Citation) -> Shape:
    report = citation.report
    numbers = identifiers(report)
    item: Shape = {
        "id": citation.key,
        "type": "report",
        "title": title(report),
        "author": [_name(author) for author in authors(report)],
        "publisher": one_line(report.publisher or ""),
        "issued": {"date-parts": [date_parts(report)]} if report.year is not None else None,
        "page": _pages(citation),
        "collection-title": one_line(report.series or ""),
        "number": number_in_series(report),
        **{name: numbers.get(kind) for name, kind in _NUMBERS},
        "number-of-pages": str(report.pages) if report.pages else "",
        "section": one_line(citation.section[-1]) if citation.section else "",
        "URL": url(citation),
        "language": one_line(report.language or ""),
        "keyword": ", ".join(map(one_line, citation.projects)),
        "note": _note(citation),
    }
    return {name: value for name, value in item.items() if value} | {"custom": _custom(citation)}


def _name(author: Author) -> Shape:
    if author.is_person:
        return {"family": author.name, "given": author.given}
    return {"literal": author.name}


def _pages(citation: Citation) -> str:
    first, last = pages(citation) or ("", "")
    return first if first == last else f"{first}–{last}"


def _note(citation: Citation) -> str:
    quote = one_line(citation.quote or "")
    return " ".join(part for part in (place(citation), f"“{quote}”" if quote else "") if part)


def _custom(citation: Citation) -> Shape:
    span = citation.span
    held: Shape = {
        "report": citation.report.id,
        "sheet": citation.page,
        "sheet_last": citation.page_last,
        "page_label": citation.page_label,
        "anchor": citation.anchor,
        "span": [span.start, span.end] if span is not None else None,
        "quote": citation.quote,
    }
    return {name: value for name, value in held.items() if value is not None}
