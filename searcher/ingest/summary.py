"""What an ingest did, with every file accounted for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from searcher.failure import Failure


@dataclass(frozen=True, slots=True)
class Summary:
    """The outcome of an ingest or a rebuild.

    Each source ``found`` in the paths given is ``added``, ``changed``, ``unchanged`` or
    ``failed``, and these add up. ``removed`` reports left since their file is gone. The index
    holds ``reports``, ``elsewhere`` of which came from other paths, and ``quarantined`` files,
    whichever path they came from. ``read`` sources were read now. ``published`` is false when
    nothing had changed and the live generation stays. ``ignored`` are files that were left
    alone; ``notes`` are for the user.
    """

    generation: str
    fingerprint: str
    published: bool
    found: int
    read: int
    unchanged: int
    added: int
    changed: int
    failed: int
    elsewhere: int
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
