"""What stands around the text: title, contents, headers, footers, footnotes. Lengths are points."""

from collections.abc import Iterator
from dataclasses import dataclass

from reportlab.lib import colors
from reportlab.lib.enums import TA_LEFT
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph

from samples.blocks import NOTICE, Heading, Sample
from samples.layouts import Layout
from samples.styles import Piece, body_style, find_faces, set_words, style_like

PAPER_WIDTH = 595.27
PAPER_HEIGHT = 841.89


@dataclass(frozen=True, slots=True)
class Contents:
    """The headings of a report, each with the label of its sheet."""

    lines: tuple[tuple[Heading, str], ...]


def title_pieces(sample: Sample, layout: Layout) -> Iterator[Piece]:
    """Yield the lines of the title page, or of the block at the head of the first sheet."""
    faces = find_faces(layout)
    body = style_like(body_style(layout), alignment=TA_LEFT, hyphenationLang="")
    grown = 26 if layout.cover else 20
    title = style_like(
        body,
        fontName=faces.bold,
        fontSize=grown,
        leading=grown * 1.2,
        textColor=colors.HexColor(layout.accent),
    )
    subtitle = style_like(body, fontSize=grown * 0.6, leading=grown * 0.8)
    notice = style_like(
        body, fontName=faces.italic, borderColor=colors.grey, borderWidth=0.6, borderPadding=5
    )
    head, byline, imprint = sample.credits
    lines = (
        (head, body, 0),
        (sample.title, title, 8),
        (sample.subtitle, subtitle, 6),
        (sample.series, body, 10),
        (byline, body, 4),
        (sample.date, body, 2),
        (imprint, body, 2),
    )
    for text, style, before in lines:
        if text:
            yield Piece(Paragraph(set_words(text, layout), style), before)
    yield Piece(Paragraph(NOTICE, notice), 16)


def draw_contents(canvas: Canvas, contents: Contents, layout: Layout) -> None:
    """Draw the contents page with dotted leaders."""
    faces = find_faces(layout)
    y = PAPER_HEIGHT - layout.margin - 20
    right = PAPER_WIDTH - layout.margin
    canvas.setFillColor(colors.HexColor(layout.accent))
    canvas.setFont(faces.bold, 17)
    canvas.drawString(layout.margin, y, "Contents")
    canvas.setFillColor(colors.black)
    y -= 30
    for heading, label in contents.lines:
        x = layout.margin + 16 * (heading.level - 1)
        canvas.setFont(faces.plain, 10)
        canvas.drawString(x, y, heading.text)
        start = x + stringWidth(heading.text, faces.plain, 10) + 6
        dots = "." * int((right - 22 - start) / stringWidth(".", faces.plain, 10))
        canvas.drawRightString(right - 18, y, dots)
        canvas.drawRightString(right, y, label)
        y -= 17


def draw_furniture(
    canvas: Canvas, lines: tuple[Layout, str, str], size: tuple[float, float]
) -> None:
    """Draw the header and the footer of a sheet; ``|`` parts what stands left and right."""
    layout, header, footer = lines
    canvas.setFont(find_faces(layout).plain, 8.5)
    canvas.setFillColor(colors.HexColor("#444444"))
    for text, y in ((header, size[1] - 40), (footer, 34)):
        left, bar, right = text.partition("|")
        if bar:
            canvas.drawString(layout.margin, y, left)
            canvas.drawRightString(size[0] - layout.margin, y, right)
        else:
            canvas.drawCentredString(size[0] / 2, y, left)
    canvas.setFillColor(colors.black)


def draw_notes(canvas: Canvas, notes: list[Flowable], column: tuple[float, float]) -> None:
    """Draw footnotes under a rule, the last one lowest; ``column`` is left edge and width."""
    x, width = column
    y = 52.0
    for note in reversed(notes):
        _, height = note.wrapOn(canvas, width, 200)
        note.drawOn(canvas, x, y)
        y += height + 2
    if notes:
        canvas.setLineWidth(0.4)
        canvas.line(x, y + 3, x + 120, y + 3)
