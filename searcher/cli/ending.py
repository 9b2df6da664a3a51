"""A signal to end, taken for an interruption, so that nothing half-made is left behind."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType


class Terminated(KeyboardInterrupt):
    """The system asked us to end; we tidy up as for Ctrl-C. ``args[0]`` is the signal."""


def listen() -> None:
    """Let a signal to end raise ``Terminated`` from now on; a search listens when it waits."""
    from signal import SIG_DFL, SIGHUP, SIGTERM, getsignal, signal

    with suppress(ValueError):  # only the main thread is told of signals
        for number in (SIGTERM, SIGHUP):
            if getsignal(number) is SIG_DFL:  # nohup, for one, ignores the hang-up
                signal(number, _end)


def _end(number: int, _frame: FrameType | None) -> None:
    from signal import SIG_IGN, signal

    signal(number, SIG_IGN)
    raise Terminated(number)
