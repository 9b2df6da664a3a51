"""Where something stands, in words: ``p. iv [sheet 5]``, ``Findings › Costs``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searcher.cli.render.terminal import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searcher.results.report import PassageRef, Report


def counted(number: int, one: str, many: str = "") -> str:
    """Return ``1 page``, ``2 pages``, ``1,200 pages``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def page(number: int | None, label: str | None, last: int | None = None) -> str:
    """Return the printed label, and the sheet where it differs; nothing without sheets."""
    if number is None:
        return ""
    sheets = f"{number}–{last}" if last is not None and last != number else str(number)
    if label is None:
        return f"sheet {sheets}"
    name = f"p. {one_line(label)}"
    return name if label == sheets else f"{name} [sheet {sheets}]"


def place(passage: PassageRef) -> str:
    """Return the section and the page of a passage, or its anchor where there are no pages."""
    where = page(passage.page, passage.page_label, passage.page_last)
    if passage.page is None and passage.anchor:
        where = "#" + one_line(passage.anchor)
    return "  ".join(part for part in (section(passage.section), where) if part)


def section(path: Sequence[str]) -> str:
    """Return a section's headings, the outermost first."""
    return " › ".join(one_line(heading) for heading in path)


def imprint(report: Report, projects: Sequence[str] = ()) -> str:
    """Return id, publisher, year and projects on one line."""
    year = str(report.year) if report.year is not None else None
    published = ", ".join(one_line(part) for part in (report.publisher, year) if part)
    parts = [f"({one_line(report.id)})", published]
    return " · ".join(part for part in (*parts, *map(one_line, projects)) if part)
