"""Blocks joined and cut so that each heading which the file names is a block of its own."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from searcher.document import BlockKind
from searcher.extract.pdf.headings.heading_text import squeeze

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from searcher.extract.pdf.blocks.drafts import Draft

_MOST_PARTS = 4  # blocks that are one heading
_LONGEST = 500  # letters of a block that are looked at: no name is as long
_LEAST_CUT = 6  # letters and digits of a heading that is cut off what stands below it
_LOOSE = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM})


def fitted(drafts: Sequence[Draft], names: Collection[str]) -> tuple[Draft, ...]:
    """Return ``drafts``, a sheet's, with its headings, squeezed in ``names``, whole and alone."""
    return tuple(_fit(list(drafts), names)) if names else tuple(drafts)


def _fit(waiting: list[Draft], names: Collection[str]) -> Iterator[Draft]:
    while waiting:
        draft = waiting.pop(0)
        key = squeeze(draft.text[:_LONGEST])
        if draft.kind not in _LOOSE or not key or key in names:
            yield draft
            continue
        count = _parts(key, waiting, names)
        if count:
            yield _joined([draft, *waiting[:count]])
            del waiting[:count]
            continue
        cut = _cut(draft, key, names)
        if cut is None:
            yield draft
        else:
            yield cut[0]
            waiting.insert(0, cut[1])


def _parts(key: str, following: Sequence[Draft], names: Collection[str]) -> int:
    """Return how many blocks that follow make, with one whose words are ``key``, a name; else 0."""
    longer = [name for name in names if name.startswith(key)]
    for count, draft in enumerate(following[: _MOST_PARTS - 1], start=1):
        if not longer or draft.kind not in _LOOSE:
            return 0
        key += squeeze(draft.text)
        if key in longer:
            return count
        longer = [name for name in longer if name.startswith(key)]
    return 0


def _joined(drafts: Sequence[Draft]) -> Draft:
    lines = tuple(line for draft in drafts for line in draft.lines)
    text = " ".join(draft.text for draft in drafts)
    return replace(drafts[0], kind=BlockKind.PARAGRAPH, lines=lines, text=text)


def _cut(draft: Draft, key: str, names: Collection[str]) -> tuple[Draft, Draft] | None:
    """Return the heading that ``draft`` begins with, up to a line's end, and the rest."""
    lengths = {len(name) for name in names if len(name) >= _LEAST_CUT and key.startswith(name)}
    ends = accumulate(len(squeeze(line.text)) for line in draft.lines[:-1])
    for count, length in enumerate(ends, start=1):
        if length in lengths:
            place = place_after(draft.text, length)
            head = replace(draft, lines=draft.lines[:count], text=draft.text[:place].rstrip())
            rest = replace(draft, lines=draft.lines[count:], text=draft.text[place:].lstrip())
            return (head, rest) if rest.text else None
    return None


def place_after(text: str, letters: int) -> int:
    """Return where the first ``letters`` letters and digits of ``text``, squeezed, have passed.

    What stands after them without a space (a mark's end, a bracket) belongs to them.
    """
    seen = 0
    for index, letter in enumerate(text):
        if seen >= letters and letter.isspace():
            return index
        seen += len(squeeze(letter))
    return len(text)
