"""A bar on standard error while files are read; nothing where nobody watches."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING, Self

import click

from searcher.cli.render.terminal import is_terminal

if TYPE_CHECKING:
    from types import TracebackType

    from click._termui_impl import ProgressBar

    from searcher.cli.face import Face


class Progress:
    """Shows one bar for each stage; used as a context and called with (stage, done, total)."""

    def __init__(self, face: Face) -> None:
        self._shown = face.verbosity >= 0 and is_terminal(sys.stderr)
        self._stage = ""
        self._bar: ProgressBar[int] | None = None
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show that ``done`` of ``total`` are through ``stage``; of an unknown total nothing."""
        if not self._shown or not total:
            return
        if stage != self._stage or self._bar is None:
            self._stack.close()
            self._stage = stage
            bar: ProgressBar[int] = click.progressbar(
                length=total, label=f"{stage:<10}", file=sys.stderr, show_pos=True
            )
            self._bar = self._stack.enter_context(bar)
        self._bar.length = total
        self._bar.update(done - self._bar.pos)
