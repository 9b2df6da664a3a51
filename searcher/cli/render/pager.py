"""Lines to standard output, through a pager where a person looks at a terminal.

What starts a program is imported where one is started.
"""

from __future__ import annotations

import contextlib
import os
import sys
from typing import IO, TYPE_CHECKING

from searcher.cli.ending import Terminated, listen
from searcher.cli.render.terminal import is_terminal, write_line
from searcher.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DEFAULT = "less -FRX"
NO_PAGERS = frozenset({"", "cat"})


def write(lines: Iterable[str], *, pager: str | None) -> None:
    """Write each of ``lines``; ``pager`` is a command, or ``None`` for none.

    Raises:
        ConfigError: a terminal is there, and ``pager`` is no command.
    """
    command = _command(pager) if pager and _can_page() else []
    if not command or not _is_there(command[0]):
        for line in lines:
            write_line(line, sys.stdout)
        return
    _page(lines, command)


def chosen_pager(setting: str) -> str | None:
    """Return the pager's command: ``SEARCHER_PAGER`` or the setting, ``PAGER``, ``less``."""
    pager = setting or os.environ.get("PAGER", DEFAULT)
    return None if pager.strip() in NO_PAGERS else pager


def _can_page() -> bool:
    """Tell whether a person looks at a terminal that can move its cursor."""
    return is_terminal(sys.stdout) and os.environ.get("TERM") != "dumb"


def _is_there(program: str) -> bool:
    from shutil import which

    return which(program) is not None


def _command(pager: str) -> list[str]:
    import shlex

    try:
        return shlex.split(pager)
    except ValueError as exc:
        msg = f"pager: {pager!r} is no command: {str(exc).casefold()}"
        hint = "mend PAGER or the setting pager; --no-pager does without"
        raise ConfigError(msg, hint=hint) from exc


def _page(lines: Iterable[str], command: list[str]) -> None:
    """Feed ``lines`` to the pager until they end or the reader has seen enough.

    Raises:
        Terminated: we are to end; the pager, which holds the terminal, has ended too.
    """
    import subprocess

    listen()
    environment = {"LESS": "FRX", "LV": "-c", "LESSCHARSET": "utf-8", **os.environ}
    process = subprocess.Popen(  # noqa: S603 - the person's own pager, without a shell
        command, stdin=subprocess.PIPE, env=environment, text=True, encoding="utf-8"
    )
    try:
        _feed(lines, process.stdin)
        while process.poll() is None:
            with _left_to_the_pager():
                process.wait()
    except Terminated:
        process.terminate()
        process.wait()
        _close(process.stdin)  # what it was not given yet goes nowhere
        raise


def _feed(lines: Iterable[str], pipe: IO[str] | None) -> None:
    """Write ``lines`` until the pager has enough, or the person interrupts it."""
    if pipe is not None:
        with _left_to_the_pager(), contextlib.suppress(BrokenPipeError):
            for line in lines:
                pipe.write(line + "\n")
        _close(pipe)


def _close(pipe: IO[str] | None) -> None:
    if pipe is not None:
        with contextlib.suppress(BrokenPipeError):
            pipe.close()


@contextlib.contextmanager
def _left_to_the_pager() -> Iterator[None]:
    """Let Ctrl-C be the pager's, which still runs."""
    try:
        yield
    except Terminated:
        raise
    except KeyboardInterrupt:
        pass
