"""What an ingest did, with every file accounted for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from searcher.failure import Failure


@dataclass(frozen=True, slots=True)
class Summary:
    """The outcome of an ingest or a rebuild.

    Of the ``found`` sources, ``read`` were read now, ``unchanged`` are as they were; every one
    is a report or in quarantine. ``published`` is false when nothing had changed and the live
    generation stays. ``ignored`` are files that are no reports; ``notes`` are for the user.
    """

    generation: str
    fingerprint: str
    published: bool
    found: int
    read: int
    unchanged: int
    added: int
    renamed: int
    removed: int
    reports: int
    pages: int
    pages_without_text: int
    passages: int
    quarantined: tuple[Failure, ...]
    duplicates: int
    ignored: tuple[str, ...]
    notes: tuple[str, ...]
    seconds: float
    peak_worker_bytes: int = 0

    @property
    def exit_status(self) -> int:
        """Return 4 when something is in quarantine, else 0."""
        return 4 if self.quarantined else 0
