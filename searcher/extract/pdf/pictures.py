"""A sheet as a person sees it, as a picture of bounded size.

PNG after RFC 2083, written here: eight bits a channel, grey or red-green-blue, no filter.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

import pypdfium2

from searcher.errors import ExtractionError, Reason
from searcher.extract.pdf.readers import pdfium

POINTS_PER_INCH = 72
LONGEST_PIXELS = 5000
"""The longest side of a picture: A2 at 200 dots an inch, 75 MB in colour."""

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_COLOUR_TYPES = {1: 0, 3: 2}


@dataclass(frozen=True, slots=True)
class Picture:
    """Rows of pixels without gaps, ``channels`` bytes a pixel; ``scale`` is pixels a point."""

    width: int
    height: int
    channels: int
    pixels: bytes
    scale: float


def picture_of(data: bytes, number: int, *, dots_per_inch: int, is_grey: bool = False) -> Picture:
    """Return what sheet ``number`` of the PDF in ``data`` looks like.

    A sheet that would be over ``LONGEST_PIXELS`` long is drawn smaller.

    Raises:
        ExtractionError: the file cannot be opened, or the sheet not be drawn.
    """
    try:
        with pypdfium2.PdfDocument(data) as document:
            page = document[number - 1]
            longest = max(*page.get_size(), 1.0)
            scale = min(dots_per_inch / POINTS_PER_INCH, LONGEST_PIXELS / longest)
            drawn = page.render(scale=scale, grayscale=is_grey, rev_byteorder=not is_grey)
            row_bytes = drawn.width * drawn.n_channels
            rows = memoryview(drawn.buffer).cast("B")
            pixels = b"".join(
                rows[start : start + row_bytes]
                for start in range(0, drawn.height * drawn.stride, drawn.stride)
            )
            return Picture(drawn.width, drawn.height, drawn.n_channels, pixels, scale)
    except pdfium.FAILURES as error:
        raise pdfium.failure(error) from error
    except IndexError as error:
        detail = f"it has no sheet {number}"
        raise ExtractionError(Reason.DAMAGED, detail) from error


def png(picture: Picture) -> bytes:
    """Return ``picture`` as a PNG file."""
    row_bytes = picture.width * picture.channels
    rows = b"".join(
        b"\0" + picture.pixels[start : start + row_bytes]
        for start in range(0, len(picture.pixels), row_bytes)
    )
    colour = _COLOUR_TYPES[picture.channels]
    header = struct.pack(">IIBBBBB", picture.width, picture.height, 8, colour, 0, 0, 0)
    per_metre = round(picture.scale * POINTS_PER_INCH / 0.0254)
    density = struct.pack(">IIB", per_metre, per_metre, 1)
    return _SIGNATURE + b"".join([
        _chunk(b"IHDR", header),
        _chunk(b"pHYs", density),
        _chunk(b"IDAT", zlib.compress(rows, 6)),
        _chunk(b"IEND", b""),
    ])


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
