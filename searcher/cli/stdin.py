"""Standard input where an argument is ``-``."""

from __future__ import annotations

import sys

from searcher.cli.ending import listen
from searcher.errors import UsageError

NAME = "-"


def read() -> str:
    """Return all of standard input as text.

    Raises:
        UsageError: it is closed, cannot be read, or is not UTF-8.
    """
    if sys.stdin is None or sys.stdin.closed:
        msg = "standard input is closed"
        raise UsageError(msg, hint="- reads from standard input: give it something to read")
    listen()
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        msg = f"standard input: is not UTF-8 at byte {exc.start}"
        raise UsageError(msg, hint="convert it to UTF-8 first") from exc
    except OSError as exc:
        msg = f"standard input: {exc.strerror}"
        raise UsageError(msg) from exc
