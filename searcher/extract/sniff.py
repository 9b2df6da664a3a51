"""What a file is by its content, where that contradicts its extension."""

from __future__ import annotations

import re

from searcher.errors import ExtractionError, Reason
from searcher.extract.decode import decode, decode_marked, refuse_binary

PDF = "application/pdf"
HTML = "text/html"
TEXT = "text/plain"
MARKDOWN = "text/markdown"

HEAD_BYTES = 1024
"""How far into a file its kind may first show; PDF readers look as far."""

_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)


def media_type_of(data: bytes, declared: str) -> str:
    """Return ``declared``, or PDF, HTML or plain text where ``data`` plainly is that.

    A type that is none of these is taken at its word.

    Raises:
        ExtractionError: unsupported, text or another format stands under the name of a PDF.
    """
    if declared not in {PDF, HTML, TEXT, MARKDOWN}:
        return declared
    if data.lstrip()[:5] == b"%PDF-":
        return PDF
    if declared == PDF:
        return _under_pdf(data)
    refuse_binary(data)
    if _HTML.match(_head(data)):
        return HTML
    if declared == HTML and "<" not in decode(data):
        return TEXT
    return declared


def _under_pdf(data: bytes) -> str:
    if b"%PDF" in data[:HEAD_BYTES] or b"endobj" in data:
        return PDF
    if _HTML.match(_head(data)):
        return HTML
    refuse_binary(data)
    detail = "is text under the name of a PDF"
    raise ExtractionError(Reason.UNSUPPORTED, detail, hint="name it .txt, or download it again")


def _head(data: bytes) -> str:
    head = data[: 4 * HEAD_BYTES]
    return decode_marked(head) or head.decode("utf-8", "ignore")
