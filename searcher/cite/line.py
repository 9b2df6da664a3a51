"""A report's words on one line, with nothing in them that a format or a terminal obeys."""

from __future__ import annotations

import unicodedata

_NEVER_PRINTED = frozenset({"Cc", "Cs"})
_TURNS_TEXT = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def one_line(text: str) -> str:
    """Return ``text`` with one space for any white space, control characters taken out.

    Invariant: ``one_line(one_line(text)) == one_line(text)``.
    """
    kept = (
        char
        for char in " ".join(text.split())
        if unicodedata.category(char) not in _NEVER_PRINTED and char not in _TURNS_TEXT
    )
    return " ".join("".join(kept).split())
