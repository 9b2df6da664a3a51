"""The answer to a query as text and as CSV: hits by report, then what was searched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searcher.cli.render import snippet
from searcher.cli.render.places import counted, imprint, place, section
from searcher.cli.render.terminal import columns, one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from searcher.cli.render.terminal import Style
    from searcher.results.answer import Coverage, Facet, Hit, Results

CSV_HEADER = (
    "rank", "score", "report", "title", "publisher", "year", "projects", "section", "page",
    "page_last", "page_label", "anchor", "start", "end", "snippet", "file",
)  # fmt: skip
FACET_HEADER = ("id", "label", "projects", "reports", "passages")
PARTS_HEADER = ("word", "adds", "passage", "exact", "report")
HOLDS = "\xa0"
"""A space at which no line ends; none is left in a text of one line."""

ANY_WORD = "No passage holds all the words; showing passages that hold any of them."


def lines(results: Results, style: Style, label: Callable[[str], str]) -> Iterator[str]:
    """Yield the answer; ``label`` names a project."""
    if results.asked.fell_back and results.hits:
        yield from (ANY_WORD, "")
    for hits in by_report(results.hits):
        yield from _report(hits, style, label)
        yield ""
    for field, facets in results.facets:
        yield style.bold(field)
        yield from facet_lines(facets, style)
        yield ""
    yield from wrapped(coverage(results), style)


def wrapped(text: str, style: Style, *, indent: str = "") -> list[str]:
    """Return ``text`` in lines that fit the terminal; elsewhere as it is.

    A name or an id is never broken, nor is a page parted from its number.
    """
    if not style.width or columns(indent + text) <= style.width:
        return [indent + text]
    import textwrap

    for unit in ("p. ", "[sheet "):
        text = text.replace(unit, unit[:-1] + HOLDS)
    lines = textwrap.wrap(
        text, style.width, initial_indent=indent, subsequent_indent=indent,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
    return [line.replace(HOLDS, " ") for line in lines]


def by_report(hits: Iterable[Hit]) -> list[list[Hit]]:
    """Return the hits of each report, the report with the best hit first."""
    groups: dict[str, list[Hit]] = {}
    for hit in hits:
        groups.setdefault(hit.report.id, []).append(hit)
    return list(groups.values())


def coverage(results: Results) -> str:
    """Return what was found, and what was and was not searched."""
    totals, searched = results.totals, results.coverage
    if not totals.passages:
        found = "nothing found"
    else:
        of = f"{len(results.hits):,} of " if len(results.hits) < totals.passages else ""
        passages = counted(totals.passages, "passage")
        found = f"{of}{passages} in {counted(totals.reports, 'report')}"
    return f"{found}{_held_back(results)} · searched {extent(searched)}"


def _held_back(results: Results) -> str:
    """Return how many passages are on no page of the answer, where this is its last."""
    last = results.hits[-1].rank if results.hits else 0
    if not results.held_back or last + results.held_back < results.totals.passages:
        return ""
    return f" (--per-report 0 shows {results.held_back:,} more)"


def extent(searched: Coverage) -> str:
    """Return how much lies in the index, and what of it cannot be found."""
    held = f"{counted(searched.reports, 'report')}, {counted(searched.pages, 'page')}"
    gaps = [held]
    if searched.pages_without_text:
        gaps.append(counted(searched.pages_without_text, "page") + " without text")
    if searched.quarantined:
        gaps.append(f"{counted(searched.quarantined, 'file')} in quarantine (searcher quarantine)")
    return "; ".join(gaps)


def facet_lines(facets: Iterable[Facet], style: Style) -> Iterator[str]:
    """Yield a table of the values of one field."""
    from searcher.cli.render import table

    return table.lines(FACET_HEADER, map(facet_row, facets), style)


def facet_row(facet: Facet) -> tuple[object, ...]:
    """Return one value of a field as a row under ``FACET_HEADER``."""
    return facet.id, facet.label, facet.projects, facet.reports, facet.passages


def csv_row(hit: Hit) -> tuple[object, ...]:
    """Return a hit as a row under ``CSV_HEADER``."""
    report, passage = hit.report, hit.passage
    return (
        hit.rank, f"{hit.score:.6g}", report.id, report.title, report.publisher, report.year,
        report.projects, section(passage.section), passage.page, passage.page_last,
        passage.page_label, passage.anchor, passage.span.start, passage.span.end,
        hit.snippet.text, report.file,
    )  # fmt: skip


def _report(hits: list[Hit], style: Style, label: Callable[[str], str]) -> Iterator[str]:
    report = hits[0].report
    yield from map(style.bold, wrapped(one_line(report.title), style))
    projects = [label(project) for project in report.projects]
    yield from map(style.dim, wrapped(imprint(report, projects), style))
    for hit in hits:
        where = place(hit.passage) or "text"
        yield from map(style.place, wrapped(where, style, indent="  "))
        yield from snippet.lines(hit.snippet, hit.passage, style)
        if hit.parts is not None:
            yield from _explained(hit, style)


def _explained(hit: Hit, style: Style) -> Iterator[str]:
    """Yield a row for each word: what it adds in all, in the passage, as it is, by the report."""
    from searcher.cli.render import table

    parts = sorted(hit.parts or (), key=lambda part: part.score, reverse=True)
    rows = [(p.word, *(f"{s:.3f}" for s in (p.score, p.passage, p.exact, p.report))) for p in parts]
    for line in table.lines(
        PARTS_HEADER, [*rows, ("score", f"{hit.score:.3f}", "", "", "")], style
    ):
        yield f"    {line}"
