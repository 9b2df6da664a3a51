"""The seam behind which citations become a format that other programs read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from searcher import plugins

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searcher.cite.citation import Citation

GROUP = "searcher.exporters"


class Exporter(Protocol):
    """Writes citations in one format.

    A citation given twice is written once, in the order first given. What is written can be
    read back by any reader of the format, whatever a report calls itself; it ends in a line
    feed, and of no citations it is the format's empty file. Equal citations give equal text.
    """

    def __call__(self, citations: Sequence[Citation], /) -> str:
        """Return ``citations`` in this exporter's format."""


def exporter_for(name: str) -> Exporter:
    """Return the exporter registered as ``name``.

    Raises:
        UnknownNameError: there is none.
    """
    return cast("Exporter", plugins.load(GROUP, name))


def distinct(citations: Sequence[Citation]) -> tuple[Citation, ...]:
    """Return ``citations``, each once, in the order first given."""
    unique: dict[str, Citation] = {}
    for citation in citations:
        unique.setdefault(citation.key, citation)
    return tuple(unique.values())
