"""What an ingest did, every file accounted for; the quarantine as text."""

from __future__ import annotations

from itertools import islice
from pathlib import PurePath
from typing import TYPE_CHECKING

from searcher.cli.render.places import counted
from searcher.cli.render.terminal import one_line
from searcher.corpus.source import media_type_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from searcher.cli.render.terminal import Style
    from searcher.failure import Failure
    from searcher.ingest.summary import Summary

SHOWN = 20


def lines(summary: Summary, style: Style) -> Iterator[str]:
    """Yield what was read, what the index holds now, and what could not be read."""
    yield _fates(summary)
    yield (
        f"{counted(summary.reports, 'report')}, {counted(summary.pages, 'page')}"
        + (f" ({summary.pages_without_text:,} without text)" if summary.pages_without_text else "")
        + f", {counted(summary.passages, 'passage')}"
        + (f"; {summary.elsewhere:,} from other folders" if summary.elsewhere else "")
    )
    live = f"generation {summary.generation}"
    took = f"{summary.seconds:.1f} s"
    yield f"{live} is live, {took}" if summary.published else f"nothing changed, {live}, {took}"
    for note in summary.notes:
        yield f"note: {one_line(note)}"
    yield from _left_alone(summary.ignored)
    if summary.quarantined:
        yield ""
        yield style.alarm(f"{counted(len(summary.quarantined), 'file')} in quarantine")
        yield from failures(summary.quarantined, style, limit=SHOWN)


def failures(found: Sequence[Failure], style: Style, *, limit: int | None = None) -> Iterator[str]:
    """Yield each file with why it could not be read and what may help."""
    for failure in islice(found, limit):
        why = f"{failure.reason}: {one_line(failure.detail)}"
        yield f"  {style.bold(one_line(failure.file))}  {why}"
        if failure.hint:
            yield style.dim(f"    hint: {one_line(failure.hint)}")
    if limit is not None and len(found) > limit:
        yield f"  and {len(found) - limit:,} more: searcher quarantine"


def shape(summary: Summary) -> dict[str, object]:
    """Return the summary as JSON."""
    from dataclasses import fields

    from searcher.results.shape import failure_shape

    plain = {
        field.name: _jsonable(getattr(summary, field.name))
        for field in fields(summary)
        if field.name != "quarantined"
    }
    return {
        "schema": "searcher/summary/1",
        **plain,
        "quarantined": [failure_shape(failure) for failure in summary.quarantined],
    }


def _left_alone(ignored: Sequence[str]) -> Iterator[str]:
    """Yield the files that were left alone although they are named as reports are."""
    named = [file for file in ignored if media_type_of(PurePath(file)) and file[-1] != "/"]
    if named:
        more = f" and {len(named) - SHOWN:,} more: -v names all" if len(named) > SHOWN else ""
        yield f"left alone: {', '.join(map(one_line, named[:SHOWN]))}{more}"


def _fates(summary: Summary) -> str:
    """Return the line that says what became of each file of this run; its numbers add up."""
    fates = (
        (summary.added, "new"),
        (summary.changed, "changed"),
        (summary.unchanged, "unchanged"),
        (summary.failed, "in quarantine"),
    )
    told = ", ".join(f"{number:,} {word}" for number, word in fates if number)
    parts = [f"{counted(summary.found, 'file')}: {told or 'nothing to read'}"]
    if summary.removed:
        parts.append(f"{summary.removed:,} gone")
    if summary.ignored:
        parts.append(f"{counted(len(summary.ignored), 'other file')} left alone")
    if summary.duplicates:
        parts.append(f"{counted(summary.duplicates, 'report')} with the bytes of another")
    return "; ".join([*parts, f"{summary.read:,} read now"])


def _jsonable(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
