"""What the settings allow one file to cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searcher.extract.limits import MEGABYTE, Limits

if TYPE_CHECKING:
    from searcher.config import Settings


def limits_of(settings: Settings) -> Limits:
    """Return the limits that ``settings`` set.

    Raises:
        UsageError: the memory is less than a worker needs to start.
    """
    return Limits(
        wall_seconds=settings.timeout_seconds,
        cpu_seconds=settings.cpu_seconds,
        memory_bytes=settings.memory_mb * MEGABYTE,
        size_bytes=settings.file_mb * MEGABYTE,
    )
