"""What the words of a block say of whether it can be a heading, and how two headings compare."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from searcher.extract.pdf.blocks.drafts import has_bullet

if TYPE_CHECKING:
    from searcher.extract.pdf.blocks.drafts import Draft

_LONGEST = 180  # letters
_MOST_LINES = 4
_WORDS = re.compile(r"[^\W_]+")
_NO_WORDS = {code: None for code in range(0x80) if not chr(code).isalnum()}
_LETTER = re.compile(r"[^\W\d_]{2}")
_NO_END = (".", ",", ";", ":", ".”", ",”", '."')
_ADDRESS = re.compile(r"^(?:https?://|www\.)\S+$")
_NOTE = re.compile(r"^(?:sources?|notes?|base|n\.?b\.?|key)\s*:", re.IGNORECASE)
_BLANK = re.compile(
    r"^\W*this page (?:is |was |has been )?(?:intentionally |deliberately )?(?:left )?blank", re.I
)
_MOST_WORDS = {".": 12, ":": 5, ";": 0, ",": 0}  # of a heading that ends like this
_LEAST_QUOTED = 30  # letters: a shorter one is a name in quotation marks
_QUOTED = re.compile(r"^[“‘\"].*[”’\"]\s*\d{0,3}$")
_HALF_QUOTED = re.compile(r"^“[^”]*$|^[^“\"]*”\s*\d{0,3}$")
_PART = (
    r"(?:chapter|part|section|appendix|annex)\s+(?:\d{1,2}|[ivx]{1,5}|[a-z]|one|two|three|four|five"
    r"|six|seven|eight|nine|ten|eleven|twelve)"
)
_NUMBERING = re.compile(
    rf"^(?:{_PART}\b|\d{{1,2}}(?:\.\d{{1,2}}){{0,4}}\b|\(?[a-z]\)|[a-z]\.|[ivx]{{1,5}}[.)])"
    r"[\s.:–—-]*(?=\S)",
    re.IGNORECASE,
)
_LABEL = re.compile(rf"^(?:{_PART}|\d{{1,2}}|[A-Z])[.:]?$", re.IGNORECASE)
_FIGURE = re.compile(
    r"^[£$€~<>+-]*\d[\d,.]*\s?(?:%|per ?cent\b|bn\b|m\b|k\b|(?:b|m|tr)illion\b|in \d|out of \d)",
    re.I,
)
_IN_LIGATURES = dict.fromkeys(map(ord, "fijlth"))
_NOTE_MARK = re.compile(r"(?<=[a-z)”’?])[\d*]{1,2}$")
_LEAST_BONES = 8  # letters
_DEPTH = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+(?=[^\W\d])")


def squeeze(text: str) -> str:
    """Return the letters and digits of ``text`` alone, in lower case."""
    if text.isascii():  # in a third of the time
        return text.translate(_NO_WORDS).lower()
    return "".join(_WORDS.findall(text)).casefold()


def skeleton(key: str) -> str:
    """Return a squeezed ``key`` without the letters that fonts lose in ligatures (fi, fl, Th)."""
    return key.translate(_IN_LIGATURES)


def forms(text: str) -> tuple[str, ...]:
    """Return keys of ``text``: squeezed; without the number it begins with; without ligatures.

    The last begin with "~", so that they meet only their like. A footnote's mark is left out.
    """
    text = _NOTE_MARK.sub("", text)
    whole = squeeze(text)
    bare = squeeze(_NUMBERING.sub("", text, count=1)) or whole
    keys = dict.fromkeys((whole, bare))
    bones = (skeleton(key) for key in tuple(keys))
    return (*keys, *(f"~{bone}" for bone in bones if len(bone) >= _LEAST_BONES))


def is_short(draft: Draft) -> bool:
    """Tell whether a block is as short as a heading, and has a word."""
    return (
        len(draft.lines) <= _MOST_LINES
        and len(draft.text) <= _LONGEST
        and _LETTER.search(draft.text) is not None
    )


def could_be_heading(draft: Draft) -> bool:
    """Tell whether a block is as short as a heading and no bullet, sentence, note or quotation."""
    text = draft.text
    return (
        is_short(draft)
        and not has_bullet(text)
        and not _ADDRESS.match(text)
        and not _NOTE.match(text)
        and not _BLANK.match(text)
        and not _is_figure(text)
        and "@" not in text
        and not text.endswith(_NO_END)
        and not _HALF_QUOTED.match(text)
        and not (len(text) >= _LEAST_QUOTED and _QUOTED.match(text))
    )


def is_note(text: str) -> bool:
    """Tell whether ``text`` leads to a source or a note: "Source:"."""
    return _NOTE.match(text) is not None


def _is_figure(text: str) -> bool:
    """Tell whether a line shows a number, as reports do in large letters: "£3.2bn", "4 in 10"."""
    words = text if text[:1].isalpha() else _NUMBERING.sub("", text, count=1)
    digits = sum(map(str.isdigit, words))
    return _FIGURE.match(text) is not None or digits > sum(map(str.isalpha, words))


def could_be_named(draft: Draft) -> bool:
    """Tell whether a block can be a heading that the file names: no bullet, and no sentence.

    Lists take in lead-ins ("The department agreed to:") and whole paragraphs by mistake.
    """
    text = draft.text
    most = next((most for end, most in _MOST_WORDS.items() if text.endswith(end)), None)
    return (
        is_short(draft)
        and not text[0].islower()
        and not has_bullet(draft.lines[0].text)
        and (most is None or text.count(" ") < most)
    )


def is_row(draft: Draft) -> bool:
    """Tell whether words stand far apart on a line, as in a table, and not after a label."""
    return any(
        len(line.segments) > 1 and not is_label(line.segments[0].text) for line in draft.lines
    )


def is_label(text: str) -> bool:
    """Tell whether ``text`` is the label of a heading alone: "Chapter 3:", "B", "2"."""
    return _LABEL.match(text) is not None


def numbered_depth(text: str) -> tuple[str, int] | None:
    """Return the number that ``text`` begins with and how many parts it has: "2.3" has 2."""
    found = _DEPTH.match(text)
    return (found[1], found[1].count(".") + 1) if found else None
