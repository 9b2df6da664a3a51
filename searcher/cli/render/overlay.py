"""How a sheet was read, drawn over its picture: SVG, which needs nothing, or PNG by Pillow.

Every block has the colour of its kind and its number in the order of the text; furniture is
dashed.
"""

from __future__ import annotations

from base64 import b64encode
from html import escape
from typing import TYPE_CHECKING

from searcher.cli.render.layout import kind
from searcher.document import FURNITURE, BlockKind
from searcher.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from searcher.results.layout import Box, LaidBlock, PageLayout

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


def label(number: int, block: LaidBlock) -> str:
    """Return what stands at a block: its number, its kind and the level of a heading."""
    return f"{number} {kind(block)}"


def _numbered(layout: PageLayout) -> Iterator[tuple[str, LaidBlock, Box, bool]]:
    """Yield each box with its block and its label, and whether it is the block's first."""
    for number, block in enumerate(layout.blocks, start=1):
        for at, box in enumerate(block.boxes):
            yield label(number, block), block, box, at == 0


def _svg(layout: PageLayout) -> str:
    size = {"width": layout.width, "height": layout.height}
    seen = "data:image/png;base64," + b64encode(layout.picture).decode("ascii")
    title = _tag("title", {}, f"{layout.report}, sheet {layout.page}")
    drawn = [title, _tag("image", {**size, "href": seen})]
    for text, block, (left, top, right, bottom), is_first in _numbered(layout):
        colour = COLOURS[block.kind]
        place = {"x": left, "y": top, "width": right - left, "height": bottom - top}
        dash = {"stroke-dasharray": _DASH} if block.kind in FURNITURE else {}
        look = {"fill": colour, "fill-opacity": 0.1, "stroke": colour}
        drawn.append(_tag("rect", {**place, **look, **dash}))
        if is_first:
            room = len(text) * LABEL_POINTS * _LETTER + 2
            place = {"x": left, "y": top - LABEL_POINTS, "width": room, "height": LABEL_POINTS}
            drawn.append(_tag("rect", {**place, "fill": colour}))
            letters = {"x": left + 1, "y": top - 1.4, "font-size": LABEL_POINTS - 1}
            drawn.append(_tag("text", {**letters, "fill": "#fff"}, text))
    view = {"xmlns": "http://www.w3.org/2000/svg", "font-family": "sans-serif"}
    view["viewBox"] = f"0 0 {layout.width:g} {layout.height:g}"
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
        sheet = seen.convert("RGB")
    scale = sheet.width / layout.width if layout.width else 1.0
    pen = ImageDraw.Draw(sheet, "RGBA")
    font = ImageFont.load_default(size=(LABEL_POINTS - 1) * scale)
    for text, block, box, is_first in _numbered(layout):
        colour = COLOURS[block.kind]
        left, top, right, bottom = (edge * scale for edge in box)
        dashed = _DASH * scale if block.kind in FURNITURE else None
        pen.rectangle((left, top, right, bottom), fill=colour + "1a")
        for stroke in _strokes((left, top, right, bottom), dashed):
            pen.line(stroke, fill=colour, width=max(round(scale), 1))
        if is_first:
            above = top - LABEL_POINTS * scale
            room = pen.textlength(text, font=font) + 2 * scale
            pen.rectangle((left, above, left + room, top), fill=colour)
            pen.text((left + scale, above), text, fill="#fff", font=font)
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
