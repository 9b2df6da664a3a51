"""``searcher show ID --page N --layout``: how a page was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searcher.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from searcher.cli.face import Face
    from searcher.index.library import Library
    from searcher.index.target import Target
    from searcher.results.report import PageText


def print_layout(library: Library, named: Target, face: Face, *, output: Path | None) -> None:
    """Print how the page that ``named`` names was read, or write a drawing of it to ``output``.

    Raises:
        UsageError: no page is named, a drawing cannot be had, or not be written to ``output``.
        NothingToReadError, ExtractionError: the file cannot be read again.
    """
    from searcher.cli.render import layout as render
    from searcher.cli.render import overlay
    from searcher.extract.allowance import limits_of
    from searcher.results.layout_shape import layout_shape
    from searcher.search.layout import is_as_ingested, page_layout

    if output is not None:
        overlay.check_ending(output)
    shown = page_of(library, named)
    limits = limits_of(face.settings)
    layout = page_layout(library, shown, limits=limits, with_picture=output is not None)
    if not is_as_ingested(layout, shown):
        face.note("searcher: this version reads the page otherwise than it was read for the index")
    if output is not None:
        write(output, overlay.drawing(layout, output))
        face.note(f"searcher: wrote {output}")
    elif face.format == "json":
        face.json(layout_shape(layout))
    elif face.format == "jsonl":
        face.json_lines([layout_shape(layout)])
    else:
        face.page(render.lines(layout, face.style))


def layout_alone() -> UsageError:
    """Return the error for a layout of no page, with something else, or drawn but not asked for."""
    msg = "show --layout is about one page, and --output is where it is drawn"
    return UsageError(msg, hint="searcher show ID --page N --layout [--output FILE.svg]")


def page_of(library: Library, named: Target) -> PageText:
    """Return the page that ``named`` names; the only one of what has no sheets.

    Raises:
        UsageError: it names none.
    """
    if named.page is not None:
        return named.page
    if named.passage is None and not named.report.pages:
        return library.page(named.report.id, 1)
    raise layout_alone()


def write(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path``.

    Raises:
        UsageError: it cannot be written there.
    """
    try:
        path.write_bytes(data)
    except OSError as exc:
        msg = f"{path}: {exc.strerror or type(exc).__name__}"
        raise UsageError(msg, hint="choose another --output") from exc
