"""A level of an evidence scale as text, JSON and CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from searcher.vocabulary import Level

HEADER = ("id", "scale", "level", "label")
CSV_HEADER = ("id", "scale", "level", "rank", "label", "definition", "status", "sources")


def row(level: Level) -> tuple[object, ...]:
    """Return a level as a row under ``HEADER``."""
    return level.id, level.scale, level.level, level.label


def csv_row(level: Level) -> tuple[object, ...]:
    """Return a level as a row under ``CSV_HEADER``."""
    return tuple(getattr(level, name) for name in CSV_HEADER)


def shape(level: Level) -> dict[str, object]:
    """Return a level as JSON; ``status`` tells what is recalled and not checked."""
    return {
        "id": level.id,
        "scale": level.scale,
        "level": level.level or None,
        "rank": level.rank or None,
        "label": level.label,
        "definition": level.definition,
        "status": str(level.status),
        "sources": list(level.sources),
    }
