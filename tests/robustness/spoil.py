"""Files made by spoiling good ones: cut off, bytes flipped, streams swapped.

The same seed gives the same files. What comes out is what a bad download, a bad disk and a bad
converter make of a report; nothing here knows how any reader works.
"""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_FLIPPED_SHARE = 0.001  # of the bytes


class Spoilt(NamedTuple):
    """A spoilt file; ``name`` says what it was made from and how."""

    name: str
    content: bytes


def spoil(name: str, good: bytes, *, seed: int, flipped: int = 3, swapped: int = 3) -> list[Spoilt]:
    """Return ``good`` cut off at every tenth, ``flipped`` and ``swapped`` so many times."""
    source = random.Random(f"{seed} {name}")  # noqa: S311 -- nothing secret hangs on it
    stem, _, ending = name.rpartition(".")
    made = [*_cut(good), *_flip(good, source, flipped), *_swap(good, source, swapped)]
    return [Spoilt(f"{stem}-{deed}.{ending}", content) for deed, content in made]


def _cut(good: bytes) -> Iterator[tuple[str, bytes]]:
    for tenth in range(1, 10):
        yield f"cut{tenth}", good[: len(good) * tenth // 10]


def _flip(good: bytes, source: random.Random, times: int) -> Iterator[tuple[str, bytes]]:
    for number in range(times):
        content = bytearray(good)
        for _ in range(max(int(len(good) * _FLIPPED_SHARE), 1)):
            content[source.randrange(len(content))] = source.randrange(256)
        yield f"flip{number}", bytes(content)


def _swap(good: bytes, source: random.Random, times: int) -> Iterator[tuple[str, bytes]]:
    """Put one stream where another belongs; what has no two streams changes its two halves."""
    spans = [match.span(1) for match in _STREAM.finditer(good)]
    for number in range(times):
        if len(spans) < 2:
            middle = source.randrange(len(good))
            yield f"swap{number}", good[middle:] + good[:middle]
            continue
        (a, b), (c, d) = sorted(source.sample(spans, 2))
        yield f"swap{number}", good[:a] + good[c:d] + good[b:c] + good[a:b] + good[d:]
