"""A source: the bytes of one report on disk, a whole file or one line of a file of records."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePath
from types import MappingProxyType

RECORD = "application/json"
"""The media type of one line of a file of records."""

MEDIA_TYPES = MappingProxyType({
    ".pdf": "application/pdf",
    ".htm": "text/html",
    ".html": "text/html",
    ".xhtml": "text/html",
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".jsonl": RECORD,
})
"""The files that are taken for reports, by extension in lower case."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where the bytes of one report lie, and what they are.

    ``file`` is the path below the folder that was ingested, with ``/`` between its parts.
    ``sha256`` and ``size_bytes`` are those of the report: of the line for a record, which is
    the ``length`` bytes from ``offset`` and has its own id in ``record``. ``length`` is ``None``
    for a whole file.
    """

    path: Path
    file: str
    media_type: str
    sha256: str
    size_bytes: int
    offset: int = 0
    length: int | None = None
    record: str | None = None


def media_type_of(path: PurePath) -> str | None:
    """Return the media type that the extension of ``path`` declares, ``None`` if it has none."""
    return MEDIA_TYPES.get(path.suffix.lower())
