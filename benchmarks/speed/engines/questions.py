"""Questions that a collection answers, drawn from its own words; the same for the same seed.

Words of one question stand in one passage, so that every question has an answer.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import asdict, dataclass
from random import Random
from typing import TYPE_CHECKING

from benchmarks.speed.engines.engine import Kind, Question
from searcher.analysis.tokens import is_stop

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from benchmarks.speed.engines.collection import MadeReport

RARE_PASSAGES = (5, 50)
COMMON_SHARE = (0.05, 0.2)
MIDDLE_SHARE = (0.001, 0.2)
"""Of the words of questions with three; the rarest of them are in one passage of a thousand."""
SAMPLE = 4000
"""Passages that questions are made from."""
QUESTION_WORDS = 10
_ALONE = r"(?<![\w'’]){}(?![\w'’])"
_ANY = re.compile(_ALONE.format("[a-z]+"))
_WORD = re.compile(_ALONE.format("[a-z]{3,}"))
"""What every engine takes for one word, whatever it does with apostrophes."""
_RUN = re.compile(_ALONE.format("[a-z]+(?: [a-z]+)+"))


@dataclass(frozen=True, slots=True)
class Seen:
    """One passage with its report's values."""

    text: str
    project: str
    year: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """How many passages hold each word, and a fair sample of them."""

    passages: int
    holding: Counter[str]
    sample: tuple[Seen, ...]


def statistics(reports: Iterable[MadeReport], *, seed: int) -> Statistics:
    """Read ``reports`` through once."""
    random = Random(seed)  # noqa: S311 it is no secret
    holding: Counter[str] = Counter()
    sample: list[Seen] = []
    passages = 0
    for report in reports:
        for text in report.passages:
            passages += 1
            holding.update(set(_WORD.findall(text.lower())))
            at = len(sample) if len(sample) < SAMPLE else random.randrange(passages)
            if at < SAMPLE:
                sample[at:at + 1] = [Seen(text.lower(), report.project, report.year)]  # fmt: skip
    return Statistics(passages, holding, tuple(sample))


def questions(known: Statistics, *, each: int, seed: int) -> tuple[Question, ...]:
    """Return ``each`` questions of every kind."""
    drawing = _Drawing(known, Random(seed))  # noqa: S311
    return tuple(drawing.one(kind) for kind in Kind for _ in range(each))


def save_questions(asked: Iterable[Question], path: Path) -> None:
    """Write ``asked`` to ``path``, one a line."""
    path.write_text("".join(json.dumps(asdict(one)) + "\n" for one in asked), encoding="utf-8")


def load_questions(path: Path) -> tuple[Question, ...]:
    """Return what ``save_questions`` wrote."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return tuple(Question(Kind(r["kind"]), tuple(r["words"]), r["only"]) for r in rows)


class _Drawing:
    """Draws questions from what is known of a collection."""

    def __init__(self, known: Statistics, random: Random) -> None:
        self._known = known
        self._random = random
        low, high = RARE_PASSAGES
        self._rare = [w for w, n in known.holding.items() if low <= n <= high]
        low_share, high_share = (known.passages * share for share in COMMON_SHARE)
        self._common = [
            w for w, n in known.holding.items() if low_share <= n <= high_share and not is_stop(w)
        ]

    def one(self, kind: Kind) -> Question:
        """Return one question of a kind."""
        random = self._random
        while True:
            seen = random.choice(self._known.sample)
            words = self._words(kind, seen.text)
            if words:
                only = random.choice((seen.project, seen.year)) if kind is Kind.FILTER else None
                return Question(kind, tuple(words), only)

    def _words(self, kind: Kind, text: str) -> Sequence[str]:
        """Return words of ``text``, none if it has none that will do."""
        random = self._random
        match kind:
            case Kind.RARE:
                return [random.choice(self._rare)]
            case Kind.COMMON:
                return [random.choice(self._common)]
            case Kind.PHRASE:
                return self._phrase(text)
            case Kind.QUESTION:
                words: list[str] = _ANY.findall(text)
                start = random.randrange(max(len(words) - QUESTION_WORDS, 1))
                return words[start : start + QUESTION_WORDS]
        middle = self._middle(text)
        if kind is Kind.PREFIX:
            return [random.choice(middle)[: random.choice((4, 5))]] if middle else ()
        return random.sample(middle, 3) if len(middle) >= 3 else ()

    def _middle(self, text: str) -> list[str]:
        low, high = (self._known.passages * share for share in MIDDLE_SHARE)
        words = sorted(set(_WORD.findall(text)))
        holding = self._known.holding
        return [w for w in words if low <= holding[w] <= high and not is_stop(w) and len(w) > 3]

    def _phrase(self, text: str) -> Sequence[str]:
        """Return two or three words side by side, neither end of them a stop word."""
        run: str = self._random.choice(_RUN.findall(text) or [""])
        words = run.split()
        wanted = self._random.choice((2, 3))
        starts = [
            n
            for n in range(len(words) - wanted + 1)
            if not is_stop(words[n]) and not is_stop(words[n + wanted - 1])
        ]
        if not starts:
            return ()
        start = self._random.choice(starts)
        return words[start : start + wanted]
