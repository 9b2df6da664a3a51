"""Grades: what each figure says of how far a text can be relied on.

A  as printed: quote it.
B  good: one thing to know of it, which seldom touches what it says.
C  parts are missing or doubtful: look at the page before relying on it.
D  not to be relied on.

A grade is the worst that any figure allows; the bounds stand in ``docs/reading-quality.md``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from searcher.results.quality import (
    Grade,
    PageQuality,
    Remark,
    ReportQuality,
    summed,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from searcher.results.quality import PageFigures, ReportFigures
    from searcher.results.report import Report

Bounds = tuple[float, float, float]

KNOWN_BELOW: Bounds = (0.98, 0.9, 0.7)
"""Shares of known words below which a report is B, C and D."""
PAGE_KNOWN_BELOW: Bounds = (0.9, 0.8, 0.6)
"""The same of one page, which may be all names of places or of drugs, and of a short report."""
GARBLED_OVER: Bounds = (0.01, 0.05, 0.2)
"""Shares of garbled words over which a text is B, C and D."""
CONFIDENCE_BELOW: Bounds = (1.0, 0.8, 0.6)
"""What text recognition has no more confidence than, to be B, C and D: it is never A."""
UNREAD_OVER: Bounds = (0.0, 0.1, 0.5)
"""Shares of sheets that show something and hold no text, over which a report is B, C and D."""
CONTRADICTED_OVER = 0.05
"""The share of sheets whose printed number is not the file's, over which a report is B."""
LEAST_ASKED = 40
"""Words that a dictionary must be asked for before its answer says anything."""
MANY_ASKED = 1000
"""From here on the words asked for are those of a whole report, and its bounds hold."""
LEAST_WORDS = 30
"""What a report has at the least; fewer, and what was read is hardly the report."""
MOST_RUNS = 12
"""Sheets, or runs of them, that a reason names; all have their own lines in any case."""
LONG_WORDS = 3000
"""From here on a report is expected to have a heading."""

_WORSE = (Grade.B, Grade.C, Grade.D)


def graded_page(page: PageFigures, *, language: str | None) -> PageQuality:
    """Return ``page`` with its grade."""
    remarks = _gravest_first(_of_page(page, language))
    return PageQuality(page, _worst(remarks), remarks)


def graded(report: Report, pages: Sequence[PageFigures]) -> ReportQuality:
    """Return ``report``, whose sheets are ``pages``, with its grade."""
    figures = summed(pages, paged=report.pages > 0)
    remarks = _gravest_first(_of_report(figures, pages, report.language))
    of_pages = tuple(graded_page(page, language=report.language) for page in pages)
    return ReportQuality(report, figures, _worst(remarks), remarks, of_pages)


def _of_page(page: PageFigures, language: str | None) -> Iterator[Remark]:
    if page.is_unread:
        yield Remark(Grade.D, "shows something and holds no text")
    yield from _of_text(page, language)
    if page.contradicted is not None:
        shown = f"shows {page.label}" if page.label else "shows another number"
        yield Remark(Grade.B, f"the file calls it page {page.contradicted}, it {shown}")


def _of_report(
    report: ReportFigures, pages: Sequence[PageFigures], language: str | None
) -> Iterator[Remark]:
    if report.sheets:
        share = report.unread / report.sheets
        for grade in _over(share, UNREAD_OVER):
            # One sheet of few may be a cover, or the end of a printed web page.
            is_lone = report.unread == 1 < report.sheets
            what = "shows something and holds" if is_lone else "show something and hold"
            which = runs(page.number for page in pages if page.is_unread)
            told = f"{report.unread} of {report.sheets} sheets {what} no text: {which}"
            yield Remark(Grade.B if is_lone else grade, told)
        if report.contradicted / report.sheets > CONTRADICTED_OVER:
            what = "print another number than the file gives them"
            yield Remark(Grade.B, f"{report.contradicted} of {report.sheets} sheets {what}")
    if report.words < LEAST_WORDS:
        yield Remark(Grade.C, f"{report.words} words are hardly a report")
    yield from _of_text(report, language)
    if not report.headings and report.words >= LONG_WORDS:
        yield Remark(Grade.B, "no heading was found")


def _of_text(read: PageFigures | ReportFigures, language: str | None) -> Iterator[Remark]:
    """Yield what the words themselves say; a dictionary of English is asked for English alone."""
    share = read.dictionary_share
    is_english = language is None or language.casefold().startswith("en")
    if share is not None and read.asked >= LEAST_ASKED and is_english:
        bounds = KNOWN_BELOW if read.asked >= MANY_ASKED else PAGE_KNOWN_BELOW
        for grade in _below(share, bounds):
            yield Remark(grade, f"{share:.1%} of its words are in the dictionary")
    for grade in _over(read.garbled, GARBLED_OVER):
        yield Remark(grade, f"{read.garbled:.1%} of its words are garbled by their fonts")
    if read.confidence is not None:
        for grade in _below(read.confidence, CONFIDENCE_BELOW) or [Grade.B]:
            yield Remark(
                grade, f"read by text recognition, {read.confidence:.1%} sure of its words"
            )


def runs(numbers: Iterable[int]) -> str:
    """Return rising numbers with their runs drawn together: ``3, 7–9``; the first of very many."""
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][-1] + 1:
            found[-1] = [found[-1][0], number]
        else:
            found.append([number])
    told = ["–".join(map(str, run)) for run in found[:MOST_RUNS]]
    return ", ".join(told) + (" …" if len(found) > MOST_RUNS else "")


def _over(value: float, bounds: Bounds) -> list[Grade]:
    """Return the worst grade whose bound ``value`` is over, if any."""
    return [grade for grade, bound in zip(_WORSE, bounds, strict=True) if value > bound][-1:]


def _below(value: float, bounds: Bounds) -> list[Grade]:
    """Return the worst grade whose bound ``value`` is below, if any."""
    return [grade for grade, bound in zip(_WORSE, bounds, strict=True) if value < bound][-1:]


def _gravest_first(remarks: Iterator[Remark]) -> tuple[Remark, ...]:
    return tuple(sorted(remarks, key=lambda remark: remark.grade, reverse=True))


def _worst(remarks: Sequence[Remark]) -> Grade:
    return max((remark.grade for remark in remarks), default=Grade.A)
