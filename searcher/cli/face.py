"""What every command is given: the settings in force and the way to print."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from searcher.cli.render import pager
from searcher.cli.render.terminal import Style, style_of, write_line
from searcher.cli.settings import META, settings_of, unknown
from searcher.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from searcher.config import Origin, Settings

PLAIN = Style()


@dataclass(frozen=True, slots=True)
class Face:
    """The command line's side of one run. ``verbosity`` is -1 for quiet, 1 and more for chatty."""

    settings: Settings
    origins: tuple[Origin, ...]
    format: str = "text"
    verbosity: int = 0
    style: Style = PLAIN
    notes: Style = PLAIN
    pager: str | None = None

    def page(self, lines: Iterable[str]) -> None:
        """Print ``lines`` as the answer, through the pager on a terminal."""
        pager.write(lines, pager=self.pager)

    def say(self, line: str) -> None:
        """Print ``line`` as the answer."""
        write_line(line, sys.stdout)

    def note(self, line: str, *, verbosity: int = 0) -> None:
        """Tell the person, beside the answer, unless they asked for less talk."""
        if self.verbosity >= verbosity:
            write_line(line, sys.stderr)

    def json(self, value: object) -> None:
        """Print one JSON document."""
        from searcher.cli.render import json_lines

        write_line(json_lines.document(value), sys.stdout)

    def json_lines(self, values: Iterable[object]) -> None:
        """Print one JSON object a line, each as it comes."""
        from searcher.cli.render import json_lines

        for value in values:
            write_line(json_lines.line(value), sys.stdout, at_once=True)

    def csv(self, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Print a CSV table."""
        from searcher.cli.render import csv_rows

        for line in csv_rows.lines(header, rows):
            write_line(line, sys.stdout)


def face_of(meta: Mapping[str, object], formats: Sequence[str]) -> Face:
    """Return the face of a command that prints ``formats``, the first unless asked otherwise.

    Raises:
        ConfigError: a setting is wrong.
        UnknownNameError: the command has no such format.
    """
    settings, origins = settings_of(meta)
    wanted = meta.get(META + "format")
    chosen = str(wanted) if wanted else formats[0]
    if chosen not in formats:
        raise unknown(chosen, kind="format", known=formats)
    return Face(
        settings=settings,
        origins=origins,
        format=chosen,
        verbosity=-1 if meta.get(META + "quiet") else int(str(meta.get(META + "verbose", 0))),
        style=style_of(settings.color, sys.stdout),
        notes=style_of(settings.color, sys.stderr),
        pager=None if meta.get(META + "no_pager") else pager.chosen_pager(settings.pager),
    )
