"""The prose of a sample report, read from a small dialect of Markdown.

A file is a head of ``key: value`` lines, a line ``---``, and blocks parted by empty lines.
``@body`` ends the front matter and ``@landscape`` turns the sheets from there on.
"""

import re
from dataclasses import dataclass
from pathlib import Path

NOTICE = (
    "Sample report, written to demonstrate and test searcher. "
    "The area, the figures and the findings are invented."
)
NOTE_MARK = re.compile(r"\[\^(\d+)\]")
_HEADING = re.compile(r"(#{1,3}) (.+)")
_ITEM = re.compile(r"(?:-|\d+\.) ")
_NOTE = re.compile(r"\[\^(\d+)\]: (.+)")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the highest."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph, or the words of someone interviewed."""

    text: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list, numbered or not."""

    texts: tuple[str, ...]
    numbered: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose first row holds the names of its columns; the caption may be empty."""

    caption: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Body:
    """The end of the front matter: sheets count anew from 1."""


@dataclass(frozen=True, slots=True)
class Landscape:
    """From here on sheets lie on their long side."""


Block = Heading | Prose | Items | Table | Body | Landscape


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample report: what its title page says, its blocks and its footnotes.

    ``byline`` and ``imprint`` are how the title page names {authors} and {publisher}; without an
    imprint the publisher stands at the head of the sheet.
    """

    file: str
    layout: str
    title: str
    subtitle: str
    authors: tuple[str, ...]
    byline: str
    publisher: str
    imprint: str
    date: str
    series: str
    blocks: tuple[Block, ...]
    notes: tuple[tuple[str, str], ...]

    @property
    def year(self) -> str:
        """The year of publication, four digits."""
        return self.date[-4:]

    @property
    def credits(self) -> tuple[str, str, str]:
        """What stands at the head of the title page, under the title, and at its foot."""
        byline = self.byline.format(authors=", ".join(self.authors))
        imprint = self.imprint.format(publisher=self.publisher, year=self.year)
        return "" if imprint else self.publisher, byline, imprint


def read_sample(path: Path) -> Sample:
    """Return the sample report that the file at ``path`` describes.

    Raises:
        KeyError: a line is missing in the head.
    """
    head, _, prose = path.read_text(encoding="utf-8").partition("\n---\n")
    facts = dict(line.split(":", 1) for line in head.splitlines())
    facts = {key: value.strip() for key, value in facts.items()}
    chunks = [chunk.strip() for chunk in re.split(r"\n\s*\n", prose) if chunk.strip()]
    notes = tuple(note for chunk in chunks for note in _NOTE.findall(chunk))
    blocks = _parse([chunk for chunk in chunks if not _NOTE.match(chunk)])
    return Sample(
        file=facts["file"],
        layout=facts["layout"],
        title=facts["title"],
        subtitle=facts["subtitle"],
        authors=tuple(facts["authors"].split("|")),
        byline=facts["byline"],
        publisher=facts["publisher"],
        imprint=facts["imprint"],
        date=facts["date"],
        series=facts["series"],
        blocks=blocks,
        notes=notes,
    )


def _parse(chunks: list[str]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    caption = ""
    for chunk, following in zip(chunks, [*chunks[1:], ""], strict=True):
        if chunk.startswith("Table ") and following.startswith("|"):
            caption = chunk
            continue
        blocks.append(_parse_chunk(chunk, caption))
        caption = ""
    return tuple(blocks)


def _parse_chunk(chunk: str, caption: str) -> Block:
    if chunk == "@body":
        return Body()
    if chunk == "@landscape":
        return Landscape()
    if heading := _HEADING.fullmatch(chunk):
        return Heading(len(heading[1]), heading[2])
    if chunk.startswith("|"):
        return Table(caption, _parse_rows(chunk))
    if chunk.startswith("> "):
        return Prose(chunk.removeprefix("> "), quoted=True)
    if _ITEM.match(chunk):
        texts = tuple(_ITEM.sub("", line, count=1) for line in chunk.splitlines())
        return Items(texts, numbered=not chunk.startswith("-"))
    return Prose(" ".join(chunk.splitlines()))


def _parse_rows(chunk: str) -> tuple[tuple[str, ...], ...]:
    lines = [line for line in chunk.splitlines() if not line.startswith("|--")]
    return tuple(tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines)
