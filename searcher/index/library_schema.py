"""The tables of ``library.db``: everything an answer prints, beside the index that finds it.

Keys are never used twice, so a passage keeps its key in every later generation that has it.
Lists and blocks are JSON arrays in one column: they are read whole or not at all.
"""

FIGURES = (
    "words", "asked", "known", "is_unread", "headings", "furniture", "furniture_words", "columns",
    "hyphens", "garbled", "contradicted", "reader", "why", "confidence",
)  # fmt: skip
"""The columns of a page that tell how it was read, in their order, as ``PageFigures`` has them."""

REPORT = """id, file, sha256, media_type, title, authors, publisher, year, date, series,
    identifiers, language, url, notes, pages, pages_without_text, words, grade, projects,
    themes, outcomes, designs, sources, duplicate_of, reader"""
"""The columns of a report as ``Report`` has them."""

PASSAGE = """SELECT passage.key, report.id, report.paged, section.path, section.kind,
    section.anchor, passage.page, passage.page_last, page.label, passage.start, passage.end
    FROM passage JOIN report ON report.key = passage.report
    JOIN section ON section.report = passage.report AND section.ordinal = passage.section
    JOIN page ON page.report = passage.report AND page.number = passage.page"""
"""Passages, each with the place it stands in."""

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
    text TEXT NOT NULL
);
CREATE TABLE found (
    report INTEGER NOT NULL REFERENCES report ON DELETE CASCADE,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    source TEXT NOT NULL,
    start INTEGER,
    end INTEGER,
    score REAL
);
CREATE INDEX found_report ON found (report);
CREATE TABLE page (
    report INTEGER NOT NULL REFERENCES report ON DELETE CASCADE,
    number INTEGER NOT NULL,
    label TEXT,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    body_end INTEGER NOT NULL,
    has_ink INTEGER NOT NULL,
    blocks TEXT NOT NULL,
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
    reader TEXT NOT NULL,
    why TEXT NOT NULL,
    confidence REAL,
    PRIMARY KEY (report, number)
) WITHOUT ROWID;
CREATE TABLE section (
    report INTEGER NOT NULL REFERENCES report ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    path BLOB NOT NULL,
    level INTEGER NOT NULL,
    kind TEXT NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    page INTEGER NOT NULL,
    anchor TEXT,
    PRIMARY KEY (report, ordinal)
) WITHOUT ROWID;
CREATE TABLE passage (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    report INTEGER NOT NULL REFERENCES report ON DELETE CASCADE,
    section INTEGER NOT NULL,
    page INTEGER NOT NULL,
    page_last INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL
);
CREATE INDEX passage_report ON passage (report);
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
