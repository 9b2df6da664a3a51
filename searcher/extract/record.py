"""A record: one JSON object ``{id, title, text, …}``, a line of a JSONL file."""

from __future__ import annotations

import json
import re

from searcher.document import BlockKind, Document, Found, Metadata, Source
from searcher.errors import ExtractionError, Reason
from searcher.extract.builder import DocumentBuilder, clean
from searcher.extract.plain import paragraphs

HINT = 'write one {"id": "…", "title": "…", "text": "…"} a line'
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")


class RecordExtractor:
    """Reads a record. Its title is its first block; a record may be nothing but a title."""

    version = 1

    def extract(self, data: bytes) -> Document:
        """Return the document that ``data`` holds.

        Raises:
            ExtractionError: damaged (no JSON object with a string ``text``), no text.
        """
        record = _parse(data)
        text = record.get("text")
        if not isinstance(text, str):
            raise ExtractionError(Reason.DAMAGED, "has no string 'text'", hint=HINT)
        builder = DocumentBuilder()
        title = _text(record, "title")
        span = builder.add(BlockKind.TITLE, title or "")
        for part in paragraphs(text):
            builder.add(BlockKind.PARAGRAPH, part)
        builder.end_page()
        metadata = Metadata(
            title=None if title is None else Found(title, Source.EMBEDDED, span),
            authors=_authors(record),
            publisher=_found(_text(record, "publisher")),
            year=_year(record),
            language=_found(_text(record, "language")),
            url=_found(_text(record, "url")),
        )
        document = builder.build(
            media_type="application/json", reader="record 1", metadata=metadata, paged=False
        )
        if not document.text:
            raise ExtractionError(Reason.NO_TEXT, "has neither title nor text", hint=HINT)
        return document


def _parse(data: bytes) -> dict[str, object]:
    try:
        record = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as exc:
        raise ExtractionError(Reason.DAMAGED, f"is no JSON: {exc}", hint=HINT) from exc
    if not isinstance(record, dict):
        raise ExtractionError(Reason.DAMAGED, "is no JSON object", hint=HINT)
    return record


def _text(record: dict[str, object], name: str) -> str | None:
    value = record.get(name)
    return (clean(value) or None) if isinstance(value, str) else None


def _found(value: str | None) -> Found[str] | None:
    return None if value is None else Found(value, Source.EMBEDDED)


def _authors(record: dict[str, object]) -> Found[tuple[str, ...]] | None:
    """Return the authors: a list of names, or one string with ``;`` between them."""
    value = record.get("authors", record.get("author"))
    names = value.split(";") if isinstance(value, str) else value
    if not isinstance(names, list):
        return None
    authors = tuple(name for name in map(clean, filter(_is_text, names)) if name)
    return Found(authors, Source.EMBEDDED) if authors else None


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _year(record: dict[str, object]) -> Found[int] | None:
    """Return the year: a number, or the first one in a string such as ``2017-07-01``."""
    value = record.get("year", record.get("date"))
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    found = _YEAR.search(str(value)[:40])
    return Found(int(found.group()), Source.EMBEDDED) if found else None
