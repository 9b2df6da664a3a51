"""How a sheet was read as bytes and back: what the child that read it again sends.

JSON, nothing that could run. ``from_json(to_json(layout)) == layout``.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import asdict
from typing import TYPE_CHECKING

from searcher.document import BlockKind
from searcher.results.layout import LaidBlock, PageLayout

if TYPE_CHECKING:
    from searcher.results.layout import Box


def to_json(layout: PageLayout) -> bytes:
    """Return ``layout`` as UTF-8 JSON."""
    fields = asdict(layout) | {"picture": b64encode(layout.picture).decode("ascii")}
    return json.dumps(fields, separators=(",", ":")).encode()


def from_json(data: bytes) -> PageLayout:
    """Return the layout that ``to_json`` wrote.

    Raises:
        ValueError: the bytes are not what ``to_json`` writes.
    """
    try:
        fields = json.loads(data)
        blocks = tuple(
            LaidBlock(
                BlockKind(row["kind"]), row["level"], str(row["text"]),
                tuple(_box(box) for box in row["boxes"]),
            )
            for row in fields["blocks"]
        )  # fmt: skip
        picture = b64decode(fields["picture"], validate=True)
        return PageLayout(**(fields | {"blocks": blocks, "picture": picture}))
    except (KeyError, TypeError, RecursionError) as exc:
        msg = f"not a layout: {type(exc).__name__}: {exc}"
        raise ValueError(msg) from exc


def _box(row: object) -> Box:
    left, top, right, bottom = map(float, row if isinstance(row, list) else ())
    return left, top, right, bottom
