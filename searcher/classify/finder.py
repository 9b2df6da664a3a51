"""Finding many phrases in a line of words, in time that grows with the line alone."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from searcher.classify.words import Words, has_capitals_of, is_abbreviation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

T = TypeVar("T")


class Pattern(NamedTuple):
    """A phrase to find: the forms of its words, and for each the capitals it needs.

    What has a capital in a shape needs one in the text; a word that needs none has the shape "".
    """

    forms: tuple[str, ...]
    shapes: tuple[str, ...]

    @property
    def needs_capitals(self) -> bool:
        """Tell whether the phrase is only known by its capitals."""
        return any(self.shapes)


def label_pattern(label: str) -> Pattern:
    """Return the pattern of a label: only its abbreviations need their capitals."""
    found = Words(label)
    shapes = tuple(written if is_abbreviation(written) else "" for written in found.written)
    return Pattern(tuple(found.forms), shapes)


def token_pattern(token: str) -> Pattern:
    """Return the pattern of a token that needs every capital it is written with."""
    found = Words(token)
    shapes = (written if written != written.lower() else "" for written in found.written)
    return Pattern(tuple(found.forms), tuple(shapes))


class Finder(Generic[T]):
    """Patterns, each with what it stands for, by their first form; longer ones first."""

    def __init__(self, patterns: Iterable[tuple[Pattern, T]]) -> None:
        by_first: defaultdict[str, list[tuple[Pattern, T]]] = defaultdict(list)
        for pattern, meaning in patterns:
            if pattern.forms:
                by_first[pattern.forms[0]].append((pattern, meaning))
        for entries in by_first.values():
            entries.sort(key=lambda entry: -len(entry[0].forms))
        self._by_first = dict(by_first)

    def find(self, line: Words) -> Iterator[tuple[int, int, T]]:
        """Yield each pattern in ``line``: its first word, how many it takes, and its meaning.

        They come by their first word, longer ones first. In a line all in capitals these prove
        nothing: what needs them is not found.
        """
        by_first = self._by_first
        for index, form in enumerate(line.forms):
            if form not in by_first:
                continue
            for pattern, meaning in by_first[form]:
                size = len(pattern.forms)
                if size > 1 and tuple(line.forms[index : index + size]) != pattern.forms:
                    continue
                written = line.written[index : index + size]
                if pattern.needs_capitals and (
                    line.is_shouted or not _fits(written, pattern.shapes)
                ):
                    continue
                yield index, size, meaning


def _fits(found: Sequence[str], shapes: Sequence[str]) -> bool:
    return all(map(has_capitals_of, found, shapes))
