"""Citations as RIS, the tagged lines that reference managers import; UTF-8, line feeds.

``SP`` and ``EP`` are the pages as printed, or sheets where nothing is printed; ``SN`` is an
ISBN or ISSN, else the report's own number, which is ``M1`` beside one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from searcher.cite.exporter import distinct
from searcher.cite.identifier import IdentifierKind, identifiers, number_in_series
from searcher.cite.line import one_line
from searcher.cite.place import pages, place
from searcher.cite.reference import authors, date_parts, title, url

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from searcher.cite.citation import Citation
    from searcher.results.report import Report


def export(citations: Sequence[Citation]) -> str:
    """Return one record for each citation, from ``TY`` to ``ER``."""
    return "\n".join(_record(citation) for citation in distinct(citations))


def _record(citation: Citation) -> str:
    lines = [f"{tag}  - {value}\n" for tag, value in _tags(citation) if value]
    return "".join(["TY  - RPRT\n", *lines, "ER  - \n"])


def _tags(citation: Citation) -> Iterator[tuple[str, str]]:
    report = citation.report
    quote = one_line(citation.quote or "")
    first, last = pages(citation) or ("", "")
    yield "ID", citation.key
    yield from (("AU", author.inverted) for author in authors(report))
    yield "TI", title(report)
    yield "PB", one_line(report.publisher or "")
    yield "PY", str(report.year) if report.year is not None else ""
    yield "DA", _date(report)
    yield "T3", one_line(report.series or "")
    yield "SP", first
    yield "EP", last
    yield from _numbers(citation)
    yield "LA", one_line(report.language or "")
    yield from (("KW", one_line(project)) for project in citation.projects)
    yield "UR", url(citation)
    yield "N1", place(citation)
    yield "N1", f"“{quote}”" if quote else ""


def _date(report: Report) -> str:
    """Return ``YYYY/MM/DD/``, as far as it is known, where more than the year is."""
    parts = date_parts(report)
    if len(parts) < 2:
        return ""
    written = [f"{part:02}" for part in parts]
    return "/".join([*written, *[""] * (4 - len(written))])


def _numbers(citation: Citation) -> Iterator[tuple[str, str]]:
    numbers = identifiers(citation.report)
    own = number_in_series(citation.report)
    serial = numbers.get(IdentifierKind.ISBN) or numbers.get(IdentifierKind.ISSN)
    yield "SN", serial or own
    yield "M1", own if serial else ""
    yield "DO", numbers.get(IdentifierKind.DOI, "")
