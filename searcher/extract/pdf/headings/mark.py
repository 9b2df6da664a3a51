"""Headings: blocks that the file names as such, or short blocks set apart by size or weight.

The file's own lists (outline, contents, tags) are taken for what they are worth: a block whose
words they hold is a heading even in the body's letters; levels are weighed in ``levels``. Tags
are believed against the look of a block only where they name most of what looks like a heading:
then a bold line in the body's size that they call a paragraph is one. A cover's lines, bullets,
captions, contents, notes, quotations and sentences are no headings however large they are set.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from searcher.document import BlockKind
from searcher.extract.pdf.blocks.drafts import has_item_number
from searcher.extract.pdf.blocks.fitted import fitted
from searcher.extract.pdf.headings.boxed import boxed_blocks
from searcher.extract.pdf.headings.contents_titles import with_contents_marked
from searcher.extract.pdf.headings.front import read_front
from searcher.extract.pdf.headings.heading_text import (
    could_be_heading,
    could_be_named,
    forms,
    is_label,
    is_row,
    is_short,
)
from searcher.extract.pdf.headings.levels import Told, levels_of
from searcher.extract.pdf.headings.listed import contents_of, numbered_levels, outlined, tagged
from searcher.extract.pdf.headings.run_in import with_run_ins
from searcher.extract.pdf.headings.signatures import is_signature

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from searcher.extract.pdf.blocks.drafts import Draft
    from searcher.extract.pdf.headings.front import Front
    from searcher.extract.pdf.headings.levels import Place, Style
    from searcher.extract.pdf.headings.listed import Contents, Named
    from searcher.extract.pdf.words import Bookmark, Panel, TaggedHeading

_LARGER = 1.08
_SURE = 8  # headings that tags name, to be believed against the look of a block
_MOST = 0.7  # share of what looks like a heading that they name then
_FEW = 3  # headings: a list that names fewer teaches no levels
_IN_BOX = 3  # the highest level of a box's heading: contents seldom list more than two
_BOXED = 0.2  # share of a style's headings that are in boxes, where boxes have headings so set
_LEADING = 2.0  # letters' sizes from a heading's line to its next
_SMALLEST = 0.9  # of the body's letters: of a heading that the file names


@dataclass(frozen=True, slots=True)
class FileLists:
    """What a file says of its headings beside its words.

    Its outline; and for each sheet the headings tagged, the label printed and the panels drawn.
    """

    outline: Sequence[Bookmark] = ()
    tags: Sequence[Sequence[TaggedHeading]] = ()
    labels: Sequence[str | None] = ()
    panels: Sequence[Sequence[Panel]] = ()


@dataclass(frozen=True, slots=True)
class _Report:
    """The blocks of all sheets and what the file's lists say of them, by sheet and words.

    ``keys`` has the forms of each block that is short enough for a heading.
    """

    pages: Sequence[Sequence[Draft]]
    keys: Mapping[Place, tuple[str, ...]]
    body_size: float
    outline: Mapping[Named, int]
    contents: Contents
    tags: Mapping[Named, int]

    def at(self, place: Place) -> Draft:
        return self.pages[place[0] - 1][place[1]]

    def told(self, names: Mapping[Named, int], place: Place) -> int | None:
        """Return what ``names`` say of a block, or ``None`` where they don't name it."""
        keys = self.keys.get(place, ())
        return next((names[place[0], key] for key in keys if (place[0], key) in names), None)

    def in_contents(self, place: Place) -> int | None:
        """Return the level that the contents give a block, wherever they say that it stands."""
        found = self.told(self.contents.at, place)
        if found is not None or place[0] <= self.contents.last:
            return found
        listed = self.contents.anywhere
        return next((listed[key] for key in self.keys.get(place, ()) if key in listed), None)


def mark_headings(
    pages: Sequence[Sequence[Draft]], body_size: float, lists: FileLists
) -> tuple[tuple[Draft, ...], ...]:
    """Return the drafts of all sheets with the headings and the title among them marked."""
    report = _fitted([with_contents_marked(drafts) for drafts in pages], body_size, lists)
    places = tuple(report.keys)
    tags = {place: level for place in places if (level := report.told(report.tags, place))}
    front = read_front(report.pages, body_size, tags)
    chosen = [place for place in places if _is_heading(report, place, front)]
    chosen = _believing_tags(report, chosen)
    styles = {place: _style(report.at(place)) for place in chosen}
    levels = levels_of(styles, _lists(report, chosen))
    levels.update(_boxed(report, levels, lists.panels))

    def marked(place: Place) -> Draft:
        draft = report.at(place)
        if place in front.titles:
            return replace(draft, kind=BlockKind.TITLE)
        if place not in levels:
            return draft
        return replace(draft, kind=BlockKind.HEADING, level=levels[place])

    return with_run_ins([
        _with_labels([marked((number, index)) for index in range(len(page))])
        for number, page in enumerate(report.pages, start=1)
    ])


def _fitted(pages: Sequence[Sequence[Draft]], body_size: float, lists: FileLists) -> _Report:
    outline, tags = outlined(lists.outline), tagged(lists.tags)
    contents = contents_of(pages, lists.labels)
    names: dict[int, set[str]] = defaultdict(set)
    for number, key in (*outline, *contents.at, *tags):
        names[number].add(key)
    whole = [fitted(drafts, names[n]) for n, drafts in enumerate(pages, start=1)]
    keys = {
        (number, index): forms(draft.text)
        for number, page in enumerate(whole, start=1)
        for index, draft in enumerate(page)
        if is_short(draft)
    }
    return _Report(whole, keys, body_size, outline, contents, tags)


def _is_heading(report: _Report, place: Place, front: Front) -> bool:
    draft = report.at(place)
    if place in front.cover or draft.kind not in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM}:
        return False
    is_full = draft.size >= report.body_size * _SMALLEST and could_be_named(draft)
    names = (report.outline, report.contents.at)
    if is_full and any(report.told(one, place) is not None for one in names):
        return True
    if draft.kind is not BlockKind.PARAGRAPH or front.repeats(draft):
        return False
    if is_full and report.told(report.tags, place) is not None:
        return True
    drafts = report.pages[place[0] - 1]
    return (
        could_be_heading(draft)
        and not is_row(draft)
        and not _is_item(drafts, place[1])
        and not is_signature(drafts, place[1])
        and _is_set_apart(drafts, place[1], report.body_size)
    )


def _is_item(drafts: Sequence[Draft], index: int) -> bool:
    """Tell whether a block is a numbered item between others: the sizes of a scan waver."""
    beside = (*drafts[max(index - 1, 0) : index], *drafts[index + 1 : index + 2])
    is_within = len(beside) == 2 and all(one.kind is BlockKind.LIST_ITEM for one in beside)
    return is_within and all(has_item_number(one.text) for one in (*beside, drafts[index]))


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
    return is_larger or not following.bold or could_be_heading(following)


def _believing_tags(report: _Report, chosen: Sequence[Place]) -> list[Place]:
    """Return ``chosen`` without the lines in the body's size that sane tags call no headings."""
    named = {place for place in chosen if report.told(report.tags, place) is not None}
    if len(named) < _SURE or len(named) < _MOST * len(chosen):
        return list(chosen)
    listed = {place for place in chosen if report.in_contents(place) is not None}
    listed |= {place for place in chosen if report.told(report.outline, place) is not None}
    least = report.body_size * _LARGER
    return [p for p in chosen if p in named or p in listed or report.at(p).size >= least]


def _lists(report: _Report, chosen: Sequence[Place]) -> tuple[Told, ...]:
    """Return what each list says of the headings chosen, the most trusted first."""

    def told(ask: Callable[[Place], int | None], *, is_trusted: bool) -> Told:
        said = {place: level for place in chosen if (level := ask(place)) is not None}
        return Told(said, is_trusted and len(said) >= _FEW)

    numbers = numbered_levels({place: report.at(place) for place in chosen})
    return (
        told(lambda place: report.told(report.outline, place), is_trusted=True),
        told(report.in_contents, is_trusted=True),
        told(numbers.get, is_trusted=True),
        told(lambda place: report.told(report.tags, place), is_trusted=False),
    )


def _boxed(
    report: _Report, levels: Mapping[Place, int], panels: Sequence[Sequence[Panel]]
) -> dict[Place, int]:
    """Return the levels of the headings in boxes: none is a section of the report.

    But one that is set like many others outside boxes is one of them, with a frame around it.
    """
    boxes = {n: boxed_blocks(report.pages[n - 1], on) for n, on in enumerate(panels, start=1) if on}
    inside = [place for place in levels if place[1] in boxes.get(place[0], ())]
    times = Counter(_style(report.at(place)) for place in levels)
    boxed = Counter(_style(report.at(place)) for place in inside)
    return {
        place: max(levels[place], _IN_BOX)
        for place in inside
        if boxed[style := _style(report.at(place))] >= _BOXED * times[style]
    }


def _style(draft: Draft) -> Style:
    return round(draft.size * 2) / 2, draft.bold


def _with_labels(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """Join "Chapter 3:" or "3", set above or beside a heading, to it, and its lines to one."""
    done: list[Draft] = []
    for draft in drafts:
        last = done[-1] if done else None
        if draft.kind is BlockKind.HEADING and last is not None and _is_part(last, draft):
            lines, text = (*last.lines, *draft.lines), f"{last.text} {draft.text}"
            done[-1] = replace(draft, lines=lines, text=text)
        else:
            done.append(draft)
    return tuple(done)


def _is_part(last: Draft, heading: Draft) -> bool:
    """Tell whether ``heading`` is one with the block before it: its label, or its first line."""
    if _is_its_label(last, heading):
        return True
    is_next = 0 < heading.top - last.lines[-1].baseline <= _LEADING * heading.size
    is_alike = last.kind is BlockKind.HEADING and _style(last) == _style(heading)
    return is_next and is_alike and heading.text[:1].islower()


def _is_its_label(draft: Draft, heading: Draft) -> bool:
    if draft.kind not in {BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.LIST_ITEM}:
        return False
    is_near = 0 <= heading.top - draft.lines[-1].baseline <= 4 * heading.size
    return is_near and draft.size >= 0.7 * heading.size and is_label(draft.text)
