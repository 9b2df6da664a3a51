"""What a report says of itself: on its first and last sheets, and in the file's own records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searcher.document import Found, Metadata
from searcher.extract.pdf.dates import find_date, year_of
from searcher.extract.pdf.metadata.authors import find_authors
from searcher.extract.pdf.metadata.cover import front_of
from searcher.extract.pdf.metadata.identifiers import find_identifiers
from searcher.extract.pdf.metadata.language import find_language
from searcher.extract.pdf.metadata.publishers import find_publisher
from searcher.extract.pdf.metadata.series import find_series
from searcher.extract.pdf.metadata.titles import find_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searcher.document import Document
    from searcher.extract.pdf.layout import LaidPage
    from searcher.extract.pdf.words import FileInfo

_NEAR = 2  # sheets


def find_metadata(document: Document, laid: Sequence[LaidPage], info: FileInfo) -> Metadata:
    """Return what ``document``, made of ``laid``, and its file's ``info`` say.

    Spans point into the text.
    """
    front = front_of(document, laid)
    xmp = info.xmp
    bodies = [text for text in (xmp.publisher, info.author, *xmp.creators) if text]
    publisher = find_publisher(document, front, bodies)
    inner = [line for sheet in front.sheets[_NEAR:] if sheet.is_cover for line in sheet.lines]
    rows = [row for sheet in front.sheets[:_NEAR] if sheet.is_cover for row in sheet.rows]
    dated = [*front.lines(_NEAR), *rows, *inner]
    date = find_date(dated, front.imprint, info.created or year_of(xmp.date))
    series = find_series([*front.rows(_NEAR), *front.lines()])
    return Metadata(
        title=find_title(front, [text for text in (info.title, xmp.title) if text]),
        authors=find_authors(
            front,
            document.text,
            stated=bodies,
            publisher=publisher.value if publisher else "",
        ),
        publisher=publisher,
        year=Found(int(date.value[:4]), date.source, date.span) if date else None,
        date=date,
        series=series[0] if series else None,
        identifiers=find_identifiers(
            front, series=series[1] if series else None, stated=xmp.identifiers
        ),
        language=find_language(document, info.language or xmp.language),
    )
