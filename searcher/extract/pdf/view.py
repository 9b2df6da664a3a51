"""The sheet as it is looked at: where a place of the file's own space lies on it.

The file counts upwards from an origin of its own and may turn the sheet; here the origin is the
top left of what is shown, y grows downwards. Everything is in points.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pypdfium2 import raw

if TYPE_CHECKING:
    from collections.abc import Iterable

Box = tuple[float, float, float, float]
"""Left, top, right and bottom on the sheet."""


@dataclass(frozen=True, slots=True)
class View:
    """The part of a sheet that is shown, in the file's space; ``turns`` by 90°, clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int
    width: float
    height: float

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return where the file's ``x`` and ``y`` lie on the sheet."""
        match self.turns:
            case 1:
                return y - self.bottom, x - self.left
            case 2:
                return self.right - x, y - self.bottom
            case 3:
                return self.top - y, self.right - x
            case _:
                return x - self.left, self.top - y

    def box(self, edges: Iterable[float]) -> Box:
        """Return where a box of the file's space lies, given as left, bottom, right and top."""
        left, bottom, right, top = edges
        xa, ya = self.place(left, bottom)
        xb, yb = self.place(right, top)
        return min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)

    def turned(self, quarters: int) -> View:
        """Return the sheet as it is looked at when it is turned by ``quarters``, clockwise."""
        if not quarters:
            return self
        size = (self.width, self.height) if quarters % 2 == 0 else (self.height, self.width)
        turns = (self.turns + quarters) % 4
        return View(self.left, self.bottom, self.right, self.top, turns, *size)


def view_of(page: raw.FPDF_PAGE) -> View:
    """Return how ``page`` is looked at."""
    width, height = float(raw.FPDF_GetPageWidthF(page)), float(raw.FPDF_GetPageHeightF(page))
    return View(*_shown(page, width, height), raw.FPDFPage_GetRotation(page), width, height)


def _shown(page: raw.FPDF_PAGE, width: float, height: float) -> Box:
    """Return left, bottom, right and top of the part of the sheet that is shown."""
    numbers = tuple(ctypes.c_float() for _ in range(4))
    for ask in (raw.FPDFPage_GetCropBox, raw.FPDFPage_GetMediaBox):
        if ask(page, *numbers):
            left, bottom, right, top = (number.value for number in numbers)
            return min(left, right), min(bottom, top), max(left, right), max(bottom, top)
    return 0.0, 0.0, width, height
