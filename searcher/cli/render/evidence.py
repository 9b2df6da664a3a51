"""Why a report has the values it has: on whose word, how surely, and which words say so."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from searcher.cli.render.places import imprint
from searcher.cli.render.terminal import one_line
from searcher.vocabulary import ConceptKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.cli.render.terminal import Style
    from searcher.results.report import Evidence, Outline
    from searcher.vocabulary import Vocabularies

INDENT = "    "
KINDS = {f"{kind}s": kind for kind in ConceptKind}


def lines(shown: Outline, style: Style, vocabularies: Vocabularies) -> Iterator[str]:
    """Yield each value of a report by field; below it the words that it was taken from."""
    yield style.bold(one_line(shown.report.title))
    yield style.dim(imprint(shown.report))
    field = ""
    for entry in shown.evidence:
        if entry.field != field:
            field = entry.field
            yield from ("", field)
        yield f"  {_value(entry, vocabularies)}  {style.dim(f'({_ground(entry)})')}"
        if entry.quote:
            yield from _quoted(entry.quote, style)


def _value(entry: Evidence, vocabularies: Vocabularies) -> str:
    kind = KINDS.get(entry.field)
    label = vocabularies.of(kind).label(entry.value) if kind else entry.value
    return one_line(label) if label == entry.value else one_line(f"{label} [{entry.value}]")


def _ground(entry: Evidence) -> str:
    """Return on whose word, how surely and on which sheet."""
    score = f"score {entry.score:.2f}" if entry.score is not None else ""
    sheet = f"@{entry.page}" if entry.page is not None else ""
    return ", ".join(filter(None, (str(entry.source), score, sheet)))


def _quoted(quote: str, style: Style) -> list[str]:
    text = f"“{one_line(quote)}”"
    width = style.width
    if width is None:
        return [INDENT + text]
    return textwrap.wrap(text, width, initial_indent=INDENT, subsequent_indent=INDENT)
