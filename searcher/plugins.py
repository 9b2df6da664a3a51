"""Implementations of the seams, found by name through entry points.

A group is one seam (``searcher.extractors``, ``searcher.indexes``, ``searcher.exporters``);
the built-in implementations are registered the same way as anybody else's.
"""

from __future__ import annotations

from importlib.metadata import entry_points

from searcher.errors import UnknownNameError
from searcher.near import nearest


def names(group: str) -> tuple[str, ...]:
    """Return the names registered in ``group``, sorted."""
    return tuple(sorted({entry.name for entry in entry_points(group=group)}))


def load(group: str, name: str) -> object:
    """Return what is registered as ``name`` in ``group``.

    Raises:
        UnknownNameError: nothing has that name.
    """
    for entry in entry_points(group=group, name=name):
        return entry.load()
    known = names(group)
    kind = group.rpartition(".")[2].rstrip("s")
    hint = "known are " + ", ".join(known)
    raise UnknownNameError(kind, name, near=nearest(name, known), hint=hint)
