"""The program that shows a report at its page: found, filled in, started on its own.

A template is a command with ``{file}``, ``{page}`` (the sheet, from 1) and ``{url}``; it is split
as a shell would and started without one.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from searcher.errors import ConfigError
from searcher.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

VARIABLE = "SEARCHER_VIEWER"
PAGED = (
    "evince --page-index={page} {file}",
    "atril --page-index={page} {file}",
    "okular -p {page} {file}",
    "zathura -P {page} {file}",
    "qpdfview {file}#{page}",
    "mupdf {file} {page}",
    "SumatraPDF -page {page} {file}",
)
ANY = ("xdg-open {url}",) if sys.platform != "darwin" else ("open {url}",)


@dataclass(frozen=True, slots=True)
class Place:
    """A file, the sheet to show (from 1) and its printed label; for HTML an anchor instead."""

    file: Path
    page: int | None = None
    label: str | None = None
    anchor: str | None = None

    @property
    def url(self) -> str:
        """The file, with the anchor where there is one."""
        return f"{self.file.as_uri()}#{self.anchor}" if self.anchor else str(self.file)


def command_for(place: Place, environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return the command that shows ``place``; empty where there is no screen or no viewer.

    Raises:
        ConfigError: ``SEARCHER_VIEWER`` is no command or names a program that is not there.
    """
    template = environment.get(VARIABLE, "")
    if template:
        return _own(template, place)
    if not _has_screen(environment):
        return ()
    templates = (*PAGED, *ANY) if place.page is not None else ANY
    for known in templates:
        program = shutil.which(known.split()[0])
        if program:
            return (program, *_filled(known, place)[1:])
    return ()


def start(place: Place) -> bool:
    """Show ``place`` and do not wait; tell whether there was something to show it with.

    Raises:
        ConfigError: ``SEARCHER_VIEWER`` cannot be used.
    """
    command = command_for(place, os.environ)
    if command:
        process = subprocess.Popen(  # noqa: S603 - the person's own viewer, without a shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        process.returncode = 0  # it lives on after us: nobody waits for it
    elif sys.platform == "win32":
        os.startfile(place.file)  # noqa: S606 - what a double click does
        return True
    return bool(command)


def _own(template: str, place: Place) -> tuple[str, ...]:
    hint = f"{VARIABLE} is a command such as 'evince --page-index={{page}} {{file}}'"
    try:
        words = _filled(template, place)
    except ValueError as exc:
        msg = f"{VARIABLE}: {template!r} is no command: {exc}"
        raise ConfigError(msg, hint=hint) from exc
    if shutil.which(words[0]) is None:
        msg = f"{VARIABLE}: {words[0]!r} is not installed"
        raise ConfigError(msg, hint=hint)
    return words


def _filled(template: str, place: Place) -> tuple[str, ...]:
    """Return the words of ``template`` with the place filled in, each word on its own."""
    words = shlex.split(template)
    if not words:
        msg = "it is blank"
        raise ValueError(msg)
    if not any("{file}" in word or "{url}" in word for word in words):
        words.append("{file}")
    known = {"{file}": str(place.file), "{page}": str(place.page or 1), "{url}": place.url}
    return tuple(_replaced(word, known) for word in words)


def _replaced(word: str, known: Mapping[str, str]) -> str:
    """Return ``word`` with each name replaced once, so that a file's name is never a template."""
    return re.sub(r"\{(?:file|page|url)\}", lambda found: known[found.group()], word)


def _has_screen(environment: Mapping[str, str]) -> bool:
    if sys.platform in {"darwin", "win32"}:
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))
