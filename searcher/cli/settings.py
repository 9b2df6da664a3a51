"""The settings in force for one command, and names that it does not know."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from searcher.config import NAMES, Origin, Settings, resolve
from searcher.errors import ConfigError, UnknownNameError
from searcher.near import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from searcher.config import Value

META = "searcher."
"""What a common option's name is kept under in the context of a command."""

COLORS = ("auto", "always", "never")


def settings_of(meta: Mapping[str, object]) -> tuple[Settings, tuple[Origin, ...]]:
    """Return the settings in force with the common options in ``meta``.

    Raises:
        ConfigError: a setting is wrong.
    """
    asked: dict[str, Value | None] = {
        name: value
        for name in NAMES
        if isinstance(value := meta.get(META + name), str | int | Path)
    }
    settings, origins = resolve(asked, start=Path(os.curdir).resolve())
    if settings.color not in COLORS:
        origin = next(entry.origin for entry in origins if entry.name == "color")
        msg = f"{origin}: color is {settings.color!r}"
        raise ConfigError(msg, hint="color is one of " + ", ".join(COLORS))
    return settings, origins


def unknown(name: str, *, kind: str, known: Sequence[str]) -> UnknownNameError:
    """Return the error that ``name`` is none of ``known``, with the nearest ones."""
    hint = "known are " + ", ".join(known)
    return UnknownNameError(kind, name, near=nearest(name, known), hint=hint)
