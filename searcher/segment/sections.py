"""The sections of a document, from its headings, and the part each plays."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from searcher.document import BlockKind, Section, SectionKind, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.document import Block, Document, Page


_NUMBERING = re.compile(
    r"^\s*(?:(?:chapter|section|part)\s+)?[\dA-Z]{0,2}(?:\.\d+)*[.):]?\s+", re.IGNORECASE
)
_WORDS_OF_KIND = {
    SectionKind.ANNEX: "annex(?:es)?|appendix|appendices|glossary",
    SectionKind.REFERENCES: "references|bibliography|endnotes|works cited|^sources$",
    SectionKind.SUMMARY: "summary|abstract|key (?:messages|findings|points)|at a glance"
    "|main points",
    SectionKind.RECOMMENDATIONS: "recommendations?|next steps|areas? for improvement",
    SectionKind.CONCLUSIONS: "conclusions?|concluding|discussion|lessons",
    SectionKind.METHOD: "methods?|methodology|methodological|limitations|data sources"
    "|approach to (?:the )?evaluation|evaluation (?:design|approach)",
    SectionKind.FINDINGS: "findings|results|outcomes?|impacts?|effects?|costs?|value for money"
    "|experiences?",
    SectionKind.BACKGROUND: "background|introduction|context|overview|foreword|about",
}
_KINDS = tuple(
    (kind, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for kind, words in _WORDS_OF_KIND.items()
)


def section_kind(path: tuple[str, ...]) -> SectionKind:
    """Return the part of the section under ``path``: its own heading's, else the nearest above."""
    for heading in reversed(path):
        words = _NUMBERING.sub("", heading, count=1) if len(heading) > 12 else heading
        for kind, pattern in _KINDS:
            if pattern.search(heading if kind is SectionKind.ANNEX else words):
                return kind
    return SectionKind.OTHER if path else SectionKind.FRONT


def sections(document: Document) -> tuple[Section, ...]:
    """Return the sections of ``document`` in order; they tile its text."""
    starts = [(0, 0, "", None, 1), *_headings(document)]
    found: list[Section] = []
    open_headings: list[tuple[int, str]] = []
    for index, (start, level, title, anchor, page) in enumerate(starts):
        end = starts[index + 1][0] if index + 1 < len(starts) else len(document.text)
        if title:
            open_headings = [entry for entry in open_headings if entry[0] < level]
            open_headings.append((level, title))
        elif end == start:
            continue
        path = tuple(text for _, text in open_headings)
        found.append(Section(path, level, section_kind(path), Span(start, end), page, anchor))
    return tuple(found)


def _headings(document: Document) -> Iterator[tuple[int, int, str, str | None, int]]:
    for page, block in _blocks(document):
        if block.kind is BlockKind.HEADING:
            title = " ".join(block.span.of(document.text).split())
            if title:
                yield block.span.start, block.level or 1, title, block.anchor, page.number


def _blocks(document: Document) -> Iterator[tuple[Page, Block]]:
    for page in document.pages:
        for block in page.blocks:
            yield page, block
