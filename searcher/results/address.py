"""Where in which report: what a person types to name a report, a page or a passage.

``id`` is a report, ``id@34`` its sheet 34, ``id@p.iv`` or ``id@p34`` the page that prints this
label. ``#100-250`` behind any of them is a span of the report's text, so a passage's id is an
address. Sheets count from 1; a span counts code points from 0.
"""

from __future__ import annotations

import re

from searcher.document import Span
from searcher.errors import UsageError
from searcher.frozen import dataclass

SHAPES = "an address is ID, ID@34 (sheet), ID@p.iv (printed label), either with #100-250 (span)"
_SPAN = re.compile(r"([0-9]{1,12})-([0-9]{1,12})")
_LABEL = re.compile(r"[pP]\.?\s*([^\s.].*)")
_SHEET = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Address:
    """A report, and perhaps a page of it (by sheet or by printed label) and a span."""

    report: str
    page: int | None = None
    label: str | None = None
    span: Span | None = None

    def __str__(self) -> str:
        """Return the shape that ``parse_address`` reads."""
        page = f"@{self.page}" if self.page is not None else ""
        label = f"@p.{self.label}" if self.label is not None else ""
        span = f"#{self.span.start}-{self.span.end}" if self.span is not None else ""
        return f"{self.report}{page or label}{span}"


def is_report_id(text: str) -> bool:
    """Tell whether ``text`` can be the id of a report: printed, and typed as an address.

    It is printable, holds no ``@`` and no ``#``, and has no white space at either end.
    """
    return bool(text) and text.isprintable() and text == text.strip() and not {*"@#"} & {*text}


def parse_address(text: str) -> Address:
    """Return the address that ``text`` spells.

    Raises:
        UsageError: it has another shape, a sheet below 1, or a span that ends before it starts.
    """
    place, hash_mark, span = text.strip().partition("#")
    report, at, page = (part.strip() for part in place.partition("@"))
    if not report:
        raise _wrong(text, "names no report")
    return Address(
        report,
        page=_sheet(text, page) if at else None,
        label=_label(page) if at else None,
        span=_span(text, span.strip()) if hash_mark else None,
    )


def _sheet(text: str, page: str) -> int | None:
    """Return the number of a sheet, or ``None`` where ``page`` is a printed label."""
    if _SHEET.fullmatch(page):
        if int(page) < 1:
            raise _wrong(text, "sheets count from 1")
        return int(page)
    if _label(page) is None:
        raise _wrong(text, f"{page!r} is neither a sheet nor a printed label")
    return None


def _label(page: str) -> str | None:
    found = _LABEL.fullmatch(page)
    return found[1] if found else None


def _span(text: str, span: str) -> Span:
    found = _SPAN.fullmatch(span)
    if not found:
        raise _wrong(text, f"{span!r} is no span")
    start, end = int(found[1]), int(found[2])
    if start >= end:
        raise _wrong(text, "the span holds nothing")
    return Span(start, end)


def _wrong(text: str, problem: str) -> UsageError:
    return UsageError(f"address {text!r}: {problem}", hint=SHAPES)
