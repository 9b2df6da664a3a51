"""Citations as BibTeX: ``@techreport``, bodies and acronyms in braces, any character safe.

Text is UTF-8. A quotation is the entry's ``annote``, what is cited of the report its ``note``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from searcher.cite.exporter import distinct
from searcher.cite.identifier import IdentifierKind, identifiers, number_in_series
from searcher.cite.line import one_line
from searcher.cite.place import place
from searcher.cite.reference import authors, date_parts, title, url

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from searcher.cite.author import Author
    from searcher.cite.citation import Citation

_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{char: f"\\{char}" for char in "$&#_%"},
}
_ESCAPE_TABLE = str.maketrans(_ESCAPES)
_ACRONYM = re.compile(r"\w*[A-Z]\w*[A-Z]\w*")
_AND = re.compile(r"\band\b", re.IGNORECASE)


def export(citations: Sequence[Citation]) -> str:
    """Return one entry for each citation, a blank line between them."""
    return "\n".join(_entry(citation) for citation in distinct(citations))


def _entry(citation: Citation) -> str:
    fields = "".join(f",\n  {name} = {{{value}}}" for name, value in _fields(citation) if value)
    return f"@techreport{{{citation.key}{fields}\n}}\n"


def _fields(citation: Citation) -> Iterator[tuple[str, str]]:
    report = citation.report
    numbers = identifiers(report)
    quote = one_line(citation.quote or "")
    yield "author", " and ".join(_name(author) for author in authors(report))
    yield "title", _title(title(report))
    yield "institution", _escape(one_line(report.publisher or ""))
    yield "year", str(report.year) if report.year is not None else ""
    yield "month", str(date_parts(report)[1]) if len(date_parts(report)) > 1 else ""
    yield "type", _escape(one_line(report.series or ""))
    yield "number", _escape(number_in_series(report))
    yield "isbn", _escape(numbers.get(IdentifierKind.ISBN, ""))
    yield "issn", _escape(numbers.get(IdentifierKind.ISSN, ""))
    yield "doi", _verbatim(numbers.get(IdentifierKind.DOI, ""))
    yield "note", _escape(place(citation))
    yield "annote", _escape(f"“{quote}”" if quote else "")
    yield "keywords", _escape(", ".join(map(one_line, citation.projects)))
    yield "language", _escape(one_line(report.language or ""))
    yield "url", _verbatim(url(citation))


def _name(author: Author) -> str:
    """Return a person as ``Surname, Given``, a body in braces of its own."""
    if not author.is_person or _AND.search(author.inverted):
        return f"{{{_escape(author.inverted)}}}"
    return _escape(author.inverted)


def _title(text: str) -> str:
    """Return a title in which no style can take an acronym's capitals away."""
    if text.isupper():
        return _escape(text)
    parts: list[str] = []
    end = 0
    for found in _ACRONYM.finditer(text):
        parts += [_escape(text[end : found.start()]), f"{{{_escape(found[0])}}}"]
        end = found.end()
    return "".join([*parts, _escape(text[end:])])


def _escape(text: str) -> str:
    """Return ``text`` with no character of it a command, in balanced braces."""
    return text.translate(_ESCAPE_TABLE)


def _verbatim(text: str) -> str:
    """Return an address as the fields that TeX does not read hold it: only braces are coded."""
    return text.replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D")
