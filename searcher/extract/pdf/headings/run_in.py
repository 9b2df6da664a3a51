"""Run-in headings: bold or italic words that begin a paragraph and name what it tells.

"**Method.** We read the files of ..." Such words are a heading where the report sets paragraphs
so several times, and where they lead to text: what names a field of a form, a term of a glossary
or a reference has a few words below it, and a section of a few words would be of no use to
anybody who looks for it or quotes it. Names that come back under one heading are speakers.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from itertools import islice, takewhile
from statistics import median
from typing import TYPE_CHECKING

from searcher.document import BlockKind
from searcher.extract.pdf.blocks.drafts import has_item_number
from searcher.extract.pdf.blocks.fitted import place_after
from searcher.extract.pdf.blocks.lines import line_of, segment_of
from searcher.extract.pdf.headings.heading_text import could_be_heading, is_note, squeeze
from searcher.extract.pdf.headings.levels import DEEPEST

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from searcher.extract.pdf.blocks.drafts import Draft
    from searcher.extract.pdf.blocks.lines import Line
    from searcher.extract.pdf.headings.levels import Place
    from searcher.extract.pdf.words import Word

_ITALIC = re.compile(r"(?i:ital|obli|kursiv)|(?<=[a-z])It(?:$|-)")
_END = re.compile(r"(?:[.:?]|[–—-])[”’\"')]?\d{0,2}$")
_MARKS = " .:–—-"
_DASHES = frozenset({"–", "—", "-", ".", ":"})
_ENDS = (".", ":", "?", "–", "—")
_NUMBERS = re.compile(r"\d+")
_TEXT = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM})
_OFTEN = 3  # paragraphs of a report that begin in one form
_LEAST_WORDS = 8  # that follow in the paragraph itself
_ENOUGH_WORDS = 25  # that stand below most of those under one heading
_SAME_SIZE = 0.08
_NEAR_SIZE = 0.15  # of a name from the text that it begins
_NEXT = 1.6  # in sizes: lines of one heading are no further apart
HIGHEST = 3  # contents seldom list more than two levels

Emphasis = tuple[bool, bool]
"""Bold, italic."""


@dataclass(frozen=True, slots=True)
class _Start:
    """The words that a paragraph begins with: how many, how they are set, how they end.

    ``name`` is what they say but for numbers, ``above`` the number of headings before them,
    ``follow`` counts the words below them: of the paragraph, and if it is one, of those after it.
    """

    count: int
    emphasis: Emphasis
    end: str
    name: str
    above: int
    follow: int

    @property
    def form(self) -> tuple[Emphasis, str]:
        return self.emphasis, self.end


def with_run_ins(pages: Sequence[Sequence[Draft]]) -> tuple[tuple[Draft, ...], ...]:
    """Return the drafts of all sheets, headings marked, with run-in headings cut off as such.

    They stand below the heading above them, and no higher than a box's heading: no contents list
    them. Weaker ones (italic letters) that follow stronger ones stand below these.
    """
    pages = [_with_lines_joined(drafts) for drafts in pages]
    starts = _believed(_starts(pages))
    done: list[tuple[Draft, ...]] = []
    base = 0
    inside: list[Emphasis] = []
    for number, drafts in enumerate(pages, start=1):
        cut: list[Draft] = []
        for index, draft in enumerate(drafts):
            start, following = starts.get((number, index)), starts.get((number, index + 1))
            if start is not None:
                inside = [e for e in inside if _rank(e) > _rank(start.emphasis)] + [start.emphasis]
                level = max(base + 1, HIGHEST if base else 1) + len(inside) - 1
                first = cut.pop() if cut and _runs_on(cut[-1], draft) else None
                cut.extend(_cut(draft, start, min(level, DEEPEST), first=first))
                continue
            is_part = following is not None and _runs_on(draft, drafts[index + 1])
            if draft.kind is BlockKind.HEADING and not is_part:
                base, inside = draft.level or 1, []
            cut.append(draft)
        done.append(tuple(cut))
    return tuple(done)


def _with_lines_joined(drafts: Sequence[Draft]) -> list[Draft]:
    """Join to its paragraph each heading that is but the first line of one.

    Words that are set larger part their line from the next; it ends amid a sentence all the same.
    """
    done: list[Draft] = []
    for draft in drafts:
        if done and draft.kind is BlockKind.PARAGRAPH and _is_first_line(done[-1], draft):
            text = f"{done[-1].text} {draft.text}"
            done[-1] = replace(draft, lines=(*done[-1].lines, *draft.lines), text=text)
        else:
            done.append(draft)
    return done


def _is_first_line(heading: Draft, draft: Draft) -> bool:
    is_candidate = heading.kind is BlockKind.HEADING and draft.text[:1].islower()
    return is_candidate and _start(heading, 0) is not None


def _rank(emphasis: Emphasis) -> tuple[bool, bool]:
    bold, italic = emphasis
    return bold, not italic


def _runs_on(heading: Draft, draft: Draft) -> bool:
    """Tell whether ``heading`` is the first lines of the words that ``draft`` begins with."""
    last, first = heading.lines[-1], draft.lines[0]
    return (
        heading.kind is BlockKind.HEADING
        and 0 < first.baseline - last.baseline <= _NEXT * last.size
        and _emphasis(last.segments[-1].words[-1]) == _emphasis(first.segments[0].words[0])
        and abs(first.size - last.size) <= _SAME_SIZE * last.size
        and not heading.text.endswith(_ENDS)
        and (_is_full(last, draft) or not draft.text[:1].isupper())
    )


def _is_full(last: Line, draft: Draft) -> bool:
    """Tell whether the first word of ``draft`` would have had no room in the line above it."""
    word = draft.lines[0].segments[0].words[0]
    return last.x1 + word.x1 - word.x0 > max(line.x1 for line in draft.lines) - last.size


def _starts(pages: Sequence[Sequence[Draft]]) -> dict[Place, _Start]:
    """Return what may be run-in headings, by place; none are on a sheet of contents."""
    found: dict[Place, _Start] = {}
    last: Place | None = None
    above = 0
    for number, drafts in enumerate(pages, start=1):
        has_contents = any(draft.kind is BlockKind.TOC for draft in drafts)
        for index, draft in enumerate(drafts):
            is_heading = draft.kind is BlockKind.HEADING
            above += is_heading
            is_prose = draft.kind is BlockKind.PARAGRAPH and not has_contents
            start = _start(draft, above) if is_prose and _begins(drafts, index) else None
            if start is not None:
                found[number, index] = start
                last = (number, index) if start.follow >= _LEAST_WORDS else None
            elif is_heading:
                last = None
            elif last is not None and draft.kind in _TEXT:
                more = found[last].follow + len(draft.text.split())
                found[last] = replace(found[last], follow=more)
    return found


def _begins(drafts: Sequence[Draft], index: int) -> bool:
    """Tell whether a block does not go on with what stands elsewhere, or does with a heading."""
    follows_heading = index > 0 and _runs_on(drafts[index - 1], drafts[index])
    return follows_heading or not drafts[index].text[:1].islower()


def _believed(starts: Mapping[Place, _Start]) -> dict[Place, _Start]:
    """Return those of ``starts`` that are set as the report sets several, and lead to text."""
    times = Counter(s.form for s in starts.values() if s.follow >= _ENOUGH_WORDS)
    groups: dict[object, list[_Start]] = defaultdict(list)
    for start in starts.values():
        groups[start.form, start.above].append(start)
    return {
        place: start
        for place, start in starts.items()
        if times[start.form] >= _OFTEN
        and start.follow >= _LEAST_WORDS
        and _lead_to_text(groups[start.form, start.above])
    }


def _lead_to_text(alike: Sequence[_Start]) -> bool:
    """Tell whether words set alike under one heading are headings of text, not of a list."""
    names = {start.name for start in alike}
    is_told_apart = 2 * len(names) >= len(alike)
    return is_told_apart and median(start.follow for start in alike) >= _ENOUGH_WORDS


def _start(draft: Draft, above: int) -> _Start | None:
    words = list(_words(draft))
    emphasis = _emphasis(words[0])
    if emphasis == (False, False) or has_item_number(draft.text):
        return None
    count = sum(1 for _ in takewhile(lambda word: _emphasis(word) == emphasis, words))
    if count < len(words) and words[count].text in _DASHES:
        count += 1
    if count == len(words) or _is_as_strong(words[count], emphasis):
        return None
    text = " ".join(word.text for word in islice(words, count))
    end = _END.search(text)
    if not end or not _could_run_in(draft, text, words[count]):
        return None
    kind = end[0][0]
    name = squeeze(_NUMBERS.sub("", text))
    return _Start(count, emphasis, kind, name, above, len(words) - count)


def _is_as_strong(word: Word, emphasis: Emphasis) -> bool:
    return word.bold if emphasis[0] else _emphasis(word)[1]


def _could_run_in(draft: Draft, text: str, following: Word) -> bool:
    bare = text.rstrip(_MARKS + "0123456789")
    is_sized = abs(following.size - draft.size) <= _NEAR_SIZE * draft.size
    return (
        is_sized
        and not is_note(text)
        and could_be_heading(replace(draft, lines=draft.lines[:1], text=bare))
        and not (text.endswith(".") and following.text[:1].islower())
    )


def _emphasis(word: Word) -> Emphasis:
    return word.bold, _ITALIC.search(word.font) is not None


def _words(draft: Draft) -> Iterator[Word]:
    return (word for line in draft.lines for segment in line.segments for word in segment.words)


def _cut(draft: Draft, start: _Start, level: int, *, first: Draft | None) -> tuple[Draft, Draft]:
    """Return the heading that ``draft`` begins with, after ``first``, and the paragraph below."""
    head, rest = _cut_lines(draft.lines, start.count)
    words = list(islice(_words(draft), start.count))
    place = place_after(draft.text, sum(len(squeeze(word.text)) for word in words))
    for word in reversed(words):
        if squeeze(word.text):
            break
        place = draft.text.index(word.text, place) + len(word.text)
    text, below = draft.text[:place].rstrip(), draft.text[place:].lstrip()
    if first is not None:
        head, text = (*first.lines, *head), f"{first.text} {text}"
    return (
        replace(draft, kind=BlockKind.HEADING, lines=head, text=text, level=level),
        replace(draft, lines=rest, text=below),
    )


def _cut_lines(lines: Sequence[Line], count: int) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Return ``lines`` up to their first ``count`` words, and from there on."""
    head: list[Line] = []
    rest: list[Line] = []
    for line in lines:
        for part, into in zip(_cut_line(line, count), (head, rest), strict=True):
            if part:
                into.append(part)
        count -= sum(len(segment.words) for segment in line.segments)
    return tuple(head), tuple(rest)


def _cut_line(line: Line, count: int) -> tuple[Line | None, Line | None]:
    if count <= 0:
        return None, line
    head, rest = [], []
    for segment in line.segments:
        size = len(segment.words)
        if count > 0:
            head.append(segment if count >= size else segment_of(segment.words[:count]))
        if count < size:
            rest.append(segment if count <= 0 else segment_of(segment.words[max(count, 0) :]))
        count -= size
    return line_of(head), line_of(rest) if rest else None
