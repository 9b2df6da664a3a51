"""Implementations of the seams, found by name: most through entry points, some in a table here.

A group is one seam (``searcher.extractors``, ``searcher.indexes``, ``searcher.exporters``). Most
of our own are registered as anybody else's are, who may put theirs in the place of ours. What wrote
an index opens it, whatever else is installed: its name is taken, and a search need not read what
every installed package says of itself, which takes longer than the search.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from searcher.errors import UnknownNameError
from searcher.near import nearest

TAKEN: Mapping[str, Mapping[str, str]] = MappingProxyType({
    "searcher.indexes": {"whoosh": "searcher.index.whoosh:WhooshBackend"},
})  # fmt: skip
"""By group and name, a module and what in it."""


def names(group: str) -> tuple[str, ...]:
    """Return the names registered in ``group``, sorted."""
    from importlib.metadata import entry_points

    installed = {entry.name for entry in entry_points(group=group)}
    return tuple(sorted(installed.union(TAKEN.get(group, ()))))


def load(group: str, name: str) -> object:
    """Return what is registered as ``name`` in ``group``.

    Raises:
        UnknownNameError: nothing has that name.
    """
    taken = TAKEN.get(group, {})
    if name in taken:
        module, _, inside = taken[name].partition(":")
        return getattr(__import__(module, fromlist=[inside]), inside)
    from importlib.metadata import entry_points

    for entry in entry_points(group=group, name=name):
        return entry.load()
    known = names(group)
    kind = re.sub(r"(?<=x)es$|s$", "", group.rpartition(".")[2])
    hint = "known are " + ", ".join(known)
    raise UnknownNameError(kind, name, near=nearest(name, known), hint=hint)
