"""What a report says of itself: on its first sheets, and in the file's own records."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from searcher.document import Found, Metadata, Source
from searcher.extract.pdf.authors import find_authors
from searcher.extract.pdf.cover import cover_lines
from searcher.extract.pdf.dates import publication_line
from searcher.extract.pdf.imprint import find_identifiers
from searcher.extract.pdf.publishers import Imprint, find_publisher
from searcher.extract.pdf.titles import find_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searcher.document import Document
    from searcher.extract.pdf.cover import CoverLine
    from searcher.extract.pdf.words import FileInfo

_TAG = re.compile(r"^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$")
_FRONT = 2  # sheets


def find_metadata(document: Document, info: FileInfo) -> Metadata:
    """Return what ``document`` and its file's ``info`` say; spans point into the text."""
    front = cover_lines(document, document.pages[:_FRONT])
    last = cover_lines(document, document.pages[_FRONT:][-1:])
    publisher = find_publisher(document, Imprint(front, last), info.author)
    return Metadata(
        title=find_title(front, info.title),
        authors=find_authors(front, info.author, publisher.value if publisher else ""),
        publisher=publisher,
        year=_year(front, info.created),
        identifiers=find_identifiers(document),
        language=_language(info.language),
    )


def _year(front: Sequence[CoverLine], created: int | None) -> Found[int] | None:
    dated = publication_line(front, created)
    if dated is not None:
        return Found(dated.year, Source.TITLE_PAGE, dated.line.span)
    return Found(created, Source.EMBEDDED) if created is not None else None


def _language(stated: str) -> Found[str] | None:
    tag = stated.replace("_", "-")
    return Found(tag, Source.EMBEDDED) if _TAG.match(tag) else None
