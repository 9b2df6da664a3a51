"""An extract with its matched words lit, wrapped where there is a width."""

from __future__ import annotations

from itertools import chain, groupby
from operator import itemgetter
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
    runs = list(_folded(chain(before, _lit(snippet, start), after)))
    width = style.width - len(INDENT) if style.width else None
    for line in [runs] if width is None else _wrapped(_characters(runs), width):
        dressed = "".join(
            style.match(text) if lit else text
            for lit, run in groupby(line, key=itemgetter(1))
            if (text := "".join(part for part, _ in run))
        )
        yield INDENT + dressed


def _lit(snippet: Snippet, start: int) -> Iterator[Lit]:
    """Yield what may be shown from ``start`` on in parts, and whether each is a match."""
    end = start
    for span in snippet.highlights:
        if span.start >= end:
            yield clean(snippet.text[end : span.start]), False
            yield clean(span.of(snippet.text)), True
            end = span.end
    yield clean(snippet.text[end:]), False


def _folded(parts: Iterable[Lit]) -> Iterator[Lit]:
    """Yield ``parts`` word by word with each run of white space as one space, none at the ends.

    A space is lit where all that it stands for is.
    """
    space: bool | None = None
    begun = False
    for part, lit in parts:
        if part[:1].isspace():
            space = lit if space is None else space and lit
        for n, word in enumerate(part.split()):
            if n:
                space = lit
            if space is not None and begun:
                yield " ", space
            yield word, lit
            space, begun = None, True
        if space is None and part[-1:].isspace():
            space = lit


def _characters(runs: Iterable[Lit]) -> list[Lit]:
    return [(character, lit) for run, lit in runs for character in run]


def _wrapped(characters: Sequence[Lit], width: int) -> Iterator[Sequence[Lit]]:
    """Yield lines of at most ``width`` columns, broken at spaces; a longer word stays whole."""
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
