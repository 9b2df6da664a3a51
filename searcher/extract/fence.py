"""What a reader may not do, whatever a file makes it ask for.

It starts no program, does not reach the network, and changes nothing outside the folder of its
run: the interpreter asks before each of these. Libraries that are no Python are not asked; they
have an empty environment, a folder of their own and no file larger than a megabyte.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

FORBIDDEN = frozenset(
    "subprocess.Popen os.system os.exec os.fork os.forkpty os.posix_spawn os.spawn os.startfile "
    "pty.spawn os.kill os.killpg os.putenv webbrowser.open".split()
)
CHANGES = frozenset(
    "os.chflags os.chmod os.chown os.link os.mkdir os.remove os.rename os.rmdir os.setxattr "
    "os.symlink os.truncate os.utime".split()
)
"""What changes the paths that are its arguments."""

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def fence_in(folder: Path) -> None:
    """Refuse from now on and for good what no reader may do; writing is left in ``folder``.

    What is refused raises a ``PermissionError`` where it is tried.
    """
    root = os.path.realpath(folder)
    sys.dont_write_bytecode = True  # which would be written beside the sources

    def ask(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            path, _, flags = arguments
            touched: tuple[object, ...] = (path,)
            if not isinstance(flags, int) or not flags & _WRITING or path == os.devnull:
                return
        elif event in CHANGES:
            touched = arguments[:2]
        elif event in FORBIDDEN or event.startswith("socket."):
            touched = ()
        else:
            return
        if not touched or not all(_is_inside(root, path) for path in touched):
            msg = f"a reader may not: {event} {arguments!r:.100}"
            raise PermissionError(msg)

    sys.addaudithook(ask)


def _is_inside(root: str, path: object) -> bool:
    """Tell whether ``path`` lies in ``root``; what is no path does: an open file, a mode."""
    if not isinstance(path, str | bytes | os.PathLike):
        return True
    return Path(os.path.realpath(os.fsdecode(path))).is_relative_to(root)
