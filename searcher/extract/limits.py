"""What one file may cost, and what is said of a file that would cost more.

Each sentence names the limit's value, each hint the option that raises it.
"""

from __future__ import annotations

from dataclasses import dataclass

from searcher.errors import ExtractionError, Reason, UsageError

MEGABYTE = 1_000_000
"""What MB means in settings, limits and messages."""

LEAST_MEMORY_BYTES = 100 * MEGABYTE
"""What a worker takes up with all readers loaded (69 MB, Linux x86-64), and room to read."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost, and when a worker has served long enough.

    The seconds are those of the whole file: a long one, which is read in parts, has them for
    all parts together; ``memory_bytes`` is what one process may take up. Where the system does
    not enforce an address-space limit (macOS), it is not held; the limits on time are held
    everywhere. ``output_bytes`` is the most that the text of a report may take up, which nobody
    sets: far over any that people wrote. ``times_longer`` is how many times the seconds that were
    asked for these are: text recognition has more.

    Raises:
        UsageError: the memory is less than a worker needs to start.
    """

    wall_seconds: float = 120.0
    cpu_seconds: int = 90
    memory_bytes: int = 1500 * MEGABYTE
    size_bytes: int = 500 * MEGABYTE
    pages: int = 10_000
    output_bytes: int = 250 * MEGABYTE
    tasks_per_worker: int = 1000
    resident_bytes: int = 400 * MEGABYTE
    times_longer: int = 1

    def __post_init__(self) -> None:
        if self.memory_bytes < LEAST_MEMORY_BYTES:
            least = LEAST_MEMORY_BYTES // MEGABYTE
            msg = f"--memory {self.memory_bytes // MEGABYTE}: a reader needs at least {least} MB"
            raise UsageError(msg, hint=f"give it {least} or more; large reports need more")


def late(limits: Limits) -> ExtractionError:
    """Return what is said of a file that takes too long."""
    asked = f"{limits.wall_seconds / limits.times_longer:g}"
    detail = f"was not read within {limits.wall_seconds:g} s{_times(limits, '--timeout')}"
    hint = f"raise --timeout over {asked}, or save it again from a viewer"
    return ExtractionError(Reason.TIMEOUT, detail, hint=hint)


def laborious(limits: Limits) -> ExtractionError:
    """Return what is said of a file that takes too much of a processor's time."""
    asked = limits.cpu_seconds // limits.times_longer
    detail = f"used more than {limits.cpu_seconds} s of processor time{_times(limits, '--cpu')}"
    hint = f"raise --cpu over {asked}, or save it again from a viewer"
    return ExtractionError(Reason.TIMEOUT, detail, hint=hint)


def _times(limits: Limits, option: str) -> str:
    """Return what the seconds are to those of ``option``, where they are not the same."""
    return f", {limits.times_longer} times {option}" if limits.times_longer > 1 else ""


def starved(limits: Limits, end: str = "") -> ExtractionError:
    """Return what is said of a file that takes too much memory; ``end`` is how the reader died."""
    most = limits.memory_bytes // MEGABYTE
    detail = f"needs more than {most:,} MB of memory"
    detail += f" (the reader ended with {end})" if end else ""
    hint = f"raise --memory over {most}, or split the file"
    return ExtractionError(Reason.MEMORY, detail, hint=hint)


def heavy(limits: Limits, size_bytes: int) -> ExtractionError:
    """Return what is said of a file of too many bytes."""
    detail = f"holds {size_bytes:,} bytes, the limit is {limits.size_bytes:,}"
    hint = f"split it, or raise --file-size over {limits.size_bytes // MEGABYTE}"
    return ExtractionError(Reason.TOO_LARGE, detail, hint=hint)


def endless(limits: Limits, pages: int) -> ExtractionError:
    """Return what is said of a file of too many pages."""
    detail = f"has {pages:,} pages, the limit is {limits.pages:,}"
    hint = f"split it, or raise --file-pages to {pages}"
    return ExtractionError(Reason.TOO_LARGE, detail, hint=hint)


def wordy(limits: Limits) -> ExtractionError:
    """Return what is said of a file of too much text."""
    most = limits.output_bytes // MEGABYTE
    detail = f"its text takes up more than {most:,} MB, the most that one report may"
    return ExtractionError(Reason.TOO_LARGE, detail, hint="split it into several files")
