"""The seam between a file's bytes and a document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, cast, runtime_checkable

from searcher import plugins

if TYPE_CHECKING:
    from collections.abc import Iterable

    from searcher.document import Document
    from searcher.results.layout import PageLayout

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


@dataclass(frozen=True, slots=True)
class Begun:
    """The first part of a long file, read; ``parts`` and ``sheets`` are those of the whole."""

    first: bytes
    parts: int
    sheets: int


@runtime_checkable
class PartwiseExtractor(Extractor, Protocol):
    """Reads long files in parts, which may be read at the same time.

    Law: ``join`` of the parts is what ``extract`` returns. Parts are bytes that nothing in them
    can make run.
    """

    def begin(self, data: bytes) -> Document | Begun:
        """Return the document, if it is not long; else its first part."""

    def read_part(self, data: bytes, part: int) -> bytes:
        """Return ``part`` of the file, which counts from 1."""

    def join(self, read: Iterable[bytes]) -> Document:
        """Return the document whose parts, in order, are ``read``."""


@runtime_checkable
class DrawnExtractor(Extractor, Protocol):
    """Reads what has sheets, and tells where on a sheet it found what."""

    def draw(self, data: bytes, sheet: int, *, with_picture: bool) -> PageLayout:
        """Return how ``sheet``, from 1, is read; with a picture of it, if that is wanted.

        Raises:
            ExtractionError: as ``extract``, or there is no such sheet.
        """


def extractor_for(media_type: str) -> Extractor:
    """Return the extractor registered for ``media_type``.

    Raises:
        UnknownNameError: no extractor reads it.
    """
    return cast("type[Extractor]", plugins.load(GROUP, media_type))()
