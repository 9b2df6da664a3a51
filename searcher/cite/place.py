"""Where in a report something stands, in a reader's words: the printed label before the sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searcher.cite.line import one_line

if TYPE_CHECKING:
    from searcher.cite.citation import Citation


def place(citation: Citation) -> str:
    """Return ``p. 34 [sheet 36]``, ``pp. 34–35 [sheets 36–37]``, ``sheet 36``, or a section's name.

    A report without sheets is cited by the section's heading; a whole report has no place.
    """
    if citation.page is None:
        return _section(citation)
    sheets = _range(str(citation.page), str(citation.page_last or citation.page))
    word = "sheets" if "–" in sheets else "sheet"
    printed = printed_pages(citation)
    if printed is None:
        return f"{word} {sheets}"
    pages = _range(*printed)
    name = f"pp. {pages}" if printed[0] != printed[1] else f"p. {pages}"
    return name if pages == sheets else f"{name} [{word} {sheets}]"


def printed_pages(citation: Citation) -> tuple[str, str] | None:
    """Return the labels of the first and the last page, or ``None`` where one is not printed."""
    first = one_line(citation.page_label or "")
    last = one_line(citation.page_label_last or "")
    return (first, last) if first and last else None


def pages(citation: Citation) -> tuple[str, str] | None:
    """Return the first and the last page: as printed, or the sheets where nothing is printed."""
    if citation.page is None:
        return None
    last = citation.page_last or citation.page
    return printed_pages(citation) or (str(citation.page), str(last))


def _section(citation: Citation) -> str:
    heading = one_line(citation.section[-1]) if citation.section else ""
    if heading:
        return f"section “{heading}”"
    anchor = one_line(citation.anchor or "")
    return f"#{anchor}" if anchor else ""


def _range(first: str, last: str) -> str:
    return first if first == last else f"{first}–{last}"
