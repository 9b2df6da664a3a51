"""Page numbers as they are printed: Arabic or Roman."""

from __future__ import annotations

import re
from typing import NamedTuple

_ROMAN = re.compile(r"^m{0,3}(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})$", re.IGNORECASE)
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


class Numeral(NamedTuple):
    """The value of a printed number and how it is written."""

    value: int
    is_roman: bool


def number_of(text: str) -> Numeral | None:
    """Return what ``text`` counts, or ``None`` where it is no numeral."""
    if text.isdecimal():
        return Numeral(int(text), is_roman=False)
    if not text or not _ROMAN.match(text):
        return None
    values = [_VALUES[letter] for letter in text.lower()]
    total = 0
    for value, following in zip(values, [*values[1:], 0], strict=True):
        total += -value if value < following else value
    return Numeral(total, is_roman=True)
