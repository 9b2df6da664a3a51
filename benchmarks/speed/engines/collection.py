"""Made reports of real sentences: as many as wanted, the same for the same seed.

A made report has a report of the source behind it: half of its sentences are drawn from that one,
half from all, so that words gather in reports as they do at home. What becomes of frequencies and
of the vocabulary, ``growth`` and ``law`` say.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from itertools import accumulate
from random import Random
from typing import TYPE_CHECKING

from benchmarks.speed.engines.growth import Growth, Names, growth_of, name
from searcher.analysis.tokens import WORD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from benchmarks.speed.engines.source import Source

PASSAGES_A_REPORT = 116
"""As in our corpus of evaluation reports."""
WORDS_A_PASSAGE = (150, 180)
"""Sentences are added until there are so many words, drawn anew for each passage."""
OWN_SHARE = 0.5
TITLE_WORDS = 9
PROJECTS, PUBLISHERS = 60, 40
FIRST_YEAR, LAST_YEAR = 2005, 2024


@dataclass(frozen=True, slots=True)
class MadeReport:
    """A report of the collection; a passage's number counts from 0 over all reports."""

    id: str
    title: str
    publisher: str
    year: int
    project: str
    first: int
    passages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence between whose ``parts`` stand its ``rare`` words."""

    parts: tuple[str, ...]
    rare: tuple[str, ...]
    words: int


class Maker:
    """Makes the reports of a collection one after the other."""

    def __init__(self, source: Source, *, seed: int) -> None:
        growth = growth_of(source.sentences())
        self._reports = [[_sentence(text, growth) for text in report] for report in source.reports]
        self._all = [sentence for report in self._reports for sentence in report]
        self._sizes = list(accumulate(map(len, self._reports)))
        self._random = Random(seed)  # noqa: S311 it is no secret
        self._names = Names(growth, Random(seed + 1))  # noqa: S311
        self._projects = list(accumulate(1 / rank for rank in range(1, PROJECTS + 1)))

    def reports(self, passages: int) -> Iterator[MadeReport]:
        """Yield reports that together have so many passages."""
        for first in range(0, passages, PASSAGES_A_REPORT):
            yield self._report(first, min(PASSAGES_A_REPORT, passages - first))

    def _report(self, first: int, passages: int) -> MadeReport:
        random = self._random
        (own,) = random.choices(self._reports, cum_weights=self._sizes)
        renamed: dict[str, str] = {}
        (project,) = random.choices(range(PROJECTS), cum_weights=self._projects)
        number = first // PASSAGES_A_REPORT + 1
        title = self._said(random.choice(own), renamed).split()[:TITLE_WORDS]
        return MadeReport(
            id=f"made-{number:05}",
            title=" ".join(title).strip(" .,;:"),
            publisher=f"{name(random.randrange(PUBLISHERS)).capitalize()} Council",
            year=random.randint(FIRST_YEAR, LAST_YEAR),
            project=f"p{project + 1:03}",
            first=first,
            passages=tuple(self._passage(own, renamed) for _ in range(passages)),
        )

    def _passage(self, own: Sequence[_Sentence], renamed: dict[str, str]) -> str:
        random, everywhere = self._random.random, self._all
        wanted = self._random.randint(*WORDS_A_PASSAGE)
        said = []
        while wanted > 0:
            drawn_from = own if random() < OWN_SHARE else everywhere
            sentence = drawn_from[int(random() * len(drawn_from))]
            said.append(self._said(sentence, renamed))
            wanted -= sentence.words
        return " ".join(said)

    def _said(self, sentence: _Sentence, renamed: dict[str, str]) -> str:
        """Return the sentence with a name for each rare word, the same all through a report."""
        if not sentence.rare:
            return sentence.parts[0]
        pieces = [sentence.parts[0]]
        for word, after in zip(sentence.rare, sentence.parts[1:], strict=True):
            if word.lower() not in renamed:
                renamed[word.lower()] = self._names.draw()
            drawn = renamed[word.lower()]
            pieces += (drawn.capitalize() if word[0].isupper() else drawn, after)
        return "".join(pieces)


def _sentence(text: str, growth: Growth) -> _Sentence:
    parts, rare, end, words = [], [], 0, 0
    for match in WORD.finditer(text):
        words += 1
        if match.group().lower() in growth.rare:
            parts.append(text[end : match.start()])
            rare.append(match.group())
            end = match.end()
    return _Sentence((*parts, text[end:]), tuple(rare), words)


def save_reports(reports: Iterable[MadeReport], path: Path) -> None:
    """Write ``reports`` to ``path`` as they come, one a line."""
    with path.open("w", encoding="utf-8") as file:
        for report in reports:
            file.write(json.dumps(asdict(report), ensure_ascii=False) + "\n")


def load_reports(path: Path) -> Iterator[MadeReport]:
    """Yield what ``save_reports`` wrote, one at a time."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            values = json.loads(line)
            values["passages"] = tuple(values["passages"])
            yield MadeReport(**values)
