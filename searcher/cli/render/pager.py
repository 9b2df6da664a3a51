"""Lines to standard output, through a pager where a person looks at a terminal."""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import click

from searcher.cli.render.terminal import is_terminal

if TYPE_CHECKING:
    from collections.abc import Iterable

DEFAULT = "less -FRX"
NO_PAGERS = frozenset({"", "cat"})


def write(lines: Iterable[str], *, pager: str | None) -> None:
    """Write each of ``lines``; ``pager`` is a command, or ``None`` for none."""
    command = shlex.split(pager or "")
    if not command or not is_terminal(sys.stdout) or shutil.which(command[0]) is None:
        for line in lines:
            click.echo(line, color=True)
        return
    _page(lines, command)


def chosen_pager(setting: str) -> str | None:
    """Return the pager's command: ``SEARCHER_PAGER`` or the setting, ``PAGER``, ``less``."""
    pager = setting or os.environ.get("PAGER", DEFAULT)
    return None if pager.strip() in NO_PAGERS else pager


def _page(lines: Iterable[str], command: list[str]) -> None:
    """Feed ``lines`` to the pager until they end or the reader has seen enough."""
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
