"""An extract with its matched words lit, wrapped where there is a width."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from searcher.cli.render.terminal import clean, columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from searcher.cli.render.terminal import Style
    from searcher.results.answer import Snippet

INDENT = "    "
Lit = tuple[str, bool]


def lines(snippet: Snippet, style: Style) -> Iterator[str]:
    """Yield the extract, indented; on one line where the width is not known."""
    characters = list(_folded(_lit(snippet)))
    width = style.width - len(INDENT) if style.width else None
    for line in _wrapped(characters, width):
        dressed = "".join(
            style.match(text) if lit else text
            for lit, run in groupby(line, key=lambda pair: pair[1])
            if (text := "".join(character for character, _ in run))
        )
        yield INDENT + dressed


def _lit(snippet: Snippet) -> Iterator[Lit]:
    """Yield each character that may be shown, and whether it is part of a matched word."""
    end = 0
    for span in snippet.highlights:
        yield from ((character, False) for character in clean(snippet.text[end : span.start]))
        yield from ((character, True) for character in clean(span.of(snippet.text)))
        end = span.end
    yield from ((character, False) for character in clean(snippet.text[end:]))


def _folded(characters: Iterator[Lit]) -> Iterator[Lit]:
    """Yield ``characters`` with each run of white space as one space, none at the ends."""
    held: Lit | None = None
    begun = False
    for character, lit in characters:
        if character.isspace():
            held = (" ", lit if held is None else held[1] and lit)
            continue
        if held and begun:
            yield held
        yield character, lit
        held, begun = None, True


def _wrapped(characters: Sequence[Lit], width: int | None) -> Iterator[Sequence[Lit]]:
    """Yield lines of at most ``width`` columns, broken at spaces; a longer word stays whole."""
    if width is None:
        yield characters
        return
    start, last = 0, 0
    for at, (character, _) in enumerate([*characters, (" ", False)]):
        if character != " ":
            continue
        if last > start and columns("".join(c for c, _ in characters[start:at])) > width:
            yield characters[start:last]
            start = last + 1
        last = at
    if start < len(characters):
        yield characters[start:]
