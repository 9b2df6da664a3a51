"""A report as a scanner leaves it: sheets that are grey pictures, without a text layer.

Lengths are pixels at 100 to the inch.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import reportlab
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from samples.blocks import NOTICE, Heading, Items, Prose, Sample

SHEET = (827, 1169)
MARGIN = 84
PAPER_GREY = 244
INK_GREY = 34
_FONTS = Path(reportlab.__file__).parent / "fonts"


def print_scan(sample: Sample) -> bytes:
    """Return the PDF of ``sample``, each sheet one picture set a little askew."""
    paper = BytesIO()
    canvas = Canvas(paper, pagesize=A4, invariant=1, pageCompression=1)
    for number, lines in enumerate(_fill_sheets(sample)):
        picture = _draw_sheet(lines).rotate(0.5 - number, fillcolor=PAPER_GREY)
        coarse = picture.point([level // 32 * 32 for level in range(256)])
        canvas.drawImage(ImageReader(coarse), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    return paper.getvalue()


def _fill_sheets(sample: Sample) -> Iterator[list[tuple[str, int, bool]]]:
    """Yield the lines of each sheet as (text, y, bold)."""
    sheet: list[tuple[str, int, bool]] = []
    y = MARGIN
    for text, bold in _list_texts(sample):
        lines = list(_break_lines(text, _font(bold=bold)))
        y += 16 if bold else 7
        for line in lines:
            if y > SHEET[1] - MARGIN:
                yield sheet
                sheet, y = [], MARGIN
            sheet.append((line, y, bold))
            y += 20
    yield sheet


def _list_texts(sample: Sample) -> Iterator[tuple[str, bool]]:
    head, byline, imprint = sample.credits
    if head:
        yield head, False
    yield sample.title, True
    for text in (sample.subtitle, byline, sample.date, imprint, NOTICE):
        yield text, False
    for block in sample.blocks:
        match block:
            case Heading(_, text):
                yield text, True
            case Prose(text):
                yield text, False
            case Items(texts):
                yield from ((f"- {text}", False) for text in texts)
            case _:
                msg = f"{sample.file}: a scan holds headings, prose and lists alone"
                raise ValueError(msg)


def _font(*, bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_FONTS / ("VeraBd.ttf" if bold else "Vera.ttf")), 14)


def _break_lines(text: str, font: ImageFont.FreeTypeFont) -> Iterator[str]:
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if font.getlength(longer) > SHEET[0] - 2 * MARGIN:
            yield line
            longer = word
        line = longer
    yield line


def _draw_sheet(lines: list[tuple[str, int, bool]]) -> Image.Image:
    picture = Image.new("L", SHEET, PAPER_GREY)
    pen = ImageDraw.Draw(picture)
    for text, y, bold in lines:
        pen.text((MARGIN, y), text, fill=INK_GREY, font=_font(bold=bold))
    return picture
