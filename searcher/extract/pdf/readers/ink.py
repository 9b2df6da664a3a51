"""What a sheet draws beside its words: whether there may be text in it that was not read."""

from __future__ import annotations

import ctypes
from itertools import repeat
from typing import TYPE_CHECKING

from pypdfium2 import raw

from searcher.extract.pdf.readers import calls

if TYPE_CHECKING:
    from searcher.extract.pdf.view import View

FEW_WORDS = 40
"""Words of a sheet that may hold its running lines alone."""
_MOST_OBJECTS = 400  # a sheet of more shows something
_LEAST_SHARE = 0.05  # of the sheet: a smaller picture is a logo
_MOST_POINTS = 24  # of a frame: four bars in one, or four round corners
_THICK = 3.0  # points: a rule is no thicker
_LONG = 50.0  # points: a frame is longer, one way at least, and most letters are not
_MOST_SEGMENTS = 200  # of the rules and frames around a text; letters drawn as outlines have more


def shows_something(page: raw.FPDF_PAGE, view: View) -> bool:
    """Tell whether ``page``, which has no words, draws anything but rules and frames.

    A rule is thin, a frame or a ground is long, and neither has many points: letters that are
    drawn as outlines are small, or all together one path of many points.
    """
    count: int = raw.FPDFPage_CountObjects(page)
    numbers = (ctypes.c_float * 4)()
    refs = tuple(ctypes.byref(numbers, 4 * index) for index in range(4))
    for found in map(calls.OBJECT, repeat(calls.handle_of(page)), range(min(count, _MOST_OBJECTS))):
        item = ctypes.c_void_p.from_param(found)
        if calls.KIND(item) != raw.FPDF_PAGEOBJ_PATH or calls.SEGMENTS(item) > _MOST_POINTS:
            return True
        if calls.BOUNDS(item, *refs):
            x0, y0, x1, y1 = view.box(numbers)
            short, long = sorted((abs(x1 - x0), abs(y1 - y0)))
            if short > _THICK and long < _LONG:
                return True
    return count > _MOST_OBJECTS


def draws_more(page: raw.FPDF_PAGE, view: View) -> bool:
    """Tell whether ``page`` draws more beside its words than rules, frames and a small logo."""
    count = raw.FPDFPage_CountObjects(page)
    if count > _MOST_OBJECTS:
        return True
    numbers = (ctypes.c_float * 4)()
    refs = tuple(ctypes.byref(numbers, 4 * index) for index in range(4))
    segments, shown = 0, 0.0
    for found in map(calls.OBJECT, repeat(calls.handle_of(page)), range(count)):
        item = ctypes.c_void_p.from_param(found)
        kind = calls.KIND(item)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            continue
        if kind == raw.FPDF_PAGEOBJ_PATH:
            segments += max(calls.SEGMENTS(item), 0)
        elif calls.BOUNDS(item, *refs):
            x0, y0, x1, y1 = view.box(numbers)
            shown += abs(x1 - x0) * abs(y1 - y0)
    return segments > _MOST_SEGMENTS or shown >= _LEAST_SHARE * view.width * view.height
