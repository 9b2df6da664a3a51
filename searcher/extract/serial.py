"""A document as bytes and back: what workers send and the extraction cache keeps.

Compact JSON with a format number, nothing that could run. ``from_json(to_json(d)) == d``.
A page's start is where the page before it ends, so only its end is written.
"""

from __future__ import annotations

import json
from typing import TypeVar

from searcher.document import (
    Block,
    BlockKind,
    Document,
    Found,
    Metadata,
    Page,
    PageReading,
    Source,
    Span,
)

FORMAT = "searcher/document/serial/3"

T = TypeVar("T")
Said = Found[str] | Found[int] | Found[tuple[str, ...]] | tuple[Found[str], ...] | None


def to_json(document: Document) -> bytes:
    """Return ``document`` as UTF-8 JSON; equal documents give equal bytes."""
    fields = {
        "format": FORMAT,
        "media_type": document.media_type,
        "reader": document.reader,
        "paged": document.paged,
        "metadata": {
            name: _said_to_json(getattr(document.metadata, name))
            for name in Metadata.__dataclass_fields__
        },
        "pages": [_page_to_list(page) for page in document.pages],
        "text": document.text,
    }
    # Half a surrogate pair may stand in a file's own title: it must come back as it was.
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


def from_json(data: bytes) -> Document:
    """Return the document that ``to_json`` wrote.

    Raises:
        ValueError: the bytes are not what this version of ``to_json`` writes.
    """
    try:
        fields = _typed(json.loads(data.decode("utf-8", "surrogatepass")), dict)
        if fields["format"] != FORMAT:
            msg = f"format {fields['format']!r} is not {FORMAT}"
            raise ValueError(msg)
        return Document(
            text=_typed(fields["text"], str),
            pages=_pages(_typed(fields["pages"], list)),
            media_type=_typed(fields["media_type"], str),
            reader=_typed(fields["reader"], str),
            metadata=_metadata(_typed(fields["metadata"], dict)),
            paged=_typed(fields["paged"], bool),
        )
    except (KeyError, TypeError, RecursionError) as exc:
        msg = f"not a document: {type(exc).__name__}: {exc}"
        raise ValueError(msg) from exc


def _said_to_json(said: Said) -> list[object] | None:
    if said is None:
        return None
    return [*map(_found_to_list, said)] if isinstance(said, tuple) else _found_to_list(said)


def _found_to_list(found: Found[str] | Found[int] | Found[tuple[str, ...]]) -> list[object]:
    span = None if found.span is None else [found.span.start, found.span.end]
    value = list(found.value) if isinstance(found.value, tuple) else found.value
    return [value, found.source.value, span]


def _page_to_list(page: Page) -> list[object]:
    blocks = [
        [block.kind.value, block.span.start, block.span.end, block.level, block.anchor]
        for block in page.blocks
    ]
    how = page.reading
    reading = [how.reader, how.why, how.columns, how.hyphens, how.garbled, how.confidence]
    reading.append(how.contradicted)
    return [page.label, page.span.end, page.body.end, page.has_ink, reading, blocks]


def _typed(value: object, kind: type[T]) -> T:
    """Return ``value`` if it is a ``kind``; true and false are no numbers."""
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        msg = f"{value!r:.40} is no {kind.__name__}"
        raise TypeError(msg)
    return value


def _optional(value: object, kind: type[T]) -> T | None:
    return None if value is None else _typed(value, kind)


def _pages(rows: list[object]) -> tuple[Page, ...]:
    pages: list[Page] = []
    start = 0
    for number, row in enumerate(rows, start=1):
        label, end, body_end, has_ink, reading, blocks = _typed(row, list)
        page = Page(
            number=number,
            label=_optional(label, str),
            span=Span(start, _typed(end, int)),
            body=Span(start, _typed(body_end, int)),
            blocks=tuple(_block(block) for block in _typed(blocks, list)),
            has_ink=_typed(has_ink, bool),
            reading=_reading(reading),
        )
        start = page.span.end
        pages.append(page)
    return tuple(pages)


def _reading(row: object) -> PageReading:
    reader, why, columns, hyphens, garbled, confidence, contradicted = _typed(row, list)
    return PageReading(
        reader=_typed(reader, str),
        why=_typed(why, str),
        columns=_typed(columns, int),
        hyphens=_typed(hyphens, int),
        garbled=_typed(garbled, float),
        confidence=_optional(confidence, float),
        contradicted=_optional(contradicted, str),
    )


def _block(row: object) -> Block:
    kind, start, end, level, anchor = _typed(row, list)
    span = Span(_typed(start, int), _typed(end, int))
    return Block(BlockKind(kind), span, _optional(level, int), _optional(anchor, str))


def _metadata(fields: dict[object, object]) -> Metadata:
    if set(fields) != set(Metadata.__dataclass_fields__):
        msg = f"metadata has the fields {sorted(map(str, fields))}"
        raise ValueError(msg)
    return Metadata(
        title=_found(fields["title"], str),
        authors=_found_many(fields["authors"]),
        publisher=_found(fields["publisher"], str),
        year=_found(fields["year"], int),
        date=_found(fields["date"], str),
        series=_found(fields["series"], str),
        identifiers=_founds(fields["identifiers"]),
        language=_found(fields["language"], str),
        url=_found(fields["url"], str),
    )


def _found(row: object, kind: type[T]) -> Found[T] | None:
    if row is None:
        return None
    value, source, span = _typed(row, list)
    return Found(_typed(value, kind), Source(source), _span(span))


def _founds(rows: object) -> tuple[Found[str], ...]:
    found = (_found(row, str) for row in _typed(rows, list))
    return tuple(_typed(one, Found) for one in found)


def _found_many(row: object) -> Found[tuple[str, ...]] | None:
    if row is None:
        return None
    values, source, span = _typed(row, list)
    texts = tuple(_typed(value, str) for value in _typed(values, list))
    return Found(texts, Source(source), _span(span))


def _span(row: object) -> Span | None:
    if row is None:
        return None
    start, end = _typed(row, list)
    return Span(_typed(start, int), _typed(end, int))
