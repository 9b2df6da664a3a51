"""Finding many phrases in a line of words, in time that grows with the line alone."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from searcher.classify.words import has_capitals_of, is_abbreviation, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from searcher.classify.words import Word

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
    found = words(label)
    shapes = tuple(word.written if is_abbreviation(word.written) else "" for word in found)
    return Pattern(tuple(word.form for word in found), shapes)


def token_pattern(token: str) -> Pattern:
    """Return the pattern of a token that needs every capital it is written with."""
    found = words(token)
    shapes = (word.written if word.written != word.written.lower() else "" for word in found)
    return Pattern(tuple(word.form for word in found), tuple(shapes))


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

    def at(
        self, line: Sequence[Word], index: int, *, shouted: bool = False
    ) -> Iterator[tuple[int, T]]:
        """Yield how many words each pattern that starts at ``index`` takes, and its meaning.

        In a ``shouted`` line capitals prove nothing: what needs them is not found.
        """
        for pattern, meaning in self._by_first.get(line[index].form, ()):
            size = len(pattern.forms)
            found = line[index : index + size]
            if len(found) < size or tuple(word.form for word in found) != pattern.forms:
                continue
            if pattern.needs_capitals and (shouted or not _fits(found, pattern.shapes)):
                continue
            yield size, meaning


def _fits(found: Sequence[Word], shapes: Sequence[str]) -> bool:
    pairs = zip(found, shapes, strict=True)
    return all(has_capitals_of(word.written, shape) for word, shape in pairs)
