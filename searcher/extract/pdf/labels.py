"""The label of each page: what is printed on it, else what the file says is printed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_PLAIN = re.compile(r"^(?:\d{1,4}|[ivxlc]{1,7}|[A-Z]{1,2}-?\d{1,4})$", re.IGNORECASE)


def page_labels(
    printed: Sequence[str | None], stated: Sequence[str | None]
) -> tuple[str | None, ...]:
    """Return the label of each page.

    The printed number wins: a file's own labels are often its sheets counted from 1. A stated
    label that is no number ("Cover") is nothing that anybody could look for on the sheet.
    """
    if not stated:
        return tuple(printed)
    return tuple(
        found or (label if label and _PLAIN.match(label) else None)
        for found, label in zip(printed, stated, strict=True)
    )
