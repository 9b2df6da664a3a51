"""Lines into a paragraph: which hyphen at a line's end was typed, and which only breaks a word.

The report itself decides: a hyphen goes if the joined word occurs elsewhere in it, stays if the
hyphenated one does. Where neither occurs it stays in a file that nowhere divides words, and in
one that does only in a compound of English, or between two words that make none together.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from searcher.dictionary import is_word
from searcher.extract.pdf.blocks.compounds import PREFIXES, is_compound

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_HYPHENS = "-\u2010\u2011\u00ad"
_ANY_HYPHEN = frozenset(_HYPHENS)
_LEFT = re.compile(rf"[^\W\d_]+(?:['’][^\W\d_]+)?[{_HYPHENS}]$")
_RIGHT = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(rf"[^\W\d_]+(?:[{_HYPHENS}'’][^\W\d_]+)*")
_LONGEST_WORD = 60  # letters: only a word looks back over a line's end
_BROKEN = re.compile(rf"\w[{_HYPHENS}/]$")  # of a line, its last two letters
_LEAST_SURE = 2  # hyphens that the report shows to stay, to believe that none divides a word
_MOSTLY = 4
_HANGING = re.compile(r"(?:and|or|to|und|et)\b(?!-)")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """How often each word, hyphenated ones whole and in parts, stands unbroken in the report.

    ``divides`` tells whether the file divides words at line ends, as far as the words tell.
    """

    times: Mapping[str, int]
    divides: bool = True


def lexicon_of(lines: Sequence[str]) -> Lexicon:
    """Return the words of ``lines``, but for those that touch a line's end with a hyphen."""
    times = _count(lines)
    stay = go = 0
    for broken in (_broken_word(line, following) for line, following in pairwise(lines)):
        if broken is not None:
            joined, hyphenated = times["".join(broken)], times["-".join(broken)]
            stay += hyphenated > joined
            go += joined > hyphenated
    return Lexicon(times, divides=stay < _LEAST_SURE or go * _MOSTLY >= stay)


def _count(lines: Iterable[str]) -> Counter[str]:
    text = "\n".join(lines).casefold()
    for hyphen in _HYPHENS[1:]:
        text = text.replace(hyphen, "-")
    times = _tokens(text)
    follows_break = False
    for line in text.split("\n"):
        ends_broken = line.endswith("-")
        if follows_break or ends_broken:
            tokens = _TOKEN.findall(line)
            inner = tokens[1 if follows_break else 0 : len(tokens) - 1 if ends_broken else None]
            times.subtract(tokens)
            times.update(inner)
        follows_break = ends_broken
    for token, seen in tuple(times.items()):
        if "-" in token:
            for part in token.split("-"):
                times[part] += seen
    return times


def _tokens(text: str) -> Counter[str]:
    """Return how often each token stands in ``text``; none holds white space."""
    times: Counter[str] = Counter()
    once: list[str] = []
    for run, seen in Counter(text.split()).items():
        if run.isalpha():
            times[run] += seen
        elif seen == 1:
            once.append(run)
        else:
            for token in _TOKEN.findall(run):
                times[token] += seen
    times.update(_TOKEN.findall(" ".join(once)))
    return times


def join_lines(lines: Sequence[str], lexicon: Lexicon) -> str:
    """Return the text of a paragraph printed as ``lines``."""
    text = lines[0] if lines else ""
    for line in lines[1:]:
        text = _join(text, line, lexicon)
    return text


def count_joints(lines: Sequence[str]) -> int:
    """Return how many words of a paragraph printed as ``lines`` a hyphen breaks at a line's end."""
    return sum(_broken_word(above, below) is not None for above, below in pairwise(lines))


def _join(text: str, line: str, lexicon: Lexicon) -> str:
    if not _BROKEN.match(text[-2:]) or not line[:1].isalnum() or _HANGING.match(line):
        return f"{text} {line}"
    end = text[-_LONGEST_WORD:]
    broken = _broken_word(end, line)
    if broken is not None:
        return text[:-1] + ("-" if _keeps_hyphen(*broken, lexicon) else "") + line
    is_word = _LEFT.search(end) is not None and _RIGHT.match(line) is not None
    return text[:-1] + "-" + line if is_word else text + line


def _broken_word(text: str, line: str) -> tuple[str, str] | None:
    """Return both halves, in lower case, of a word that a hyphen at the end of ``text`` breaks."""
    if text[-1:] not in _ANY_HYPHEN:
        return None
    left, right = _LEFT.search(text[-_LONGEST_WORD:]), _RIGHT.match(line)
    if left is None or right is None or not right.group()[0].islower() or _HANGING.match(line):
        return None
    return left.group()[:-1].casefold(), right.group().casefold()


def _keeps_hyphen(left: str, right: str, lexicon: Lexicon) -> bool:
    joined = lexicon.times.get(left + right, 0)
    hyphenated = lexicon.times.get(f"{left}-{right}", 0)
    if joined != hyphenated:
        return hyphenated > joined
    if not lexicon.divides or is_compound(left, right):
        return True
    if is_word(left + right):
        return False
    return (left in PREFIXES or _is_known(left, lexicon)) and _is_known(right, lexicon)


def _is_known(half: str, lexicon: Lexicon) -> bool:
    return lexicon.times.get(half, 0) > 0 or is_word(half)
