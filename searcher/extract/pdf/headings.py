"""Headings: short blocks set apart by size or weight; levels by the rank of their style.

Where the file has an outline of its own, a block that is one of its lines is a heading of that
level, and teaches the level of its style. A cover's lines, bullets, captions, contents and
sentences are no headings however large they are set.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from searcher.document import BlockKind
from searcher.extract.pdf.credits import is_credit
from searcher.extract.pdf.dates import is_date
from searcher.extract.pdf.drafts import has_bullet
from searcher.extract.pdf.organisations import is_state_body

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from searcher.extract.pdf.drafts import Draft
    from searcher.extract.pdf.words import Bookmark

Style = tuple[float, bool]

_LONGEST = 180  # letters
_MOST_LINES = 4
_LARGER = 1.08
_FRONT = 4  # sheets a cover can have
_PROSE = 160  # letters of body text end a cover
_SENTENCE = 100  # letters of it, where it ends like a sentence
_DEEPEST = 6
_OFTEN = 3  # a style seen less often shares the level of the next one
_WORDS = re.compile(r"[^\W_]+")
_LETTER = re.compile(r"[^\W\d_]{2}")
_NO_END = (".", ",", ";", ":", ".”", ",”", '."')
_LABEL = re.compile(
    r"^(?:(?:chapter|part|section|appendix|annex)\s+(?:\d{1,2}|[ivx]{1,5}|[a-z])|\d{1,2}|[A-Z])[.:]?$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"^(?:https?://|www\.)\S+$")


def mark_headings(
    pages: Sequence[Sequence[Draft]], body_size: float, outline: Sequence[Bookmark]
) -> tuple[tuple[Draft, ...], ...]:
    """Return the drafts of all sheets with the headings and the title among them marked."""
    titles, cover = _read_cover(pages, body_size)
    named = _named_by_outline(outline)
    chosen: dict[tuple[int, int], int | None] = {}
    for number, drafts in enumerate(pages, start=1):
        for index, draft in enumerate(drafts):
            if (number, index) in cover or draft.kind is not BlockKind.PARAGRAPH:
                continue
            level = named.get((number, squeeze(draft.text)))
            if _could_be(draft) and (level is not None or _is_set_apart(drafts, index, body_size)):
                chosen[number, index] = level
    levels = _levels(pages, chosen)

    def marked(place: tuple[int, int], draft: Draft) -> Draft:
        if place in titles:
            return replace(draft, kind=BlockKind.TITLE)
        if place not in chosen:
            return draft
        level = chosen[place] or levels[_style(draft)]
        return replace(draft, kind=BlockKind.HEADING, level=level)

    return tuple(
        _with_labels([marked((number, index), draft) for index, draft in enumerate(drafts)])
        for number, drafts in enumerate(pages, start=1)
    )


def _with_labels(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """Join "Chapter 3:" or "3", set above or beside a heading, to the heading."""
    done: list[Draft] = []
    for draft in drafts:
        last = done[-1] if done else None
        if draft.kind is BlockKind.HEADING and last is not None and _is_label(last, draft):
            done[-1] = replace(
                draft, lines=(*last.lines, *draft.lines), text=f"{last.text} {draft.text}"
            )
        else:
            done.append(draft)
    return tuple(done)


def _is_label(draft: Draft, heading: Draft) -> bool:
    if draft.kind not in {BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.LIST_ITEM}:
        return False
    is_near = 0 <= heading.top - draft.lines[-1].baseline <= 4 * heading.size
    return is_near and draft.size >= 0.7 * heading.size and _LABEL.match(draft.text) is not None


def squeeze(text: str) -> str:
    """Return the letters and digits of ``text`` alone, in lower case."""
    return "".join(_WORDS.findall(text)).casefold()


def _style(draft: Draft) -> Style:
    return round(draft.size * 2) / 2, draft.bold


def _could_be(draft: Draft) -> bool:
    text = draft.text
    return (
        len(draft.lines) <= _MOST_LINES
        and len(text) <= _LONGEST
        and _LETTER.search(text) is not None
        and not has_bullet(text)
        and not _ADDRESS.match(text)
        and not text.endswith(_NO_END)
    )


def _is_set_apart(drafts: Sequence[Draft], index: int, body_size: float) -> bool:
    """Tell whether a block is larger or bolder than the text, and text follows it."""
    draft = drafts[index]
    is_larger = draft.size >= body_size * _LARGER
    if not is_larger and not (draft.bold and draft.size >= body_size * 0.95):
        return False
    if not is_larger and draft.text[:1].islower():
        return False
    following = drafts[index + 1] if index + 1 < len(drafts) else None
    if following is None or following.kind is not BlockKind.PARAGRAPH:
        return True
    return is_larger or not following.bold or _could_be(following)


def _named_by_outline(outline: Sequence[Bookmark]) -> dict[tuple[int, str], int]:
    """Return the outline's levels by sheet and words, a lone root (the title) not counted."""
    times = Counter(bookmark.level for bookmark in outline)
    used = sorted(times)
    if len(used) > 1 and times[used[0]] == 1:
        used = used[1:]
    ranks = {level: min(rank, _DEEPEST) for rank, level in enumerate(used, start=1)}
    found: dict[tuple[int, str], int] = {}
    for bookmark in outline:
        place = bookmark.page, squeeze(bookmark.title)
        found.setdefault(place, ranks.get(bookmark.level, 1))
    return found


def _levels(
    pages: Sequence[Sequence[Draft]], chosen: Mapping[tuple[int, int], int | None]
) -> dict[Style, int]:
    """Return the level of each style: what the outline taught, else its rank by size and weight."""
    taught: dict[Style, Counter[int]] = defaultdict(Counter)
    styles: Counter[Style] = Counter()
    for (number, index), level in chosen.items():
        style = _style(pages[number - 1][index])
        styles[style] += 1
        if level is not None:
            taught[style][level] += 1
    levels: dict[Style, int] = {}
    level = 1
    for style in sorted(styles, reverse=True):
        known = taught[style].most_common(1)
        level = known[0][0] if known else level
        levels[style] = level
        if known or styles[style] >= _OFTEN:
            level = min(level + 1, _DEEPEST)
    return levels


def _read_cover(
    pages: Sequence[Sequence[Draft]], body_size: float
) -> tuple[frozenset[tuple[int, int]], frozenset[tuple[int, int]]]:
    """Return the places of the title and those of all lines of the cover, the title's among them.

    The cover is what stands before the first prose or contents; the title is the largest of it
    on the first of its two first sheets that sets anything apart. The last line before prose on
    the title's sheet may be a heading.
    """
    titles: set[tuple[int, int]] = set()
    cover: set[tuple[int, int]] = set()
    for number, drafts in enumerate(pages[:_FRONT], start=1):
        prose = next((i for i, draft in enumerate(drafts) if _is_prose(draft, body_size)), None)
        if any(draft.kind is BlockKind.TOC for draft in drafts) or (titles and prose is not None):
            break
        front = drafts[:prose]
        if not titles and number <= 2:
            titles.update((number, index) for index in _title(front, body_size))
        cover.update((number, i) for i in range(len(front)) if titles and i + 1 != prose)
        if prose is not None:
            break
    return frozenset(titles), frozenset(cover | titles)


def _title(front: Sequence[Draft], body_size: float) -> tuple[int, ...]:
    """Return the indices of the largest lines, where any line of ``front`` is set apart."""
    named = [draft for draft in front if _could_be(draft) and not _is_imprint(draft.text)]
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
