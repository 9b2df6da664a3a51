"""What the settings allow one file to cost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from searcher.extract.limits import MEGABYTE, Limits

if TYPE_CHECKING:
    from searcher.config import Settings


TIMES_LONGER = 10


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
        pages=settings.file_pages,
    )


def longer(limits: Limits) -> Limits:
    """Return the limits of a file whose sheets are recognised: ten times as long, a sheet a second.

    What one process may take up stays as it is.
    """
    return replace(
        limits,
        wall_seconds=limits.wall_seconds * TIMES_LONGER,
        cpu_seconds=limits.cpu_seconds * TIMES_LONGER,
        times_longer=TIMES_LONGER,
    )
