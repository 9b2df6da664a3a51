"""The engines by name; one that is not installed here is left out."""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from benchmarks.speed.engines.engine import Engine

OURS = "searcher"
PLACES = MappingProxyType({
    OURS: "ours.Searcher",
    "tantivy": "tantivy_py.Tantivy",
    "fts5": "fts5.Fts5",
    "xapian": "xapian_py.Xapian",
    "bm25s": "bm25s_py.Bm25s",
    "whoosh": "stock_whoosh.StockWhoosh",
})
"""Module and class of each engine."""


def engine(name: str) -> Engine[Any]:
    """Return the engine ``name``.

    Raises:
        ImportError: it is not installed.
    """
    module, _, what = PLACES[name].partition(".")
    made: Engine[Any] = getattr(import_module(f"benchmarks.speed.engines.{module}"), what)()
    return made


def installed(names: Iterable[str]) -> dict[str, Engine[Any]]:
    """Return those of ``names`` that are installed, by name."""
    found = {}
    for name in names:
        try:
            found[name] = engine(name)
        except ImportError as exc:
            print(f"{name} is left out: {exc}")
    return found
