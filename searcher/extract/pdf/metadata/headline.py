"""The title as the title page sets it: its largest rows, what continues them, what goes before.

A row is typeset; rows of one size and close together are one group. Not of the title are dates,
numbers, credits, persons, bodies of the state and words that only say what kind of paper it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from searcher.document import Found, Source, Span
from searcher.extract.pdf.metadata.organisations import bare_name, is_organisation
from searcher.extract.pdf.metadata.people import are_persons, is_person
from searcher.extract.pdf.metadata.roles import (
    body_runs,
    is_kind,
    is_label,
    is_part,
    is_period,
    is_titular,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searcher.extract.pdf.metadata.cover import CoverLine, Front, Sheet

_SAME = 0.9  # of the larger's size: rows of one size
_LEADING = 1.5  # in sizes: baselines of one paragraph set for show
_APART = 2.3  # in sizes, on a cover
_FAR = 4.5  # in sizes: a subtitle may stand so far below
_LARGER = 1.08  # than the body's letters: set for show
_MARK = re.compile(r"(?<=[a-z])\d$")  # of a footnote, stuck to the last word
_JOINS = frozenset({"and", "&"})
_WORK = (
    r"(?:inspection|review|evaluation|assessment|audit|study|report|analysis|strategy|framework|"
    r"plan|survey|investigation|inquiry)"
)
_SUBJECT = re.compile(rf"^(?:(?:the|an?|joint|re|final)[ -])?{_WORK}\b", re.IGNORECASE)
_HAS_WORK = re.compile(rf"\b{_WORK}s?\b", re.IGNORECASE)
_BARE = re.compile(r"^(?:annual |semiannual )?(?:report|review|strategy|plan)(?: to \w+)?$", re.I)
_GOES_ON = re.compile(
    r"(?:\b(?:of|for|and|the|to|in|on|with|a|an|by|from|&)|[,–-])$", re.IGNORECASE
)
_MEMO = re.compile(r"^(?:subject|title|re)\s*:\s*(?=\S)", re.IGNORECASE)
_MOST_ROWS = 9
_SENTENCE = 8  # words, at least, with a stop behind them


@dataclass(frozen=True, slots=True)
class Headline:
    """A title with its place; ``main`` is its largest rows alone, ``subtitle`` what follows them.

    ``is_set_large`` tells whether it is larger than prose, or on a sheet that holds none.
    """

    found: Found[str]
    main: str
    subtitle: str
    is_set_large: bool


@dataclass(frozen=True, slots=True)
class _Setting:
    """The rows of the title sheet from the top, the body's size there, and whether it is a cover.

    ``bodies`` are the places of the rows that name a body of the state.
    """

    rows: tuple[CoverLine, ...]
    body: float
    is_cover: bool
    bodies: frozenset[Span]

    def is_body(self, row: CoverLine) -> bool:
        """Tell whether ``row`` names a body, or joins two."""
        return row.span in self.bodies or row.text.casefold() in _JOINS


def find_headline(front: Front) -> Headline | None:
    """Return the title that the first sheet with words on it shows, with all of its rows' place."""
    sheet = front.title_sheet
    if sheet is None or (sheet.number > 1 and not sheet.is_cover):
        return None
    setting = _setting(sheet)
    rows = _largest(setting)
    if not rows:
        return _subject_line(setting.rows)
    rows = _without_bodies(rows, setting)
    before, after = _before(setting, rows), _after(setting, rows)
    main = _plain(" ".join(row.text for row in rows))
    text = _plain(" ".join([*(row.text for row in before), _text(rows, after)]))
    spans = [row.span for row in (*before, *rows, *after)]
    span = Span(min(span.start for span in spans), max(span.end for span in spans))
    is_large = setting.is_cover or rows[0].size >= setting.body * _LARGER
    subtitle = " ".join(row.text for row in after)
    return Headline(Found(text, Source.TITLE_PAGE, span), main, subtitle, is_large)


def _plain(text: str) -> str:
    return _MARK.sub("", " ".join(text.split()))


def _setting(sheet: Sheet) -> _Setting:
    rows = tuple(row for row in sheet.rows if not row.is_furniture)
    long = [row for row in rows if len(row.text) > 60]
    body = 0.0 if sheet.is_cover or not long else _size(long)
    bodies = frozenset(row.span for run in body_runs(rows) for row in run)
    return _Setting(rows, body, sheet.is_cover, bodies)


def _size(rows: Sequence[CoverLine]) -> float:
    letters: dict[float, int] = {}
    for row in rows:
        size = round(row.size * 2) / 2
        letters[size] = letters.get(size, 0) + len(row.text)
    return max(letters, key=lambda size: letters[size])


def _largest(setting: _Setting) -> list[CoverLine]:
    """Return the rows of the largest size, together with the rows that go on with them."""
    able = [row for row in setting.rows if is_titular(row)]
    able = [row for row in able if setting.is_cover or _is_display(row, setting)]
    largest = max((row.size for row in able), default=0.0)
    is_letter = any(row.text.startswith("Dear ") for row in setting.rows)
    for lead in sorted(able, key=lambda row: (-round(row.size), row.y)):
        rows = _group(setting, lead)
        is_name = len(rows) == 1 and lead.size < _SAME * largest and is_person(lead.text)
        is_other = all(setting.is_body(row) or is_kind(row.text) for row in rows)
        is_other |= is_letter and is_organisation(bare_name(" ".join(row.text for row in rows)))
        if not is_name and not is_other and not _is_sentence(rows):
            return rows
    return []


def _is_sentence(rows: Sequence[CoverLine]) -> bool:
    text = " ".join(row.text for row in rows)
    return text.endswith((".", ",", ";")) and len(text.split()) >= _SENTENCE


def _is_display(row: CoverLine, setting: _Setting) -> bool:
    return row.size >= setting.body * _LARGER or row.bold


def _group(setting: _Setting, lead: CoverLine) -> list[CoverLine]:
    """Return ``lead`` and the rows below it of its size, each close to the one before."""
    reach = _APART if setting.is_cover else _LEADING
    rows = [lead]
    for row in setting.rows:
        last = rows[-1]
        if row.y <= lead.y + 1 or not _is_alike(row, lead) or len(rows) == _MOST_ROWS:
            continue
        joins = row.text.casefold() in _JOINS
        if row.y - last.y > reach * lead.size or not (joins or is_titular(row)):
            break
        if is_label(row.text) and row.opens and not row.text[0].islower():
            break
        rows.append(row)
    return rows


def _is_alike(row: CoverLine, lead: CoverLine) -> bool:
    smaller, larger = sorted((row.size, lead.size))
    return smaller >= _SAME * larger and row.bold == lead.bold


def _without_bodies(rows: list[CoverLine], setting: _Setting) -> list[CoverLine]:
    """Return ``rows`` without the bodies and the kind of paper they begin with."""
    kept = list(rows)
    while len(kept) > 1 and (
        setting.is_body(kept[0]) or (is_kind(kept[0].text) and not _BARE.match(kept[0].text))
    ):
        kept.pop(0)
    return kept if len(" ".join(row.text for row in kept).split()) > 1 else rows


def _before(setting: _Setting, rows: Sequence[CoverLine]) -> list[CoverLine]:
    """Return the rows above that the title needs: "Module 1:", and of what; "Semiannual"."""
    above = [row for row in setting.rows if row.y < rows[0].y - 1 and row not in rows]
    found: list[CoverLine] = []
    next_row = rows[0]
    is_bare = _BARE.match(" ".join(row.text for row in rows)) is not None
    for row in reversed(above):
        is_close = next_row.y - row.y <= _FAR * max(row.size, next_row.size)
        names_whole = is_part(next_row.text) and (is_titular(row) or setting.is_body(row))
        is_start = is_bare and not found and is_titular(row) and not setting.is_body(row)
        if not is_close or not (is_part(row.text) or names_whole or is_start):
            break
        found.insert(0, row)
        next_row = row
    return found


def _after(setting: _Setting, rows: Sequence[CoverLine]) -> list[CoverLine]:
    """Return the subtitle: the rows for show below the title, up to what is no title."""
    title = " ".join(row.text for row in rows)
    needs_subject = not _HAS_WORK.search(title)
    found: list[CoverLine] = []
    last = rows[-1]
    for row in (row for row in setting.rows if row.y > rows[-1].y + 1 and row not in rows):
        joins = row.text in _JOINS
        is_next = row.y - last.y <= (_FAR if setting.is_cover else 3) * last.size
        if not is_next or not (joins or (_is_subtitle(row, setting) and _is_aligned(row, rows))):
            break
        if not setting.is_cover and not found and not (needs_subject and _SUBJECT.match(row.text)):
            break
        if not setting.is_cover and found and not joins and not _continues(found[-1], row):
            break
        found.append(row)
        last = row
    while found and found[-1].text in _JOINS:
        found.pop()
    return found if len(found) < _MOST_ROWS else []


def _is_subtitle(row: CoverLine, setting: _Setting) -> bool:
    is_shown = setting.is_cover or _is_display(row, setting)
    text = " ".join(row.text.split())
    is_other = setting.is_body(row) or is_kind(text) or is_label(text)
    is_name = are_persons(text) or is_organisation(bare_name(text))
    return is_shown and not is_other and not is_name and is_titular(row)


def _is_aligned(row: CoverLine, rows: Sequence[CoverLine]) -> bool:
    """Tell whether ``row`` begins, ends or is centred where the title does."""
    left, right = min(one.x0 for one in rows), max(one.x1 for one in rows)
    slack = 1.5 * rows[0].size
    offsets = [row.x0 - left, (row.x0 + row.x1 - left - right) / 2]
    if len(rows) > 1 and max(abs(one.x1 - right) for one in rows) < rows[0].size / 2:
        offsets.append(row.x1 - right)
    return any(abs(offset) <= slack for offset in offsets)


def _continues(last: CoverLine, row: CoverLine) -> bool:
    is_line_of_it = not row.opens and row.y - last.y <= _LEADING * row.size
    return last.text in _JOINS or is_line_of_it or _SUBJECT.match(row.text) is not None


def _text(rows: Sequence[CoverLine], after: Sequence[CoverLine]) -> str:
    """Return title and subtitle with what parts them: a colon, or a comma before a year."""
    text = " ".join(row.text for row in rows)
    for index, row in enumerate(after):
        goes_on = _GOES_ON.search(text) or row.text[:1].islower()
        mark = ""
        if is_period(row.text):
            mark = ","
        elif index == 0 and text[-1] not in ":?!":
            mark = ":"
        text = f"{text} {row.text}" if goes_on else f"{text}{mark} {row.text}"
    return text


def _subject_line(rows: Sequence[CoverLine]) -> Headline | None:
    """Return what a memorandum says after "SUBJECT:", with the rows that are set in with it."""
    for first in rows:
        label = _MEMO.match(first.text)
        if not label:
            continue
        kept = [first]
        for row in rows:
            is_below = 0 < row.y - kept[-1].y <= _LEADING * row.size
            if is_below and row.x0 > first.x0 + 2 * row.size:
                kept.append(row)
        text = " ".join(row.text for row in kept)[label.end() :]
        span = Span(first.span.start + label.end(), kept[-1].span.end)
        return Headline(Found(text, Source.TITLE_PAGE, span), text, "", is_set_large=True)
    return None
