"""Panels: frames and shaded grounds that a sheet draws behind its text, as PDFium knows them.

A panel is one path with the outline of an upright rectangle, its corners round or not, that is
stroked or filled with anything but white. Programs that shade or frame a paragraph line by line
draw it in slices, and others draw a frame as four thin bars: both are put together. What covers
the whole sheet is its ground and no panel; bars that stand in a grid are a table's.
"""

from __future__ import annotations

import ctypes
from itertools import repeat
from typing import TYPE_CHECKING, Final, NamedTuple

from pypdfium2 import raw

from searcher.extract.pdf.readers import calls
from searcher.extract.pdf.words import Panel

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from typing import Any

    from searcher.extract.pdf.view import View

_MOST_OBJECTS = 3000  # of one page: a map or a diagram has more, and no panels that matter
_LEAST_WIDTH = 50.0  # points
_LEAST_HEIGHT = 10.0
_THICK = 3.0  # points: a bar is no thicker
_TOUCH = 2.0  # points: slices and bars that belong together lie no further apart
_MOST_POINTS = 24  # of a path: four bars in one, or four round corners
_LEAST_SIDES = 3  # straight ones: a circle has none
_WHITE = 250  # of 255, in each colour
_WHOLE = 0.85  # of the sheet's area
_POINT: Final = ctypes.c_float * 2


class _Shape(NamedTuple):
    """An upright rectangle that is drawn: where, and the colour it is filled with, if any."""

    x0: float
    y0: float
    x1: float
    y1: float
    fill: tuple[int, int, int] | None


def panels_of(
    page: raw.FPDF_PAGE, view: View, *, texts: Collection[int | None] = ()
) -> tuple[Panel, ...]:
    """Return the panels of ``page``, in the order in which they are drawn.

    Of a page of more than three thousand objects only the first count. ``texts`` are the
    addresses of those that are known to be text.
    """
    shapes = list(_shapes(page, view, texts))
    if not shapes:
        return ()
    bars = [shape for shape in shapes if min(_width(shape), _height(shape)) <= _THICK]
    solid = _piled([shape for shape in shapes if min(_width(shape), _height(shape)) > _THICK])
    most = _WHOLE * view.width * view.height
    return tuple(
        Panel(shape.x0, shape.y0, shape.x1, shape.y1)
        for shape in (*solid, *_frames(bars))
        if _width(shape) >= _LEAST_WIDTH
        and _height(shape) >= _LEAST_HEIGHT
        and _width(shape) * _height(shape) < most
    )


def draws_letters(page: raw.FPDF_PAGE) -> bool:
    """Tell whether ``page`` draws letters, or a form, which may; of many objects some are asked."""
    handle = calls.handle_of(page)
    count = min(raw.FPDFPage_CountObjects(page), _MOST_OBJECTS)
    objects = map(calls.OBJECT, repeat(handle), range(count))
    kinds = set(map(calls.KIND, map(ctypes.c_void_p.from_param, objects)))
    return not kinds.isdisjoint((raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_FORM))


def _shapes(page: raw.FPDF_PAGE, view: View, texts: Collection[int | None]) -> Iterator[_Shape]:
    handle = calls.handle_of(page)
    numbers = (ctypes.c_float * 4)()
    refs = tuple(ctypes.byref(numbers, 4 * index) for index in range(4))
    count = min(raw.FPDFPage_CountObjects(page), _MOST_OBJECTS)
    objects = map(calls.OBJECT, repeat(handle), range(count))
    items = [ctypes.c_void_p.from_param(found) for found in objects if found not in texts]
    path = raw.FPDF_PAGEOBJ_PATH
    for item, kind in zip(items, map(calls.KIND, items), strict=True):
        if kind != path or not calls.BOUNDS(item, *refs):
            continue
        x0, y0, x1, y1 = view.box(numbers)
        x0, y0, x1, y1 = max(x0, 0.0), max(y0, 0.0), min(x1, view.width), min(y1, view.height)
        if max(x1 - x0, y1 - y0) < _LEAST_HEIGHT or min(x1 - x0, y1 - y0) < 0:
            continue
        if _THICK < x1 - x0 < _LEAST_WIDTH:  # neither a panel, nor a slice or a bar of one
            continue
        is_drawn, fill = _paint(item)
        extent = max(x1 - x0, y1 - y0)
        if is_drawn and (min(x1 - x0, y1 - y0) <= _THICK or _is_rectangle(item, extent)):
            yield _Shape(x0, y0, x1, y1, fill)


def _paint(item: Any) -> tuple[bool, tuple[int, int, int] | None]:  # noqa: ANN401
    """Return whether anything can be seen of a path, and the colour that fills it."""
    fill_mode, stroked = ctypes.c_int(), ctypes.c_int()
    if not calls.DRAW_MODE(item, ctypes.byref(fill_mode), ctypes.byref(stroked)):
        return False, None
    colours = (ctypes.c_uint * 4)()
    refs = (ctypes.byref(colours, 4 * index) for index in range(4))
    if not fill_mode.value or not calls.FILL_COLOUR(item, *refs):
        return bool(stroked.value), None
    red, green, blue, opaque = colours
    if not opaque or min(red, green, blue) >= _WHITE:
        return bool(stroked.value), None
    return True, (red, green, blue)


def _is_rectangle(item: Any, extent: float) -> bool:  # noqa: ANN401
    """Tell whether all points of a path, ``extent`` long or high, lie on the edges of its box."""
    count = calls.SEGMENTS(item)
    if not 4 <= count <= _MOST_POINTS:
        return False
    point = _POINT()
    refs = ctypes.byref(point), ctypes.byref(point, 4)
    points: list[tuple[float, float]] = []
    sides = 0
    for index in range(count):
        segment = ctypes.c_void_p.from_param(calls.SEGMENT(item, index))
        sides += calls.SEGMENT_KIND(segment) == raw.FPDF_SEGMENT_LINETO
        calls.SEGMENT_POINT(segment, *refs)
        points.append((point[0], point[1]))
    if sides < _LEAST_SIDES:
        return False
    xs, ys = zip(*points, strict=True)
    left, right, low, high = min(xs), max(xs), min(ys), max(ys)
    reach = _THICK * max(right - left, high - low) / extent  # the path may be drawn to a scale
    return all(
        min(abs(x - left), abs(x - right), abs(y - low), abs(y - high)) <= reach for x, y in points
    )


def _width(shape: _Shape) -> float:
    return shape.x1 - shape.x0


def _height(shape: _Shape) -> float:
    return shape.y1 - shape.y0


def _piled(shapes: Iterable[_Shape]) -> list[_Shape]:
    """Return ``shapes`` with those of one width and colour that touch from top to bottom as one."""
    done: list[_Shape] = []
    for shape in shapes:
        last = done[-1] if done else None
        if last is not None and _is_next_slice(last, shape):
            top, bottom = min(last.y0, shape.y0), max(last.y1, shape.y1)
            done[-1] = last._replace(y0=top, y1=bottom)
        else:
            done.append(shape)
    return done


def _is_next_slice(last: _Shape, shape: _Shape) -> bool:
    if shape.fill is None or shape.fill != last.fill:
        return False
    is_as_wide = abs(shape.x0 - last.x0) <= _TOUCH and abs(shape.x1 - last.x1) <= _TOUCH
    return is_as_wide and shape.y0 <= last.y1 + _TOUCH and last.y0 <= shape.y1 + _TOUCH


def _frames(bars: Sequence[_Shape]) -> Iterator[_Shape]:
    """Yield the boxes that four bars make, with no bar across them from side to side."""
    upright = _lengthened([bar for bar in bars if _width(bar) <= _THICK])
    level = [bar for bar in bars if _height(bar) <= _THICK and _width(bar) >= _LEAST_WIDTH]
    sides: dict[tuple[int, int], list[_Shape]] = {}
    for bar in upright:
        if _height(bar) >= _LEAST_HEIGHT:
            sides.setdefault((round(bar.y0 / 4), round(bar.y1 / 4)), []).append(bar)
    for left, *more in sides.values():
        if len(more) != 1:  # three and more are the columns of a table
            continue
        x0, x1 = sorted((left.x0, more[0].x1))
        across = [bar for bar in level if bar.x0 <= x0 + _THICK and bar.x1 >= x1 - _THICK]
        heights = [(bar.y0 + bar.y1) / 2 for bar in across]
        is_closed = all(
            any(abs(height - edge) <= _THICK for height in heights) for edge in (left.y0, left.y1)
        )
        inside = [y for y in heights if left.y0 + _THICK < y < left.y1 - _THICK]
        if is_closed and not inside:
            yield _Shape(x0, left.y0, x1, left.y1, None)


def _lengthened(bars: Iterable[_Shape]) -> list[_Shape]:
    """Return upright ``bars`` with the pieces of one as one."""
    done: list[_Shape] = []
    for bar in sorted(bars, key=lambda bar: (round(bar.x0), bar.y0)):
        last = done[-1] if done else None
        if last is not None and abs(bar.x0 - last.x0) <= _TOUCH and bar.y0 <= last.y1 + _TOUCH:
            done[-1] = last._replace(y1=max(last.y1, bar.y1))
        else:
            done.append(bar)
    return done
