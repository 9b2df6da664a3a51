"""The JSON Schema of every shape that other programs read, by name."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from searcher.errors import UnknownNameError
from searcher.near import nearest

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_ENDING = ".json"


def names() -> tuple[str, ...]:
    """Return the names of the shapes that have a schema, sorted."""
    found = (entry.name for entry in _folder().iterdir())
    return tuple(sorted(name.removesuffix(_ENDING) for name in found if name.endswith(_ENDING)))


def schema(name: str) -> str:
    """Return the JSON Schema (2020-12) of the shape ``name``, as text.

    Raises:
        UnknownNameError: no shape has that name.
    """
    known = names()
    if name not in known:
        hint = "known are " + ", ".join(known)
        raise UnknownNameError("schema", name, near=nearest(name, known), hint=hint)
    return (_folder() / (name + _ENDING)).read_text(encoding="utf-8")


def _folder() -> Traversable:
    return files("searcher") / "schemas"
