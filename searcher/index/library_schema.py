"""The tables of ``library.db``: everything an answer prints, beside the index that finds it.

Keys are never used twice, so a passage keeps its key in every later generation that has it. What
belongs to a report lies side by side under keys made of its own, ``report << 24 | number``: a
page by its number, a section, a value and a chunk of the text by its place in their order. The
passages of a report have keys on end. Lists are JSON arrays in one column: they are read whole or
not at all; how texts and blocks are packed is told in ``library_text`` and ``library_blocks``.
"""

FILE_NAME = "library.db"
PART_BITS = 24
LAST_PART = (1 << PART_BITS) - 1

PAGE_BYTES = 16_384
"""The pages of the file itself: long chunks and short ones leave little of them over; measured."""

FIGURES = (
    "words", "asked", "known", "is_unread", "headings", "furniture", "furniture_words", "columns",
    "hyphens", "garbled", "contradicted", "reader", "why", "confidence",
)  # fmt: skip
"""The columns of a page that tell how it was read, in their order, as ``PageFigures`` has them."""

READER = "coalesce(page.reader, report.reader)"
"""Who read a page: it is told of a page only where another one read the report."""

REPORT = """id, file, sha256, media_type, title, authors, publisher, year, date, series,
    identifiers, language, url, notes, pages, pages_without_text, words, grade, projects,
    themes, outcomes, designs, sources, duplicate_of, reader"""
"""The columns of a report as ``Report`` has them."""

PASSAGE = """SELECT passage.key, section.key, report.id, report.paged, section.kind, section.anchor,
    passage.page, passage.page + passage.further_pages, page.label, passage.start,
    passage.start + passage.length
    FROM passage JOIN report ON report.key = passage.report
    JOIN section ON section.key = (passage.report << 24) + passage.section
    JOIN page ON page.key = (passage.report << 24) + passage.page"""
"""Passages, each with its section's key and the place it stands in."""


def parts_of(table: str, report: str = "report.key") -> str:
    """Return the condition that rows of ``table`` belong to the report with the key ``report``."""
    first = f"({report} << {PART_BITS})"
    return f"{table}.key BETWEEN {first} AND {first} + {LAST_PART}"


SCHEMA = """
CREATE TABLE report (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    record_hash TEXT NOT NULL,
    path BLOB NOT NULL,
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    media_type TEXT NOT NULL,
    title TEXT NOT NULL,
    authors TEXT NOT NULL,
    publisher TEXT,
    year INTEGER,
    date TEXT,
    series TEXT,
    identifiers TEXT NOT NULL,
    language TEXT,
    url TEXT,
    notes TEXT,
    paged INTEGER NOT NULL,
    pages INTEGER NOT NULL,
    pages_without_text INTEGER NOT NULL,
    words INTEGER NOT NULL,
    grade TEXT,
    projects TEXT NOT NULL,
    themes TEXT NOT NULL,
    outcomes TEXT NOT NULL,
    designs TEXT NOT NULL,
    sources TEXT NOT NULL,
    duplicate_of TEXT,
    reader TEXT NOT NULL,
    length INTEGER NOT NULL,
    first_passage INTEGER NOT NULL,
    passages INTEGER NOT NULL
);
CREATE TABLE chunk (
    key INTEGER PRIMARY KEY,
    text BLOB NOT NULL
);
CREATE TABLE found (
    key INTEGER PRIMARY KEY,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    source TEXT NOT NULL,
    start INTEGER,
    end INTEGER,
    score REAL
);
CREATE TABLE page (
    key INTEGER PRIMARY KEY,
    label TEXT,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    body_end INTEGER NOT NULL,
    has_ink INTEGER NOT NULL,
    blocks BLOB NOT NULL,
    grade TEXT NOT NULL,
    words INTEGER NOT NULL,
    asked INTEGER NOT NULL,
    known INTEGER NOT NULL,
    is_unread INTEGER NOT NULL,
    headings INTEGER NOT NULL,
    furniture INTEGER NOT NULL,
    furniture_words INTEGER NOT NULL,
    columns INTEGER NOT NULL,
    hyphens INTEGER NOT NULL,
    garbled REAL NOT NULL,
    contradicted TEXT,
    reader TEXT,
    why TEXT NOT NULL,
    confidence REAL
);
CREATE TABLE section (
    key INTEGER PRIMARY KEY,
    above INTEGER NOT NULL,
    headings TEXT NOT NULL,
    level INTEGER NOT NULL,
    kind TEXT NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    page INTEGER NOT NULL,
    anchor TEXT
);
CREATE TABLE passage (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    report INTEGER NOT NULL,
    section INTEGER NOT NULL,
    page INTEGER NOT NULL,
    further_pages INTEGER NOT NULL,
    start INTEGER NOT NULL,
    length INTEGER NOT NULL
);
CREATE TABLE failure (
    file TEXT NOT NULL,
    sha256 TEXT,
    reason TEXT NOT NULL,
    detail TEXT NOT NULL,
    hint TEXT NOT NULL,
    seconds REAL NOT NULL
);
CREATE TABLE concept (
    kind TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    id TEXT NOT NULL,
    label TEXT NOT NULL,
    alternatives TEXT NOT NULL,
    broader TEXT NOT NULL,
    definition TEXT NOT NULL,
    polarity TEXT,
    status TEXT NOT NULL,
    sources TEXT NOT NULL,
    facts TEXT NOT NULL,
    PRIMARY KEY (kind, id)
);
"""
