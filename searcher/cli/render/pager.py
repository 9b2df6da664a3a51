"""Lines to standard output, through a pager where a person looks at a terminal.

What starts a program is imported where one is started.
"""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING

from searcher.cli.render.terminal import is_terminal, write_line
from searcher.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    """Feed ``lines`` to the pager until they end or the reader has seen enough."""
    import subprocess

    environment = {"LESS": "FRX", "LV": "-c", "LESSCHARSET": "utf-8", **os.environ}
    process = subprocess.Popen(  # noqa: S603 - the person's own pager, without a shell
        command, stdin=subprocess.PIPE, env=environment, text=True, encoding="utf-8"
    )
    if process.stdin is not None:
        with contextlib.suppress(BrokenPipeError), process.stdin as stream:
            for line in lines:
                stream.write(line + "\n")
    while process.poll() is None:
        with contextlib.suppress(KeyboardInterrupt):  # it is the pager's, which still runs
            process.wait()
