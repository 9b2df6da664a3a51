"""What an address names: one answer for whoever shows, opens or cites it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searcher.errors import UsageError
from searcher.frozen import dataclass
from searcher.results.address import Address

if TYPE_CHECKING:
    from searcher.document import Span
    from searcher.index.library import Library
    from searcher.results.report import PageText, PassageText, Report


@dataclass(frozen=True, slots=True)
class Target:
    """A whole report, or a page or a passage of it; never both of these."""

    report: Report
    page: PageText | None = None
    passage: PassageText | None = None


def resolve(library: Library, address: Address) -> Target:
    """Return what ``address`` names.

    Raises:
        UnknownNameError: there is no such report, sheet or label, or the span begins outside.
        UsageError: there are no sheets to name, the span ends beyond the text, or it is not on
            the sheet that is named beside it.
    """
    report = library.report(address.report)
    sheet = address.page
    if (sheet or address.label) and not report.pages:
        msg = f"{report.id} has no pages"
        hint = f"searcher show {report.id} --format jsonl prints its text; {report.id}#START-END"
        raise UsageError(msg, hint=f"{hint} is a passage of it")
    if address.label is not None:
        sheet = library.sheet(report.id, address.label)
    page = library.page(report.id, sheet) if sheet is not None else None
    if address.span is not None:
        passage = _passage(library, report, address.span)
        _check_sheet(passage, sheet)
        return Target(report, passage=passage)
    return Target(report, page=page)


def _passage(library: Library, report: Report, span: Span) -> PassageText:
    found = library.passage(report.id, span)
    if len(found.text) != span.end - span.start:
        msg = f"span {span.start}-{span.end} runs over the end of {report.id}"
        raise UsageError(msg, hint=f"its text ends at {span.start + len(found.text)}")
    return found


def _check_sheet(found: PassageText, sheet: int | None) -> None:
    """Refuse a sheet that the passage does not stand on."""
    where = found.passage
    if sheet is None or where.page is None or where.page_last is None:
        return
    if not where.page <= sheet <= where.page_last:
        span, report = where.span, found.report.id
        msg = f"span {span.start}-{span.end} of {report} is not on sheet {sheet}"
        raise UsageError(msg, hint=f"its address is {Address(report, where.page, span=span)}")
