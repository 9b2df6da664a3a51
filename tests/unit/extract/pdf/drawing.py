"""Small PDF files drawn for the tests. Places are in points from the top left of an A4 sheet."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reportlab.lib.pdfencrypt import StandardEncryption

    Sheet = Callable[[Canvas], None]

WIDTH, HEIGHT = A4
LEADING = 14.0
PROSE = (
    "The evaluation followed families for twelve months after the programme",
    "began, and compared what happened to them with what happened to families",
    "in the neighbouring area who were offered the usual services instead.",
)
LEFT = (
    "Workers said that the new",
    "teams met every week and",
    "that families were glad to",
    "have one person to call at",
    "any hour, which they often",
    "did in the first few weeks",
    "of the programme in spring.",
)
RIGHT = (
    "Managers were more careful",
    "in what they said about it",
    "and pointed to the cost of",
    "training, which came to be",
    "higher than they had first",
    "planned when the money was",
    "granted by the department.",
)


def pdf(*sheets: Sheet, encrypt: StandardEncryption | None = None, title: str = "") -> bytes:
    """Return a PDF whose pages are drawn by ``sheets``; equal drawings give equal bytes."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, invariant=1, encrypt=encrypt)
    if title:
        canvas.setTitle(title)
    for sheet in sheets:
        sheet(canvas)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def write(
    canvas: Canvas,
    lines: Iterable[str],
    *,
    x: float = 72.0,
    y: float = 160.0,
    size: float = 11.0,
    bold: bool = False,
) -> float:
    """Write ``lines`` below one another and return where the next would stand."""
    canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
    for line in lines:
        canvas.drawString(x, HEIGHT - y, line)
        y += LEADING
    return y


def prose(canvas: Canvas) -> None:
    """Draw a page of one paragraph."""
    write(canvas, PROSE)


def picture(canvas: Canvas) -> None:
    """Draw a page that shows something and holds no text."""
    canvas.drawImage(ImageReader(Image.new("L", (8, 8), 128)), 72, 300, 200, 200)


def blank(canvas: Canvas) -> None:
    """Draw nothing."""
    canvas.setFont("Helvetica", 11)
