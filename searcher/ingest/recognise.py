"""Sheets without text read by text recognition, before a generation is planned.

What is recognised is kept in the cache beside what the file itself holds, and preferred from
then on: an ingest without recognition does not lose it. A file is asked once, but for other
languages; one that yields no text at all stays in quarantine and is asked again.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from searcher.errors import Reason
from searcher.extract.allowance import longer
from searcher.extract.pool import read_all
from searcher.extract.serial import from_json
from searcher.failure import Failure
from searcher.ingest.half_read import half_read
from searcher.ingest.run import longest_first, task_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from searcher.corpus.source import Source
    from searcher.extract.pool import Limits, Outcome, Task
    from searcher.extract.recogniser import Recogniser
    from searcher.ingest.run import Run

MEDIA_TYPES = frozenset({"application/pdf"})
_OVER_A_LIMIT = frozenset({Reason.TIMEOUT, Reason.MEMORY, Reason.TOO_LARGE})


def recognise(
    run: Run, sources: Iterable[Source], recogniser: Recogniser | None, *, again: bool = False
) -> None:
    """Have ``recogniser``, if there is one, read what shows something and holds no text.

    Files that nobody has read yet are read first, to know which those are; those recognised in
    other languages are read ``again`` if that is wanted. ``run`` counts and notes what was done.

    Raises:
        StorageError: the disk takes no more.
    """
    if recogniser is None:
        return
    asked = {
        source.sha256: source
        for source in sources
        if source.media_type in MEDIA_TYPES
        and (again or not run.cache.is_recognised(source))
        and run.cache.languages(source) != recogniser.languages
    }
    new = [task_of(source) for source in asked.values() if not run.cache.holds(source)]
    for outcome in _outcomes(run, new, run.limits):
        run.cache.keep(asked[outcome.task.sha256], outcome.result)
    wanting = [
        replace(task_of(source), recogniser=recogniser)
        for source in asked.values()
        if run.cache.is_recognised(source) or _lacks_text(run, source)
    ]
    sheets = [_taken(run, one, asked) for one in _outcomes(run, wanting, longer(run.limits))]
    run.read += len({task.sha256 for task in (*new, *wanting)})
    if sheets:
        count, files = sum(sheets), sum(number > 0 for number in sheets)
        run.notes.append(
            f"text recognition: read {count:,} of the sheets without text, in {files:,} of "
            f"{len(sheets):,} files that have some"
        )


def _outcomes(run: Run, tasks: list[Task], limits: Limits) -> Iterator[Outcome]:
    if not tasks:
        return
    ordered = sorted(tasks, key=longest_first)
    workers = run.settings.worker_count
    with (
        half_read(run.settings.index) as folder,
        closing(read_all(ordered, workers=workers, limits=limits, at=folder)) as outcomes,
    ):
        for done, outcome in enumerate(outcomes, start=1):
            run.heard(outcome)
            yield outcome
            run.progress("reading", done, len(ordered))


def _lacks_text(run: Run, source: Source) -> bool:
    """Tell whether a sheet of ``source`` shows something that nobody has read."""
    failure = run.cache.failure(source)
    if failure is not None:
        return failure.reason is Reason.NO_TEXT
    document = run.cache.document(source)
    return document is not None and any(page.is_unread for page in document.pages)


def _taken(run: Run, outcome: Outcome, asked: dict[str, Source]) -> int:
    """Keep what was recognised; return how many sheets that is."""
    if isinstance(outcome.result, Failure):
        failure = outcome.result
        hint = f"; {failure.hint}" if failure.reason in _OVER_A_LIMIT else ""
        run.notes.append(f"{failure.file}: text recognition: {failure.detail}{hint}")
        return 0
    recogniser = outcome.task.recogniser
    languages = recogniser.languages if recogniser else ""
    run.cache.keep(asked[outcome.task.sha256], outcome.result, languages=languages)
    pages = from_json(outcome.result).pages
    return sum(page.reading.confidence is not None for page in pages)
