"""Lines into a paragraph: which hyphen at a line's end was typed, and which only breaks a word.

The report itself decides: a hyphen goes if the joined word occurs elsewhere in it, stays if the
hyphenated one does, and where neither occurs it stays only between two words of the report.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_HYPHENS = "-\u2010\u2011\u00ad"
_LEFT = re.compile(rf"[^\W\d_]+(?:['’][^\W\d_]+)?[{_HYPHENS}]$")
_RIGHT = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(rf"[^\W\d_]+(?:[{_HYPHENS}'’][^\W\d_]+)*")
_PLAIN = str.maketrans(dict.fromkeys(map(ord, "\u2010\u2011\u00ad"), "-"))
_LONGEST_WORD = 60  # letters: only a word looks back over a line's end
_BROKEN = re.compile(rf"\w[{_HYPHENS}/]$")
_HANGING = re.compile(r"(?:and|or|to|und|et)\b(?!-)")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """How often each word, hyphenated ones whole and in parts, stands unbroken in the report."""

    times: Mapping[str, int]


def lexicon_of(lines: Iterable[str]) -> Lexicon:
    """Count the words of ``lines``, leaving out those that touch a line's end with a hyphen."""
    times: Counter[str] = Counter()
    follows_break = False
    for line in lines:
        text = line.translate(_PLAIN).casefold()
        tokens = _TOKEN.findall(text)
        ends_broken = text.endswith("-")
        inner = tokens[1 if follows_break else 0 : len(tokens) - 1 if ends_broken else None]
        times.update(inner)
        for token in inner:
            if "-" in token:
                times.update(token.split("-"))
        follows_break = ends_broken
    return Lexicon(times)


def join_lines(lines: Sequence[str], lexicon: Lexicon) -> str:
    """Return the text of a paragraph printed as ``lines``."""
    text = lines[0] if lines else ""
    for line in lines[1:]:
        text = _join(text, line, lexicon)
    return text


def _join(text: str, line: str, lexicon: Lexicon) -> str:
    end = text[-_LONGEST_WORD:]
    if not _BROKEN.search(end) or not line[:1].isalnum() or _HANGING.match(line):
        return f"{text} {line}"
    left, right = _LEFT.search(end), _RIGHT.match(line)
    if left is None or right is None:
        return text + line
    if not right.group()[0].islower():
        return text[:-1] + "-" + line
    keeps = _keeps_hyphen(left.group()[:-1].casefold(), right.group().casefold(), lexicon)
    return text[:-1] + ("-" if keeps else "") + line


def _keeps_hyphen(left: str, right: str, lexicon: Lexicon) -> bool:
    joined = lexicon.times.get(left + right, 0)
    hyphenated = lexicon.times.get(f"{left}-{right}", 0)
    if joined != hyphenated:
        return hyphenated > joined
    return all(lexicon.times.get(half, 0) > 0 for half in (left, right))
