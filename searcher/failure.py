"""A file that did not become a report, and why: what quarantine holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searcher.frozen import dataclass

if TYPE_CHECKING:
    from searcher.errors import Reason


@dataclass(frozen=True, slots=True)
class Failure:
    """One file, or one line of a file (``file:line``), that could not be read.

    ``file`` is the path below the folder that was ingested; ``sha256`` is ``None`` where the
    bytes could not be had; ``seconds`` is the wall time spent on it.
    """

    file: str
    sha256: str | None
    reason: Reason
    detail: str
    hint: str = ""
    seconds: float = 0.0
