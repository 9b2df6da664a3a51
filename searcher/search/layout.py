"""How a page was read, with the places of its blocks: its file is read once more for it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from searcher.errors import ExtractionError, NothingToReadError, UsageError
from searcher.extract.allowance import longer
from searcher.extract.find_recogniser import find_recogniser
from searcher.extract.layout_serial import from_json
from searcher.extract.pool import Task, read_all
from searcher.extract.recogniser import PROGRAM, languages_of
from searcher.failure import Failure
from searcher.results.layout import LaidBlock, PageLayout

if TYPE_CHECKING:
    from pathlib import Path

    from searcher.extract.pool import Limits
    from searcher.index.library import Library
    from searcher.results.report import PageText, Report

DRAWN = frozenset({"application/pdf"})
"""Media types of what has sheets to draw."""


def page_layout(
    library: Library, shown: PageText, *, limits: Limits, with_picture: bool = False
) -> PageLayout:
    """Return how the page ``shown`` was read; with a picture of the sheet, if that is wanted.

    What has no sheets comes from the library, without places. A sheet's file is read again, in
    a child process under ``limits``; the file must be the one that was ingested.

    Raises:
        NothingToReadError: the file is gone, or is another by now.
        ExtractionError: it can be read no more.
        UsageError: a picture is wanted of what has no sheets, or what recognised the page is gone.
    """
    report = library.report(shown.report)
    if report.media_type in DRAWN:
        task = replace(_task(library.path(report.id), report), with_picture=with_picture)
        if shown.reader.startswith(PROGRAM):  # it takes as long as it took
            recogniser = find_recogniser(languages_of(shown.reader))
            task, limits = replace(task, recogniser=recogniser), longer(limits)
        drawn = _drawn(replace(task, sheet=shown.page or 1), limits)
        return replace(drawn, report=report.id, page_label=shown.page_label)
    if with_picture:
        msg = f"{report.id}: a {report.media_type} has no sheets to draw"
        raise UsageError(msg, hint="show ID --layout prints its blocks as text")
    blocks = tuple(LaidBlock(block.kind, block.level, text) for block, text in shown.blocks)
    return PageLayout(report.id, None, None, 0.0, 0.0, shown.reader, 1, blocks)


def is_as_ingested(layout: PageLayout, shown: PageText) -> bool:
    """Tell whether ``layout`` has the blocks that the index has: another version may differ."""
    now = [(block.kind, block.level, block.text) for block in layout.blocks]
    return now == [(block.kind, block.level, text) for block, text in shown.blocks]


def _task(path: Path, report: Report) -> Task:
    """Return the task of reading the file that ``report`` was made of.

    Raises:
        NothingToReadError: the file is gone, or is another by now.
    """
    hint = "searcher ingest reads what is there now"
    try:
        with path.open("rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
            size_bytes = stream.tell()
    except OSError as exc:
        msg = f"{report.file}: cannot be read again: {exc.strerror or type(exc).__name__}"
        raise NothingToReadError(msg, hint=hint) from exc
    if sha256 != report.sha256:
        msg = f"{report.file}: has changed since it was ingested"
        raise NothingToReadError(msg, hint=hint)
    return Task(path, report.file, report.media_type, sha256, size_bytes)


def _drawn(task: Task, limits: Limits) -> PageLayout:
    """Return what a child makes of ``task``.

    Raises:
        ExtractionError: the file could not be read this time.
    """
    for outcome in read_all([task], workers=1, limits=limits):
        if isinstance(outcome.result, Failure):
            failure = outcome.result
            detail = f"{failure.file}: {failure.detail}"
            as_text = "no picture of it can be had; without --output it is told as text"
            hint = failure.hint or (as_text if task.with_picture else "")
            raise ExtractionError(failure.reason, detail, hint=hint)
        return from_json(outcome.result)
    msg = f"the pool gave no outcome for {task.file}"
    raise RuntimeError(msg)
