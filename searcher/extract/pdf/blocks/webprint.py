"""Pages of GOV.UK printed to PDF: what the site sets around a publication is no part of it.

A file is such a print if several of the site's own phrases stand on it, each a line of its own.
Then those lines leave the body, and of the first sheet all that stands above the title and the
kind of publication: logo, banner, breadcrumbs, the department's crest.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from searcher.document import BlockKind
from searcher.extract.pdf.blocks.lines import modal_size

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from searcher.extract.pdf.blocks.lines import Line
    from searcher.extract.pdf.blocks.outer import Sheet

_PHRASES = (
    ("logo", re.compile(r"gov\.uk")),
    ("crumbs", re.compile(r"home(?:>|›)?[a-z,>›]{0,60}")),
    ("top", re.compile(r"(?:backtotop|skiptomaincontent)")),
    ("cookies", re.compile(r"(?:cookiesongov\.uk|(?:accept|reject)additionalcookies|viewcookies)")),
    (
        "useful",
        re.compile(r"(?:yes|no)?(?:isthispageuseful\??(?:yes)?(?:no)?|thispageis(?:not)?useful)"),
    ),
    ("problem", re.compile(r"(?:report|isthere)(?:a|any)problemwiththispage|helpusimprovegov\.uk")),
    ("print", re.compile(r"printthispage|contentsprintthispage")),
    ("licence", re.compile(r"allcontentisavailableundertheopengovernment(?:licence.*)?")),
    ("licence", re.compile(r"licencev3\.0,exceptwhereotherwisestated.{0,25}")),
)
_ANY_PHRASE = re.compile("|".join(f"(?:{pattern.pattern})" for _, pattern in _PHRASES))
_HEADS = frozenset(
    "gov hom bac ski coo acc rej vie yes noi not ist thi rep hel pri con all lic".split()
)
"""The first three letters of the phrases."""
_LEAST_PHRASES = 3
_ENOUGH = frozenset({"licence", "useful", "problem", "cookies"})  # no report says so of itself
_LONGEST = 120  # letters
_TITLE = 1.5  # times the usual letters
_KIND = 1.5  # title sizes: what stands this close above a title belongs to it


def site_lines(sheets: Sequence[Sheet]) -> Iterator[tuple[int, int, BlockKind]]:
    """Yield sheet, index in its stream and kind of each line that GOV.UK set around its text."""
    marks = [
        (sheet.number, index, name)
        for sheet in sheets
        for index, line in enumerate(sheet.lines)
        if (name := _phrase(line)) is not None
    ]
    found = {name for _, _, name in marks}
    if len(found) < _LEAST_PHRASES or not (found & _ENOUGH or "logo" in found):
        return
    for number, index, name in marks:
        if name != "crumbs":
            yield number, index, BlockKind.FOOTER
    for index in _above_title(sheets[0].lines):
        yield sheets[0].number, index, BlockKind.HEADER


def _phrase(line: Line) -> str | None:
    text = line.text
    head = text[:3]
    is_other = head.isascii() and head.isalpha() and head.lower() not in _HEADS  # nearly always
    if is_other or len(text) > _LONGEST:
        return None
    squeezed = "".join(text.split()).casefold()
    if not _ANY_PHRASE.fullmatch(squeezed):  # nearly always
        return None
    return next((name for name, pattern in _PHRASES if pattern.fullmatch(squeezed)), None)


def _above_title(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the indices of what stands above the title and what is set right over it."""
    others = [line for line in lines if _phrase(line) is None]
    title = max(others, key=lambda line: line.size, default=None)
    if title is None or title.size < _TITLE * modal_size(lines):
        return
    top = min(line.baseline for line in others if line.size >= title.size * 0.98)
    close = [line.baseline for line in others if 0 < top - line.baseline <= _KIND * title.size]
    first = min(close, default=top)
    for index, line in enumerate(lines):
        if line.baseline < first - 1:
            yield index
