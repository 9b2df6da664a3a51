"""What a reader may not do, whatever a file makes it ask for.

It starts no program but the one it is told to, does not reach the network, and changes nothing
outside the folder of its run: the interpreter asks before each of these. Libraries that are no
Python are not asked; they have an empty environment, a folder of their own and no file larger
than a megabyte.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

FORBIDDEN = frozenset(
    "subprocess.Popen os.system os.exec os.fork os.forkpty os.posix_spawn os.spawn os.startfile "
    "pty.spawn webbrowser.open".split()
)
CHANGES = frozenset(
    "os.chflags os.chmod os.chown os.link os.mkdir os.remove os.rename os.rmdir os.setxattr "
    "os.symlink os.truncate os.utime".split()
)
"""What changes the paths that are its arguments."""

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def fence_in(folder: Path) -> Callable[[str], None]:
    """Refuse from now on and for good what no reader may do; writing is left in ``folder``.

    What is refused raises a ``PermissionError`` where it is tried. What comes back names the one
    program, by its path, that may be started from then on: text recognition; "" for none.
    """
    root = os.path.realpath(folder)
    admitted = ""

    def admit(program: str) -> None:
        nonlocal admitted
        admitted = program

    sys.dont_write_bytecode = True  # which would be written beside the sources

    def ask(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            path, _, flags = arguments
            touched: tuple[object, ...] = (path,)
            if not isinstance(flags, int) or not flags & _WRITING or path == os.devnull:
                return
        elif event in CHANGES:
            touched = arguments[:2]
        elif event == "subprocess.Popen" and admitted and arguments[0] == admitted:
            return
        elif event in FORBIDDEN or event.startswith("socket."):
            touched = ()
        else:
            return
        if not touched or not all(_is_inside(root, path) for path in touched):
            msg = f"a reader may not: {event} {arguments!r:.100}"
            raise PermissionError(msg)

    sys.addaudithook(ask)
    return admit


def _is_inside(root: str, path: object) -> bool:
    """Tell whether ``path`` lies in ``root``; what is no path does: an open file, a mode."""
    if not isinstance(path, str | bytes | os.PathLike):
        return True
    return Path(os.path.realpath(os.fsdecode(path))).is_relative_to(root)
