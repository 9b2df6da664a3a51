"""What printing does to words: markup, hyphenation at line ends, typographic marks."""

import re
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

from samples.blocks import NOTE_MARK

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_ITALIC = re.compile(r"\*(.+?)\*")
_MARKS = (
    (re.compile(r"(?<=\w)'"), "\N{RIGHT SINGLE QUOTATION MARK}"),
    (re.compile(r'(?<!\w)"(?=\w)'), "\N{LEFT DOUBLE QUOTATION MARK}"),
    (re.compile(r'"'), "\N{RIGHT DOUBLE QUOTATION MARK}"),
    (re.compile(r" - "), " \N{EM DASH} "),
    (re.compile(r"(?<=\d) (?=[a-z])"), "\N{NO-BREAK SPACE}"),
    (re.compile(r"fi"), "\N{LATIN SMALL LIGATURE FI}"),
    (re.compile(r"fl"), "\N{LATIN SMALL LIGATURE FL}"),
)

Hyphenator = Callable[[str], Iterator[tuple[str, str]]]


def mark_up(text: str, note: str) -> str:
    """Return ``text`` as inline markup; ``note`` is the pattern a footnote's mark becomes."""
    marked = _ITALIC.sub(r"<i>\1</i>", _BOLD.sub(r"<b>\1</b>", escape(text, quote=False)))
    return NOTE_MARK.sub(note, marked)


def set_marks(text: str) -> str:
    """Return ``text`` with curly quotes, em dashes, no-break spaces and ligatures."""
    for pattern, mark in _MARKS:
        text = pattern.sub(mark, text)
    return text


def read_hyphenator(path: Path) -> Hyphenator:
    """Return a function that yields the ways to divide a word, longest head first.

    A word that has a hyphen of its own is divided after it and nowhere else.
    """
    words = {line.replace("-", ""): line for line in path.read_text(encoding="utf-8").split()}

    def divide(word: str) -> Iterator[tuple[str, str]]:
        own = [match.end() for match in re.finditer("-", word)]
        if own:
            yield from ((word[:place], word[place:]) for place in reversed(own))
            return
        *heads, _ = words.get(word.lower(), word).split("-")
        for count in range(len(heads), 0, -1):
            place = sum(len(head) for head in heads[:count])
            yield word[:place], word[place:]

    return divide
