"""The terminal: what may reach it, in which colours, how wide, through which pager.

A width counts terminal columns; ``None`` is a stream that is no terminal, where nothing is
wrapped or cut.
"""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from typing import TYPE_CHECKING, TextIO

from searcher.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

SEQUENCES = (
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # colours, cursor
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c|$)"  # titles, links
    r"|\x1b[ -/]*[0-~]"
)
BREAKS = "\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]"
UNSAFE = frozenset({"Cc", "Cf"})
KEPT = frozenset("\n\t")


def clean(text: str) -> str:
    r"""Return ``text`` without anything that steers a terminal or hides in it.

    Escape sequences, control, bidi and zero-width characters go; line ends become ``\n``;
    half a surrogate pair, as in a file name of broken bytes, becomes U+FFFD.
    """
    if text.isprintable() or text.replace("\n", "").replace("\t", "").isprintable():
        return text  # Unicode calls nothing printable that steers or hides
    whole = re.sub(BREAKS, "\n", re.sub(SEQUENCES, "", text))
    return "".join(
        "\ufffd" if "\ud800" <= character <= "\udfff" else character
        for character in whole
        if character in KEPT or unicodedata.category(character) not in UNSAFE
    )


def one_line(text: str) -> str:
    """Return ``text`` clean and on one line, white space folded."""
    return " ".join(clean(text).split())


def shell_word(text: str) -> str:
    r"""Return ``text`` as a POSIX shell reads it back, whatever it holds; plain text as it is.

    What could steer a terminal is written as its bytes: ``$'a\033b'``.
    """
    if clean(text) == text and not {"\n", "\t"} & set(text):
        from shlex import quote

        return quote(text)
    parts = []
    for character in text:
        if character in "\\'":
            parts.append("\\" + character)
        elif clean(character) == character and character not in "\n\t":
            parts.append(character)
        else:
            parts += [f"\\{byte:03o}" for byte in os.fsencode(character)]
    return "$'" + "".join(parts) + "'"


def columns(text: str) -> int:
    """Return how many columns ``text`` takes."""
    wide = sum(unicodedata.east_asian_width(character) in {"W", "F"} for character in text)
    marks = sum(unicodedata.category(character) in {"Mn", "Me"} for character in text)
    return len(text) + wide - marks


def shorten(text: str, width: int) -> str:
    """Return the beginning of ``text`` that fits in ``width`` columns, ``…`` for the rest."""
    if columns(text) <= width:
        return text
    kept = ""
    for character in text:
        if columns(kept + character) > width - 1:
            break
        kept += character
    return kept.rstrip() + "…"


@dataclass(frozen=True, slots=True)
class Style:
    """How text is dressed: with colour or without, and how wide a line may be."""

    color: bool = False
    width: int | None = None

    def bold(self, text: str) -> str:
        """Return ``text`` in bold: a title, a matched word."""
        return self._dressed(text, "1")

    def match(self, text: str) -> str:
        """Return ``text`` as a matched word stands out in a snippet."""
        return self._dressed(text, "1;33")

    def dim(self, text: str) -> str:
        """Return ``text`` as what is beside the point."""
        return self._dressed(text, "2")

    def place(self, text: str) -> str:
        """Return ``text`` as a page or a section is shown."""
        return self._dressed(text, "36")

    def alarm(self, text: str) -> str:
        """Return ``text`` as what went wrong."""
        return self._dressed(text, "1;31")

    def _dressed(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.color and text else text


def wants_color(choice: str, stream: TextIO | None, environment: Mapping[str, str]) -> bool:
    """Tell whether ``stream`` gets colour: by choice, variables, then what the stream is."""
    if choice != "auto":
        return choice == "always"
    if environment.get("NO_COLOR"):
        return False
    forced = environment.get("FORCE_COLOR") or environment.get("CLICOLOR_FORCE") or "0"
    if forced not in {"0", "false"}:
        return True
    return is_terminal(stream) and environment.get("TERM") != "dumb"


def is_terminal(stream: TextIO | None) -> bool:
    """Tell whether ``stream`` is open and a terminal."""
    return stream is not None and not stream.closed and stream.isatty()


def write_line(line: str, stream: TextIO | None, *, at_once: bool = False) -> None:
    """Write ``line``, which is lost where there is no ``stream``; ``at_once`` holds none back."""
    if stream is not None:
        stream.write(line + "\n")
        if at_once:
            stream.flush()


def style_of(choice: str, stream: TextIO | None) -> Style:
    """Return how to dress what is written to ``stream``."""
    width = _columns_there() if is_terminal(stream) else None
    return Style(color=wants_color(choice, stream, os.environ), width=width)


def _columns_there() -> int:
    from shutil import get_terminal_size

    return max(get_terminal_size().columns, 40)


def tolerate_any_text() -> None:
    """Let the standard streams write every character, or a ``?`` where the encoding lacks it."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
