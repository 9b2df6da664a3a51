"""The headings that sections stand under, as ``library.db`` keeps them.

A section whose path goes on from that of one before it keeps its own headings alone, and how many
places before it that one stands; ``above`` is 0 where it keeps its whole path.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from searcher.document import SectionKind, Span
from searcher.index.library_rows import strings_of
from searcher.results.report import SectionEntry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from searcher.index.library_file import LibraryFile

MOST_DEEP = 100
"""The most headings that a section stands under; readers tell a dozen levels apart."""


def path_of(file: LibraryFile, key: int) -> tuple[str, ...]:
    """Return the headings that a section stands under, its own last.

    Raises:
        DamagedIndexError: it stands under what is not there.
    """
    path: tuple[str, ...] = ()
    above = 1
    while above:
        rows = file.rows("SELECT above, headings FROM section WHERE key = ?", key)
        with file.making():
            ((above, headings),) = rows
            path = _together(strings_of(headings), path)
            key = before(key, above)
    return path


def sections_of(rows: Iterable[Sequence[Any]]) -> Iterator[SectionEntry]:
    """Yield the lines of an outline from its rows, in order.

    Raises:
        ValueError, LookupError: a row makes no sense.
    """
    paths: list[tuple[str, ...]] = []
    for paged, above, headings, level, kind, page, start, end, anchor in rows:
        higher = paths[before(len(paths), above)] if above else ()
        paths.append(_together(higher, strings_of(headings)))
        number = page if paged else None
        yield SectionEntry(paths[-1], level, SectionKind(kind), number, Span(start, end), anchor)


def _together(higher: tuple[str, ...], lower: tuple[str, ...]) -> tuple[str, ...]:
    """Return the headings of a path in two parts.

    Raises:
        ValueError: they are more than any has.
    """
    path = higher + lower
    if len(path) > MOST_DEEP:
        msg = f"a section under {len(path)} headings"
        raise ValueError(msg)
    return path


def before(place: int, above: int) -> int:
    """Return the place that is ``above`` places before ``place``.

    Raises:
        ValueError: it is none before it.
    """
    if not 0 <= above <= place:
        msg = f"{above} places before {place} is nothing"
        raise ValueError(msg)
    return place - above
