"""PDF files that do harm: each is a danger that was met, drawn as small as it can be."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

CATALOGUE = b"<</Type /Catalog /Pages 2 0 R>>"
FONT = b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>"
WORDS = b"BT /F1 12 Tf 72 700 Td (Families were followed for a year.) Tj ET"


def file_of(objects: Iterable[bytes]) -> bytes:
    """Return the PDF of these ``objects``, numbered from 1; the first is the catalogue."""
    written = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    written += b"".join(b"%010d 00000 n \n" % place for place in places)
    written += b"trailer\n<</Root 1 0 R /Size %d>>\n" % (len(places) + 1)
    return bytes(written + b"startxref\n%d\n%%%%EOF\n" % start)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<<%b /Length %d>>\nstream\n%b\nendstream" % (entries, len(content), content)


def page(content: bytes, resources: bytes, *others: bytes) -> bytes:
    """Return a PDF of one sheet; ``others`` are its objects from number 6 on."""
    sheet = (
        b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources <</Font <</F1 5 0 R>> %b>>>>" % resources
    )
    pages = b"<</Type /Pages /Kids [3 0 R] /Count 1>>"
    return file_of([CATALOGUE, pages, sheet, content, FONT, *others])


def flate_bomb(size_bytes: int) -> bytes:
    """Return a page whose content unpacks to ``size_bytes`` of nothing, a thousandth of it here."""
    packer = zlib.compressobj(9)
    blank = bytes(1 << 20).replace(b"\0", b" ")
    packed = b"".join(packer.compress(blank) for _ in range(size_bytes >> 20)) + packer.flush()
    return page(stream(packed, b"/Filter /FlateDecode"), b"")


def nested_forms(depth: int) -> bytes:
    """Return a page of 10 ** ``depth`` lines: each form shows the next one ten times."""
    entries = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842]"
    forms = []
    for number in range(6, 6 + depth):
        uses = b"/Resources <</Font <</F1 5 0 R>> /XObject <</X %d 0 R>>>>" % (number + 1)
        forms.append(stream(b"/X Do " * 10, b"%b %b" % (entries, uses)))
    forms.append(stream(WORDS, entries + b" /Resources <</Font <</F1 5 0 R>>>>"))
    return page(stream(b"/X Do"), b"/XObject <</X 6 0 R>>", *forms)


def circular_form(times: int) -> bytes:
    """Return a page with words and a form that shows itself so many ``times``."""
    uses = b"/Resources <</Font <</F1 5 0 R>> /XObject <</X 6 0 R>>>>"
    entries = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] %b" % uses
    form = stream(WORDS + b" /X Do" * times, entries)
    return page(stream(WORDS + b" /X Do"), b"/XObject <</X 6 0 R>>", form)


def many_pages(count: int) -> bytes:
    """Return a file that says it has ``count`` pages and draws one."""
    pages = b"<</Type /Pages /Kids [3 0 R] /Count %d>>" % count
    sheet = (
        b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources <</Font <</F1 5 0 R>>>>>>"
    )
    return file_of([CATALOGUE, pages, sheet, stream(WORDS), FONT])


def deep_array() -> bytes:
    """Return a file whose catalogue holds an array in an array in an array …"""
    return page(stream(WORDS), b"/X " + b"[" * 200_000 + b"]" * 200_000)


def own_parent() -> bytes:
    """Return a file whose page tree holds itself."""
    pages = b"<</Type /Pages /Kids [2 0 R 2 0 R] /Count 2>>"
    return file_of([CATALOGUE, pages])


def outlines_of_itself() -> bytes:
    """Return a page with words in a file whose outline's line comes after itself."""
    catalogue = b"<</Type /Catalog /Pages 2 0 R /Outlines 6 0 R>>"
    sheet = (
        b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources <</Font <</F1 5 0 R>>>>>>"
    )
    pages = b"<</Type /Pages /Kids [3 0 R] /Count 1>>"
    outlines = b"<</First 7 0 R /Last 7 0 R>>"
    line = b"<</Title (Chapter) /Parent 6 0 R /Next 7 0 R /First 7 0 R /Dest [3 0 R /Fit]>>"
    return file_of([catalogue, pages, sheet, stream(WORDS), FONT, outlines, line])
