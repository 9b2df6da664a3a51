"""The tables of ``library.db``: everything an answer prints, beside the index that finds it.

Keys are never used twice, so a passage keeps its key in every later generation that has it.
Lists and blocks are JSON arrays in one column: they are read whole or not at all.
"""

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
