"""Plain text: paragraphs parted by blank lines, pages by form feeds where there are any."""

from __future__ import annotations

import re

from searcher.document import BlockKind, Document
from searcher.errors import ExtractionError, Reason
from searcher.extract.builder import DocumentBuilder
from searcher.extract.decode import decode

_BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*")


def paragraphs(text: str) -> list[str]:
    """Return what stands between blank lines in ``text``; line ends inside stay."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return [part for part in _BLANK_LINES.split(text) if part.strip()]


class PlainExtractor:
    """Reads plain text. With a form feed in it the text has sheets, without it none."""

    version = 1

    def extract(self, data: bytes) -> Document:
        """Return the document that ``data`` holds.

        Raises:
            ExtractionError: unsupported (binary), no text.
        """
        sheets = decode(data).split("\f")
        if len(sheets) > 1 and not sheets[-1].strip():
            sheets.pop()
            paged = True
        else:
            paged = len(sheets) > 1
        builder = DocumentBuilder()
        for sheet in sheets:
            for part in paragraphs(sheet):
                builder.add(BlockKind.PARAGRAPH, part)
            builder.end_page(has_ink=bool(sheet.strip()))
        document = builder.build(media_type="text/plain", reader="plain 1", paged=paged)
        if not document.text:
            raise ExtractionError(Reason.NO_TEXT, "holds no words", hint="download it again")
        return document
