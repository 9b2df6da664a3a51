"""What was read of some sheets, as bytes and back: what waits on disk until a file is whole.

A JSON head with all but the words, then the words of all its sheets, field by field: numbers as
the machine holds them, so that they come back the same, texts as JSON. Nothing in it can run.
``load(dump(reading)) == reading``. It is read by the program that wrote it, never by another.
"""

from __future__ import annotations

import json
import struct
from array import array
from dataclasses import fields, is_dataclass, replace
from functools import cache
from itertools import islice
from types import NoneType
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

from searcher.extract.pdf.words import Reading, Word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LENGTH = struct.Struct(">Q")


def dump(reading: Reading) -> bytes:
    """Return ``reading`` as bytes."""
    words = [word for page in reading.pages for word in page.words]
    bare = replace(reading, pages=tuple(replace(page, words=()) for page in reading.pages))
    head = [[len(page.words) for page in reading.pages], _plain(bare)]
    columns = [_packed([getattr(word, name) for word in words], hint) for name, hint in _columns()]
    blocks = [json.dumps(head, separators=(",", ":")).encode(), *columns]
    return b"".join(part for block in blocks for part in (_LENGTH.pack(len(block)), block))


def load(data: bytes) -> Reading:
    """Return the reading that ``dump`` wrote.

    Raises:
        ValueError: the bytes are not what ``dump`` writes.
    """
    try:
        head, *blocks = _blocks(data)
        counts, bare = json.loads(head)
        columns = [
            _unpacked(part, hint) for part, (_, hint) in zip(blocks, _columns(), strict=True)
        ]
        words = (Word(*row) for row in zip(*columns, strict=True))
        reading: Reading = _made(bare, Reading)
        pages = tuple(
            replace(page, words=tuple(islice(words, count)))
            for page, count in zip(reading.pages, counts, strict=True)
        )
        is_whole = next(words, None) is None and sum(counts) == len(columns[0])
    except (TypeError, IndexError, struct.error, RecursionError) as exc:
        msg = f"no part of a file: {type(exc).__name__}: {exc}"
        raise ValueError(msg) from exc
    if not is_whole:
        msg = "a part of a file has other words than its sheets"
        raise ValueError(msg)
    return replace(reading, pages=pages)


@cache
def _columns() -> tuple[tuple[str, Any], ...]:
    """Return name and type of each field of a word, in order."""
    return tuple(get_type_hints(Word).items())


def _packed(values: list[Any], hint: object) -> bytes:
    if hint is float:
        return array("d", values).tobytes()
    if hint is bool:
        return bytes(values)
    return json.dumps(values, separators=(",", ":")).encode()


def _unpacked(data: bytes, hint: object) -> Sequence[Any]:
    if hint is float:
        numbers = array("d")
        numbers.frombytes(data)
        return numbers
    if hint is bool:
        return [value == 1 for value in data]
    once: dict[object, object] = {}  # one string for each font, not one for each word
    return [once.setdefault(_made(value, hint), value) for value in json.loads(data)]


def _blocks(data: bytes) -> Iterator[bytes]:
    start = 0
    while start < len(data):
        (length,) = _LENGTH.unpack_from(data, start)
        start += _LENGTH.size
        yield data[start : start + length]
        start += length


def _plain(value: object) -> object:
    """Return ``value`` as JSON knows it: a dataclass is the list of its fields."""
    if is_dataclass(value):
        return [_plain(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def _made(value: Any, hint: Any) -> Any:  # noqa: ANN401 -- what it returns is what is asked for
    """Return what ``_plain`` made of a value of the type ``hint``.

    Raises:
        TypeError: it is of another type.
    """
    if is_dataclass(hint) and isinstance(hint, type):
        kinds = _hints(hint)
        return hint(*[_made(item, kind) for item, kind in zip(value, kinds, strict=True)])
    if get_origin(hint) is tuple:
        kinds = get_args(hint)
        if kinds[1:] == (...,):
            return tuple(_made(item, kinds[0]) for item in value)
        return tuple(_made(item, kind) for item, kind in zip(value, kinds, strict=True))
    allowed = get_args(hint) or (hint,)
    if value is None and NoneType in allowed:
        return None
    (kind,) = (one for one in allowed if one is not NoneType)
    if get_origin(kind) is tuple or is_dataclass(kind):
        return _made(value, kind)
    if type(value) is kind or (kind is float and type(value) is int):
        return value
    msg = f"{value!r:.40} is no {kind}"
    raise TypeError(msg)


@cache
def _hints(kind: type) -> tuple[Any, ...]:
    hints = get_type_hints(kind)
    return tuple(hints[field.name] for field in fields(kind))
