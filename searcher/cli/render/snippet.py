"""An extract with its matched words lit, wrapped where there is a width."""

from __future__ import annotations

from itertools import chain, groupby
from typing import TYPE_CHECKING

from searcher.cli.render.terminal import clean, columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from searcher.cli.render.terminal import Style
    from searcher.results.answer import Snippet
    from searcher.results.report import PassageRef

INDENT = "    "
Lit = tuple[str, bool]


def lines(snippet: Snippet, passage: PassageRef, style: Style) -> Iterator[str]:
    """Yield the extract, indented, with ``…`` where the passage goes on.

    Its own heading at the start is left out: the section's name stands above it. Where the
    width is not known it is one line.
    """
    heading = passage.section[-1] + "\n" if passage.section else ""
    start = len(heading) if heading and snippet.text.startswith(heading) else 0
    before = [(mark, False) for mark in "… " if passage.span.start < snippet.span.start]
    after = [(mark, False) for mark in " …" if snippet.span.end < passage.span.end]
    characters = list(_folded(chain(before, _lit(snippet, start), after)))
    width = style.width - len(INDENT) if style.width else None
    for line in _wrapped(characters, width):
        dressed = "".join(
            style.match(text) if lit else text
            for lit, run in groupby(line, key=lambda pair: pair[1])
            if (text := "".join(character for character, _ in run))
        )
        yield INDENT + dressed


def _lit(snippet: Snippet, start: int) -> Iterator[Lit]:
    """Yield each character from ``start`` that may be shown, and whether it is in a match."""
    end = start
    for span in snippet.highlights:
        if span.start >= end:
            yield from ((character, False) for character in clean(snippet.text[end : span.start]))
            yield from ((character, True) for character in clean(span.of(snippet.text)))
            end = span.end
    yield from ((character, False) for character in clean(snippet.text[end:]))


def _folded(characters: Iterable[Lit]) -> Iterator[Lit]:
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
