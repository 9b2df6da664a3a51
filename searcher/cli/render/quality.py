"""How well reports were read, as text and as rows of a table."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from searcher.cli.render import table
from searcher.cli.render.places import counted, imprint
from searcher.cli.render.terminal import one_line
from searcher.results.quality_shape import page_quality_shape, quality_shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from searcher.cli.render.terminal import Style
    from searcher.results.quality import PageFigures, PageQuality, Remark, ReportQuality

HEADER = ("id", "grade", "sheets", "no text", "words", "known %", "headings", "why")
PAGE_HEADER = (
    "sheet", "prints", "grade", "words", "known %", "columns", "hyphens", "headings", "why",
)  # fmt: skip
CSV_HEADER = (
    "report", "file", "title", "grade", "reasons", "pages", "pages_without_text", "words",
    "dictionary_share", "garbled_share", "hyphens", "pages_in_columns", "furniture_blocks",
    "furniture_words", "label_mismatches", "headings", "readers", "confidence",
)  # fmt: skip
PAGE_CSV_HEADER = (
    "report", "page", "page_label", "grade", "reasons", "has_text", "words", "dictionary_share",
    "garbled_share", "hyphens", "columns", "furniture_blocks", "furniture_words",
    "contradicted_label", "headings", "reader", "why", "confidence",
)  # fmt: skip


BECAUSE = MappingProxyType({
    "failed": "the first reader failed",
    "empty": "the first reader found no letters where some are drawn",
    "garbled": "the letters of its fonts made no sense",
    "no text": "there was no text to read",
})  # fmt: skip
"""What the reasons for a second reader say to a person."""


def row(quality: ReportQuality) -> tuple[object, ...]:
    """Return a report as a row under ``HEADER``."""
    figures = quality.figures
    return (
        quality.report.id, quality.grade, figures.sheets or None, figures.unread or None,
        figures.words, _percent(figures.dictionary_share), figures.headings,
        _why(quality.remarks),
    )  # fmt: skip


def report_lines(quality: ReportQuality, style: Style) -> Iterator[str]:
    """Yield a report with all its figures, then a table of its sheets."""
    yield style.bold(one_line(quality.report.title))
    yield style.dim(imprint(quality.report))
    yield ""
    yield from table.facts(_facts(quality), style)
    if quality.figures.sheets:
        yield ""
        yield from table.explained(PAGE_HEADER, map(_page_row, quality.pages), style)


def csv_row(quality: ReportQuality) -> tuple[object, ...]:
    """Return a report as a row under ``CSV_HEADER``."""
    shape = quality_shape(quality, with_pages=False)
    read_by = [f"{reader} ({why})" if why else reader for reader, why, _ in quality.figures.readers]
    flat = shape | _furniture(quality.figures.furniture, quality.figures.furniture_words)
    flat |= {"reasons": [remark.text for remark in quality.remarks], "readers": read_by}
    return tuple(flat[name] for name in CSV_HEADER)


def page_csv_rows(quality: ReportQuality) -> Iterator[tuple[object, ...]]:
    """Yield a report's sheets as rows under ``PAGE_CSV_HEADER``."""
    for page in quality.pages:
        flat = page_quality_shape(page, is_paged=quality.report.pages > 0)
        flat |= _furniture(page.figures.furniture, page.figures.furniture_words)
        flat |= {
            "report": quality.report.id,
            "reasons": [remark.text for remark in page.remarks],
            "has_text": "yes" if flat["has_text"] else "no",
        }
        yield tuple(flat[name] for name in PAGE_CSV_HEADER)


def _furniture(blocks: int, words: int) -> dict[str, object]:
    return {"furniture_blocks": blocks, "furniture_words": words}


def _page_row(page: PageQuality) -> tuple[object, ...]:
    figures = page.figures
    return (
        figures.number, figures.label, page.grade, figures.words,
        _percent(figures.dictionary_share), figures.columns, figures.hyphens or None,
        figures.headings or None, _why(page.remarks, _other_reader(figures)),
    )  # fmt: skip


def _facts(quality: ReportQuality) -> Iterator[tuple[str, str]]:
    """Yield the figures of a report in words."""
    figures = quality.figures
    yield "grade", str(quality.grade)
    yield "since", _why(quality.remarks)
    if figures.sheets:
        without = f", {figures.unread:,} without text" if figures.unread else ""
        yield "sheets", f"{figures.sheets:,}{without}"
    yield "words", f"{figures.words:,}"
    if figures.dictionary_share is not None:
        asked = f"of {figures.asked:,} that it can be asked for"
        yield "known", f"{_percent(figures.dictionary_share)}% by the dictionary, {asked}"
    yield "garbled", f"{_percent(figures.garbled)}% of its words" if figures.garbled else ""
    yield "headings", f"{figures.headings:,}"
    if figures.sheets:
        yield "columns", f"on {counted(figures.in_columns, 'sheet')}" if figures.in_columns else ""
        joined = f"{counted(figures.hyphens, 'word')} put together again over a line's end"
        yield "hyphens", joined if figures.hyphens else ""
        taken = f"{counted(figures.furniture, 'line')}, {counted(figures.furniture_words, 'word')}"
        yield "furniture", f"{taken} kept out of the text" if figures.furniture else ""
        differ = (
            f"printed otherwise than the file has them on {counted(figures.contradicted, 'sheet')}"
        )
        yield "numbers", differ if figures.contradicted else ""
    for reader, why, pages in figures.readers:
        on = f" on {counted(pages, 'sheet')}" if len(figures.readers) > 1 else ""
        yield "read by", f"{reader}{on}" + (f", since {_because(why)}" if why else "")
    if figures.confidence is not None:
        yield "sure by", f"{_percent(figures.confidence)}%, says the text recognition"


def _other_reader(page: PageFigures) -> str:
    """Return what read ``page`` and why, where it was a second choice and no remark says so."""
    if not page.why or page.confidence is not None:
        return ""
    return f"read by {page.reader}, since {_because(page.why)}"


def _because(why: str) -> str:
    """Return why another reader was used, as a clause; what is no word of ours stays."""
    return BECAUSE.get(why, why)


def _why(remarks: Sequence[Remark], *more: str) -> str:
    return "; ".join([*(remark.text for remark in remarks), *filter(None, more)])


def _percent(share: float | None) -> str:
    """Return a share in percent, with the place that tells .996 from .999; "" for none."""
    return "" if share is None else f"{100 * share:.1f}"
