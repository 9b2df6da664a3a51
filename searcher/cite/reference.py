"""The parts of a reference as a person reads it, in the order of the Harvard style.

``Author (Year). Title. Publisher. Place. “Quote” URL``; what is not known is left out, but a
year that is not known is ``n.d.``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from searcher.cite.author import Author, author
from searcher.cite.line import one_line
from searcher.cite.place import place

if TYPE_CHECKING:
    from searcher.cite.citation import Citation
    from searcher.results.report import Report


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference, each part on one line; an empty part is not known."""

    authors: str
    year: str
    title: str
    publisher: str
    place: str
    quote: str
    url: str


def reference(citation: Citation) -> Reference:
    """Return the parts of ``citation``; a publisher who is the author is not named twice."""
    report = citation.report
    names = "; ".join(author.inverted for author in authors(report))
    publisher = one_line(report.publisher or "")
    return Reference(
        authors=names,
        year=str(report.year) if report.year is not None else "n.d.",
        title=title(report),
        publisher=publisher if publisher != names else "",
        place=place(citation),
        quote=one_line(citation.quote or ""),
        url=url(citation),
    )


def authors(report: Report) -> tuple[Author, ...]:
    """Return who wrote the report; where nobody is named, its publisher did."""
    named = tuple(author(name) for name in report.authors if one_line(name))
    publisher = one_line(report.publisher or "")
    return named or ((Author(publisher),) if publisher else ())


def date_parts(report: Report) -> list[int]:
    """Return year, month and day as far as they are known; of a date in another year the year."""
    parts = [int(part) for part in (report.date or "").split("-") if part.isdigit()]
    if report.year is None:
        return []
    return parts if parts[:1] == [report.year] else [report.year]


def title(report: Report) -> str:
    """Return the title; a report without one is called by its id."""
    return one_line(report.title) or one_line(report.id)


def url(citation: Citation) -> str:
    """Return the web address, down to the place that a page without sheets names."""
    address = one_line(citation.report.url or "").replace(" ", "%20")
    anchor = one_line(citation.anchor or "").replace(" ", "%20")
    if address and anchor and citation.page is None and "#" not in address:
        return f"{address}#{anchor}"
    return address


def ended(text: str) -> str:
    """Return ``text`` with a full stop, unless it ends a sentence by itself."""
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."
