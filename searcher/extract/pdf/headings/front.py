"""The cover of a report: which of its first blocks are the title, and which are no headings."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from searcher.document import BlockKind
from searcher.extract.pdf.dates import is_date
from searcher.extract.pdf.headings.heading_text import could_be_heading, squeeze
from searcher.extract.pdf.metadata.credits import is_credit
from searcher.extract.pdf.metadata.organisations import is_state_body

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from searcher.extract.pdf.blocks.drafts import Draft

Place = tuple[int, int]
"""Number of the sheet, index of the block on it."""

_LARGER = 1.08  # than the body's letters
_SHEETS = 4  # a cover can have
_PROSE = 160  # letters of body text end a cover
_SENTENCE = 100  # letters of it, where it ends like a sentence
_LEAST = 8  # letters and digits of a title that is known again
_LONGEST = 300  # letters
_MOST_TIMES = 3  # that a report names itself: on the cover, a title page and before the text
_LEAST_PART = 15  # of its beginning


@dataclass(frozen=True, slots=True)
class Front:
    """The places of the title's blocks, and of all blocks of the cover, the title's among them."""

    titles: frozenset[Place]
    cover: frozenset[Place]
    repeated: frozenset[str]

    def repeats(self, draft: Draft) -> bool:
        """Tell whether a block is the title, or what it begins with, once more: a half-title."""
        key = squeeze(draft.text)
        return len(key) >= _LEAST and any(
            title == key or (len(key) >= _LEAST_PART and title.startswith(key))
            for title in self.repeated
        )


def read_front(
    pages: Sequence[Sequence[Draft]], body_size: float, tagged: Mapping[Place, int]
) -> Front:
    """Return what the cover is, where ``tagged`` has the levels that the file's tags give.

    The cover is what stands before the first prose or contents; the title is the largest of it
    on the first of its two first sheets that sets anything apart. The last line before prose on
    the title's sheet may be a heading, and so may what is tagged below the title.
    """
    titles: set[Place] = set()
    cover: set[Place] = set()
    for number, drafts in enumerate(pages[:_SHEETS], start=1):
        prose = next((i for i, draft in enumerate(drafts) if _is_prose(draft, body_size)), None)
        listed = next((i for i, d in enumerate(drafts) if d.kind is BlockKind.TOC), None)
        if titles and (prose is not None or listed is not None):
            break
        front = drafts[:prose] if listed is None else drafts[:listed]
        below: set[Place] = set()
        if not titles and number <= 2:
            found = {(number, index) for index in _title(front, body_size)}
            below = _tagged_below(found, tagged)
            titles |= found - below
        last = None if listed is not None else prose
        cover.update((number, i) for i in range(len(front)) if titles and i + 1 != last)
        cover -= below
        if prose is not None or listed is not None:
            break
    return Front(frozenset(titles), frozenset(cover | titles), _names(pages, titles))


def _tagged_below(found: set[Place], tagged: Mapping[Place, int]) -> set[Place]:
    """Return which blocks as large as the title are tagged as headings under it."""
    levels = {place: tagged[place] for place in found if place in tagged}
    top = min(levels.values(), default=0)
    first = min((place for place, level in levels.items() if level == top), default=(0, 0))
    return {place for place, level in levels.items() if level > top and place > first}


def _names(pages: Sequence[Sequence[Draft]], titles: set[Place]) -> frozenset[str]:
    """Return the title's words, whole and by block; a name that comes back often is a section's."""
    keys = [squeeze(pages[number - 1][index].text) for number, index in sorted(titles)]
    wanted = {key for key in (*keys, "".join(keys)) if len(key) >= _LEAST}
    times = Counter(
        key
        for drafts in pages
        for draft in drafts
        if len(draft.text) <= _LONGEST and (key := squeeze(draft.text)) in wanted
    )
    return frozenset(key for key in wanted if times[key] <= _MOST_TIMES)


def _title(front: Sequence[Draft], body_size: float) -> tuple[int, ...]:
    """Return the indices of the largest lines, where any line of ``front`` is set apart."""
    named = [draft for draft in front if could_be_heading(draft) and not _is_imprint(draft.text)]
    largest = max((draft.size for draft in named), default=0.0)
    if largest < body_size * _LARGER and not any(draft.bold for draft in front):
        return ()
    return tuple(
        index
        for index, draft in enumerate(front)
        if draft.size >= largest * 0.98 and draft in named
    )


def _is_imprint(text: str) -> bool:
    return is_date(text) or is_state_body(text) or is_credit(text)


def _is_prose(draft: Draft, body_size: float) -> bool:
    """Tell whether a block is running text: a sentence or more, in letters of the body's size."""
    is_sentence = len(draft.lines) >= 2 and draft.text.endswith((".", ":"))
    least = _PROSE if not is_sentence else _SENTENCE
    return len(draft.text) >= least and draft.size <= body_size * _LARGER
