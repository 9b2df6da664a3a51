"""Whether a source that was scanned in an earlier run still is what it was."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from searcher.errors import Reason
from searcher.failure import Failure
from searcher.ingest.cache import label

if TYPE_CHECKING:
    from searcher.corpus.source import Source

HINT = "searcher ingest reads it as it is now"


def stale(source: Source) -> Failure | None:
    """Return why the bytes of ``source`` cannot be had any more; ``None`` if they can."""
    try:
        with source.path.open("rb") as stream:
            stream.seek(source.offset)
            if source.length is None:
                sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
            else:
                sha256 = hashlib.sha256(stream.read(source.length)).hexdigest()
    except OSError as exc:
        detail = f"cannot be read again: {exc.strerror or type(exc).__name__}"
        return Failure(label(source), source.sha256, Reason.UNREADABLE, detail, HINT)
    if sha256 == source.sha256:
        return None
    detail = "changed since it was ingested"
    return Failure(label(source), source.sha256, Reason.UNREADABLE, detail, HINT)
