"""The seam between a file's bytes and a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from searcher import plugins

if TYPE_CHECKING:
    from searcher.document import Document

GROUP = "searcher.extractors"


class Extractor(Protocol):
    """Reads one media type.

    Law: equal bytes give equal documents; the pages tile the text; furniture comes last on its
    page. An extractor never writes, never opens the network, and knows nothing of files.
    """

    version: int
    """Grows whenever equal bytes would give another document; part of the cache's key."""

    def extract(self, data: bytes) -> Document:
        """Return the document that ``data`` holds.

        Raises:
            ExtractionError: with the reason why there is none.
        """


def extractor_for(media_type: str) -> Extractor:
    """Return the extractor registered for ``media_type``.

    Raises:
        UnknownNameError: no extractor reads it.
    """
    return cast("type[Extractor]", plugins.load(GROUP, media_type))()
