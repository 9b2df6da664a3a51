"""How a sheet was read, drawn over its picture: SVG, which needs nothing, or PNG by Pillow.

Every block has the colour of its kind and, beside it, its number in the order of the text and the
level of a heading; furniture is dashed. Below the sheet stands what the colours mean.
"""

from __future__ import annotations

from base64 import b64encode
from html import escape
from typing import TYPE_CHECKING

from searcher.document import FURNITURE, BlockKind
from searcher.errors import UsageError
from searcher.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from searcher.results.layout import Box, PageLayout

COLOURS = {
    BlockKind.TITLE: "#8e24aa",
    BlockKind.HEADING: "#d81b60",
    BlockKind.PARAGRAPH: "#1e66d0",
    BlockKind.LIST_ITEM: "#00897b",
    BlockKind.TABLE: "#ef6c00",
    BlockKind.CAPTION: "#6d4c41",
    BlockKind.FOOTNOTE: "#5e6b12",
    BlockKind.SIDEBAR: "#3949ab",
    BlockKind.TOC: "#00838f",
    BlockKind.HEADER: "#616161",
    BlockKind.FOOTER: "#616161",
    BlockKind.PAGE_NUMBER: "#616161",
}
LABEL_POINTS = 7.0
LEGEND_POINTS = 12.0
"""Added below the sheet."""
_LETTER = 0.56  # of its size: how wide a letter of a label is
_DASH = 4  # points

ENDINGS = (".svg", ".png")


def drawing(layout: PageLayout, path: Path) -> bytes:
    """Return ``layout`` over its picture, in the format that the name of ``path`` asks for.

    Raises:
        UsageError: it asks for another format, or for PNG where Pillow is not installed.
    """
    if path.suffix.casefold() == ".png":
        return _png(layout)
    return _svg(layout).encode()


def check_ending(path: Path) -> None:
    """Refuse a name whose ending says no format that can be drawn.

    Raises:
        UsageError: so it does.
    """
    if path.suffix.casefold() not in ENDINGS:
        msg = f"{path.name}: its ending says no kind of picture"
        raise UsageError(msg, hint="call it .svg or .png")


@dataclass(frozen=True, slots=True)
class _Mark:
    """A box in points: an outline on a tint, or a filled label with white ``text`` in it."""

    box: Box
    colour: str
    text: str = ""
    is_dashed: bool = False


def _marks(layout: PageLayout) -> Iterator[_Mark]:
    """Yield the boxes of the blocks with their numbers beside them, then what colours mean."""
    for number, block in enumerate(layout.blocks, start=1):
        colour = COLOURS[block.kind]
        for box in block.boxes:
            yield _Mark(box, colour, is_dashed=block.kind in FURNITURE)
        if block.boxes:
            left, top, *_ = block.boxes[0]
            text = f"{number} h{block.level}" if block.level else str(number)
            start = max(left - _room(text) - 1, 0.0)
            yield _label(text, start, top, colour=colour)
    left = LABEL_POINTS
    for kind in dict.fromkeys(block.kind for block in layout.blocks):
        text = str(kind).replace("_", " ")
        yield _label(text, left, layout.height + 2, colour=COLOURS[kind])
        left += _room(text) + LABEL_POINTS


def _label(text: str, left: float, top: float, *, colour: str) -> _Mark:
    return _Mark((left, top, left + _room(text), top + LABEL_POINTS + 1), colour, text)


def _room(text: str) -> float:
    return len(text) * LABEL_POINTS * _LETTER + 3


def _svg(layout: PageLayout) -> str:
    size = {"width": layout.width, "height": layout.height}
    seen = "data:image/png;base64," + b64encode(layout.picture).decode("ascii")
    title = _tag("title", {}, f"{layout.report}, sheet {layout.page}")
    drawn = [title, _tag("image", {**size, "href": seen})]
    for mark in _marks(layout):
        left, top, right, bottom = mark.box
        place = {"x": left, "y": top, "width": right - left, "height": bottom - top}
        look: dict[str, object] = {"fill": mark.colour}
        if not mark.text:
            look |= {"fill-opacity": 0.1, "stroke": mark.colour}
        if mark.is_dashed:
            look["stroke-dasharray"] = _DASH
        drawn.append(_tag("rect", {**place, **look}))
        if mark.text:
            letters = {"x": left + 1.5, "y": bottom - 2, "font-size": LABEL_POINTS, "fill": "#fff"}
            drawn.append(_tag("text", letters, mark.text))
    view = {"xmlns": "http://www.w3.org/2000/svg", "font-family": "sans-serif"}
    view["viewBox"] = f"0 0 {layout.width:g} {layout.height + LEGEND_POINTS:g}"
    return _element("svg", view, "\n".join(["", *drawn, ""])) + "\n"


def _tag(name: str, attributes: Mapping[str, object], text: str = "") -> str:
    """Return an element of SVG that holds ``text`` alone."""
    return _element(name, attributes, escape(text))


def _element(name: str, attributes: Mapping[str, object], content: str) -> str:
    said = "".join(
        f' {key}="{f"{value:.5g}" if isinstance(value, float) else escape(str(value))}"'
        for key, value in attributes.items()
    )
    return f"<{name}{said}>{content}</{name}>"


def _png(layout: PageLayout) -> bytes:
    import io

    try:
        from PIL import Image, ImageDraw, ImageFont
    except ModuleNotFoundError as exc:
        msg = "a PNG is drawn by Pillow, which is not installed"
        raise UsageError(msg, hint="pip install 'searcher[picture]', or ask for .svg") from exc

    with Image.open(io.BytesIO(layout.picture)) as seen:
        scale = seen.width / layout.width if layout.width else 1.0
        height = seen.height + round(LEGEND_POINTS * scale)
        sheet = Image.new("RGB", (seen.width, height), "#fff")
        sheet.paste(seen.convert("RGB"))
    pen = ImageDraw.Draw(sheet, "RGBA")
    font = ImageFont.load_default(size=LABEL_POINTS * scale)
    for mark in _marks(layout):
        left, top, right, bottom = (edge * scale for edge in mark.box)
        box = (left, top, max(right, left), max(bottom, top))
        pen.rectangle(box, fill=mark.colour + ("" if mark.text else "1a"))
        if mark.text:
            pen.text((left + 1.5 * scale, top - 0.5 * scale), mark.text, fill="#fff", font=font)
        else:
            for stroke in _strokes(box, _DASH * scale if mark.is_dashed else None):
                pen.line(stroke, fill=mark.colour, width=max(round(scale), 1))
    stream = io.BytesIO()
    sheet.save(stream, "PNG")
    return stream.getvalue()


def _strokes(box: Box, dash: float | None) -> Iterator[tuple[float, float, float, float]]:
    """Yield the four sides of ``box``, in strokes of the length ``dash`` if there is one."""
    left, top, right, bottom = box
    for x0, y0, x1, y1 in (
        (left, top, right, top), (right, top, right, bottom),
        (left, bottom, right, bottom), (left, top, left, bottom),
    ):  # fmt: skip
        length = max(abs(x1 - x0) + abs(y1 - y0), 1e-6)
        step = dash or length
        for at in range(0, max(int(length / step), 1), 2):
            begin, end = at * step / length, min((at + 1) * step / length, 1.0)
            yield (
                x0 + (x1 - x0) * begin, y0 + (y1 - y0) * begin,
                x0 + (x1 - x0) * end, y0 + (y1 - y0) * end,
            )  # fmt: skip
