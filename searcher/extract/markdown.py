"""Markdown: headings, paragraphs, lists, quotations, code, tables and notes, block by block.

Marks inside a line (emphasis, links, code) are taken out; what they mark stays. Front matter
between two lines of ``---`` gives metadata. Nothing else of the many dialects is understood:
what is not recognised is a paragraph, so no word is lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from searcher.document import BlockKind, Document, Found, Metadata, Source
from searcher.errors import ExtractionError, Reason
from searcher.extract.builder import DocumentBuilder, clean
from searcher.extract.decode import decode

if TYPE_CHECKING:
    from searcher.document import Span

_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*")
_SETEXT = re.compile(r" {0,3}(=+|-+)[ \t]*")
_RULE = re.compile(r" {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])[ \t]+(.*)")
_NOTE = re.compile(r" {0,3}\[\^([^\]]+)\]:[ \t]*(.*)")
_DEFINITION = re.compile(r" {0,3}\[[^\]^][^\]]*\]:\s*\S+.*")
_QUOTE = re.compile(r" {0,3}>[ ]?")
_TABLE_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_ANCHOR = re.compile(r"\s*\{#([\w.:-]+)\}\s*$")
_INLINE = (
    (re.compile(r"!\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"\[\^([^\]]+)\]"), r" [\1]"),
    (re.compile(r"\[([^\]]+)\]\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\)"), r"\1"),
    (re.compile(r"\[([^\]]+)\]\[[^\]]*\]"), r"\1"),
    (re.compile(r"<((?:https?|mailto):[^>\s]+)>"), r"\1"),
    (re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->", re.S), ""),
    (re.compile(r"(\*\*\*|\*\*|\*)(?=\S)(.+?)(?<=\S)\1", re.S), r"\2"),
    (re.compile(r"(?<!\w)(___|__|_)(?=\S)(.+?)(?<=\S)\1(?!\w)", re.S), r"\2"),
    (re.compile(r"~~(?=\S)(.+?)(?<=\S)~~", re.S), r"\1"),
    (re.compile(r"(`+)(.+?)\1", re.S), r"\2"),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)
_FIELD = re.compile(r"([A-Za-z][\w-]*)[ \t]*:[ \t]*(.*)")
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")


@dataclass(slots=True)
class _Reading:
    """The lines still to be read, and the block being gathered."""

    lines: list[str]
    builder: DocumentBuilder
    at: int = 0
    kind: BlockKind = BlockKind.PARAGRAPH
    gathered: list[str] = field(default_factory=list)
    title: tuple[str, Span | None] | None = None

    def flush(self) -> None:
        """Add the block being gathered; a paragraph is open after it."""
        text = plain_text("\n".join(self.gathered))
        self.builder.add(self.kind, text)
        self.gathered, self.kind = [], BlockKind.PARAGRAPH

    def head(self, text: str, level: int) -> None:
        """Add a heading; the first of level 1 is the title."""
        anchor = _ANCHOR.search(text)
        text = plain_text(_ANCHOR.sub("", text))
        name = anchor.group(1) if anchor else None
        if level == 1 and self.title is None:
            self.title = (clean(text), self.builder.add(BlockKind.TITLE, text, anchor=name))
        else:
            self.builder.add(BlockKind.HEADING, text, level=level, anchor=name)


class MarkdownExtractor:
    """Reads Markdown."""

    version = 1

    def extract(self, data: bytes) -> Document:
        """Return the document that ``data`` holds.

        Raises:
            ExtractionError: unsupported (binary), no text.
        """
        lines = decode(data).expandtabs(4).splitlines()
        fields, start = _front_matter(lines)
        reading = _Reading(lines, DocumentBuilder(), at=start)
        while reading.at < len(lines):
            _read_line(reading)
        reading.flush()
        reading.builder.end_page()
        document = reading.builder.build(
            media_type="text/markdown",
            reader="markdown 1",
            metadata=_metadata(fields, reading.title),
            paged=False,
        )
        if not document.text:
            raise ExtractionError(Reason.NO_TEXT, "holds no words", hint="download it again")
        return document


def plain_text(text: str) -> str:
    """Return ``text`` without the marks of emphasis, links and code."""
    for pattern, replacement in _INLINE:
        text = pattern.sub(replacement, text)
    return text


def _read_line(reading: _Reading) -> None:
    """Take the next line, or the lines of a block of code or a table, off what is to be read."""
    line = _QUOTE.sub("", reading.lines[reading.at])
    reading.at += 1
    if not line.strip() or _DEFINITION.fullmatch(line):
        reading.flush()
    elif fence := _FENCE.match(line):
        _read_code(reading, fence.group(1))
    elif atx := _ATX.fullmatch(line):
        reading.flush()
        reading.head(atx.group(2) or "", len(atx.group(1)))
    elif reading.gathered and _is_setext(reading, line):
        text, reading.gathered = " ".join(reading.gathered), []
        reading.head(text, 1 if "=" in line else 2)
    elif _RULE.fullmatch(line):
        reading.flush()
    elif "|" in line and _next_is_table_rule(reading):
        _read_table(reading, line)
    else:
        _gather(reading, line)


def _is_setext(reading: _Reading, line: str) -> bool:
    return reading.kind is BlockKind.PARAGRAPH and _SETEXT.fullmatch(line) is not None


def _gather(reading: _Reading, line: str) -> None:
    """Add ``line`` to the block being gathered, or begin a list item or a note with it."""
    if note := _NOTE.match(line):
        reading.flush()
        reading.kind = BlockKind.FOOTNOTE
        line = f"{note.group(1)} {note.group(2)}"
    elif item := _ITEM.fullmatch(line):
        reading.flush()
        reading.kind = BlockKind.LIST_ITEM
        line = item.group(1)
    reading.gathered.append(line.strip())


def _read_code(reading: _Reading, fence: str) -> None:
    """Add the lines up to the closing fence as they stand."""
    reading.flush()
    code = []
    while reading.at < len(reading.lines):
        line = reading.lines[reading.at]
        reading.at += 1
        if line.strip().startswith(fence) and not line.strip(" " + fence[0]):
            break
        code.append(line)
    reading.builder.add(BlockKind.PARAGRAPH, "\n".join(code))


def _next_is_table_rule(reading: _Reading) -> bool:
    following = reading.lines[reading.at] if reading.at < len(reading.lines) else ""
    return "-" in following and _TABLE_RULE.fullmatch(following) is not None


def _read_table(reading: _Reading, head: str) -> None:
    reading.flush()
    rows = [head]
    reading.at += 1
    while reading.at < len(reading.lines) and "|" in reading.lines[reading.at]:
        rows.append(reading.lines[reading.at])
        reading.at += 1
    cells = ([cell.strip() for cell in row.strip().strip("|").split("|")] for row in rows)
    text = "\n".join(" | ".join(map(plain_text, row)) for row in cells)
    reading.builder.add(BlockKind.TABLE, text)


def _front_matter(lines: list[str]) -> tuple[dict[str, list[str]], int]:
    """Return the fields between the first line and the next ``---``, and where the text begins."""
    if not lines or lines[0].strip() != "---":
        return {}, 0
    fields: dict[str, list[str]] = {}
    values: list[str] = []
    for number, line in enumerate(lines[1:], start=1):
        if line.strip() in {"---", "..."}:
            return fields, number + 1
        if found := _FIELD.fullmatch(line):
            values = fields.setdefault(found.group(1).lower(), [])
            line = found.group(2)  # noqa: PLW2901
        values += _values(line)
    return {}, 0


def _values(text: str) -> list[str]:
    """Return the value or the values of one line: ``a``, ``[a, b]`` or ``- a``."""
    text = text.strip().removeprefix("- ")
    parts = text[1:-1].split(",") if text.startswith("[") and text.endswith("]") else [text]
    return [value for part in parts if (value := clean(part).strip("\"'"))]


def _metadata(fields: dict[str, list[str]], title: tuple[str, Span | None] | None) -> Metadata:
    named = _one(fields, "title")
    if named is None and title is not None and title[0]:
        named = Found(title[0], Source.TITLE_PAGE, title[1])
    authors = tuple(fields.get("authors", fields.get("author", [])))
    dates = " ".join(fields.get("year", []) + fields.get("date", []))
    year = _YEAR.search(dates)
    return Metadata(
        title=named,
        authors=Found(authors, Source.EMBEDDED) if authors else None,
        publisher=_one(fields, "publisher"),
        year=Found(int(year.group()), Source.EMBEDDED) if year else None,
        language=_one(fields, "language") or _one(fields, "lang"),
        url=_one(fields, "url"),
    )


def _one(fields: dict[str, list[str]], name: str) -> Found[str] | None:
    values = fields.get(name, [])
    return Found(" ".join(values), Source.EMBEDDED) if values else None
