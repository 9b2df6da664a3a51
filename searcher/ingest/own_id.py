"""The id that a source makes of itself, where nobody has given it one."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from searcher.corpus.source import Source

STEM_LENGTH = 48
_NOT_IN_SLUGS = re.compile(r"[^a-z0-9]+")


def own_id(source: Source) -> str:
    """Return the id that ``source`` makes of itself."""
    if source.record is not None:
        return source.record
    plain = unicodedata.normalize("NFKD", source.path.stem).encode("ascii", "ignore").decode()
    slug = _NOT_IN_SLUGS.sub("-", plain.lower()).strip("-")[:STEM_LENGTH].strip("-")
    return f"{slug or 'report'}-{source.sha256[:6]}"
