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
_NAMES = {
    SectionKind.ANNEX: r"annex(?:es)?|appendix|appendices|appendixes|glossary|abbreviations"
    r"|acronyms|definitions|terminology",
    SectionKind.REFERENCES: r"references|bibliography|endnotes|end notes|footnotes|works cited"
    r"|literature cited|further reading|related (?:reports|products|publications)|^sources$"
    r"|^notes$|^see also$",
    SectionKind.SUMMARY: r"summary|abstract|synopsis|^highlights$|in brief|at a glance"
    r"|(?:key|main|headline) (?:messages|findings|points|facts|results|conclusions)",
    SectionKind.RECOMMENDATIONS: r"recommendations?|next steps|way forward|action plan"
    r"|priority actions?|areas? for (?:improvement|priority action|development|consideration)"
    r"|what (?:needs|need|must) to (?:be done|improve|change|happen)"
    r"|what .{0,40}needs? to (?:do|be done|improve|change)(?: better)?"
    r"|(?:actions|improvements|changes) (?:required|needed)"
    r"|matters? for (?:congressional )?consideration|implications for (?:policy|practice)",
    SectionKind.CONCLUSIONS: r"conclusions?|concluding|discussion|lessons|reflections|implications"
    r"|overall (?:assessment|judge?ment)|(?:closing|final) remarks",
    SectionKind.METHOD: r"methods?|methodology|methodologies|methodological|limitations|fieldwork"
    r"|data (?:sources|collection|and methods)|terms of reference|quality appraisal"
    r"|(?:approach to|objectives of|aims of|scope of) (?:the |this )?"
    r"(?:evaluation|research|study|review|audit)"
    r"|(?:evaluation|research|study|analytical|audit) "
    r"(?:design|approach|framework|questions?|objectives|aims|scope)"
    r"|(?:objectives?|aims?|scope)(?:,| and) (?:scope|methods?|approach|objectives)"
    r"|how we (?:did|carried out|conducted|undertook|collected|gathered|evaluated)",
    SectionKind.FINDINGS: r"findings|results|effectiveness|value for money|cost[- ]effectiveness"
    r"|(?:process|impact|economic|outcome) evaluation"
    r"|what (?:we|gao|the audit|inspectors|the evaluation|participants|people) (?:found|said)"
    r"|what works|what is working well|experiences",
    SectionKind.BACKGROUND: r"background|introduction|context|foreword|preface|rationale"
    r"|policy (?:context|landscape)|literature review|evidence review|theory of change",
}
_SINGLE = {  # words that name a section alone or first, and stand in many other headings
    SectionKind.FINDINGS: r"outcomes?|impacts?|effects?|costs?|experience|relevance|efficiency"
    r"|sustainability|coherence|performance|progress|achievements|accomplishments|strengths"
    r"|benefits|challenges|barriers|observations|views",
    SectionKind.BACKGROUND: r"overview|about|purpose|aims|information about|history",
}
_END = re.compile(r"(?:(?<=[\w)\]”’]{2})\.|\s\.|\s*[:–—]|\s-)$")  # of "Method." and "Costs –"
_FEW_WORDS = 8  # in a longer heading, a sentence often, a section's name stands at the front
_FEW_SINGLE_WORDS = 4
_FRONT = 3  # words
_NAMED = tuple((kind, re.compile(rf"\b(?:{words})\b", re.I)) for kind, words in _NAMES.items())
_ALONE = tuple((kind, re.compile(rf"\b(?:{words})\b", re.I)) for kind, words in _SINGLE.items())


def section_kind(path: tuple[str, ...]) -> SectionKind:
    """Return the part of the section under ``path``: its own heading's, else the nearest above."""
    for heading in reversed(path):
        kind = _own_kind(heading)
        if kind is not None:
            return kind
    return SectionKind.OTHER if path else SectionKind.FRONT


def _own_kind(heading: str) -> SectionKind | None:
    """Return the part that a heading names, or ``None`` where it tells of something else."""
    words = _NUMBERING.sub("", heading, count=1) if len(heading) > 12 else heading
    for kind, pattern in _NAMED:
        text = heading if kind is SectionKind.ANNEX else words
        if _begins_early(pattern, text, _FEW_WORDS):
            return kind
    for kind, pattern in _ALONE:
        if _begins_early(pattern, words, _FEW_SINGLE_WORDS):
            return kind
    return None


def _begins_early(pattern: re.Pattern[str], text: str, few: int) -> bool:
    """Tell whether a name is in a heading of a ``few`` words, or at the front of a longer one."""
    found = pattern.search(text)
    if not found:
        return False
    return len(text.split()) <= few or len(text[: found.start()].split()) < _FRONT


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
            words = " ".join(block.span.of(document.text).split())
            title = _END.sub("", words) or words
            if title:
                yield block.span.start, block.level or 1, title, block.anchor, page.number


def _blocks(document: Document) -> Iterator[tuple[Page, Block]]:
    for page in document.pages:
        for block in page.blocks:
            yield page, block
