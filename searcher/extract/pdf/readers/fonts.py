"""What a font's name tells: both readers give names like "ABCDEF+Calibri-Bold"."""

from __future__ import annotations

import re

_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_SUBSET = re.compile(r"^[A-Z]{6}\+")


def plain_name(name: str) -> str:
    """Return the font's name without the six letters of a subset."""
    return _SUBSET.sub("", name)


def is_bold(name: str) -> bool:
    """Tell whether the font's name says that it is a heavy one."""
    return _BOLD.search(name) is not None
