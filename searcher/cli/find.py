"""What ``searcher search`` does, once its command line is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searcher.cli import stdin
from searcher.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from searcher.cli.face import Face
    from searcher.cli.narrow import Narrowing
    from searcher.index.snapshot import Snapshot
    from searcher.results.answer import Results

FORMATS = ("text", "json", "jsonl", "csv")
ROWS = frozenset({"csv", "jsonl"})
"""Formats that print hits alone; what else the answer says goes to standard error."""

LIMIT, PER_REPORT = 10, 3
"""How many passages are shown, and of one report, unless another number is asked for."""


def find(
    face: Face, *, query: tuple[str, ...], only: Narrowing, facet: tuple[str, ...] = (),
    limit: int = LIMIT, offset: int = 0, per_report: int = PER_REPORT, any_word: bool = False,
    explain: bool = False,
) -> int:  # fmt: skip
    """Print the passages that answer ``query``, and return the exit status.

    Raises:
        SearcherError: the search cannot be done.
    """
    if facet and face.format in ROWS:
        msg = f"search --format {face.format} prints hits, and --facet none"
        raise UsageError(msg, hint="searcher facets FIELD QUERY counts; --json prints both")
    if explain and face.format == "csv":
        msg = "search --format csv has no column for --explain"
        raise UsageError(msg, hint="--format jsonl prints the parts of each score")
    from searcher.index.snapshot import open_snapshot
    from searcher.search.engine import SearchOptions, search

    options = SearchOptions(
        limit=limit, offset=offset, per_report=per_report,
        filters=only.filters, year=only.year, facets=facet, any_word=any_word,
        explain=explain,
    )  # fmt: skip
    with open_snapshot(face.settings.index, searching=True) as snapshot:
        results = search(snapshot, spelled(query), options)
        show(results, face, snapshot)
    return 0 if results.totals.passages else 1


def spelled(words: tuple[str, ...]) -> str:
    """Return the query that ``words`` are, or what standard input says for ``-``."""
    return stdin.read().strip() if words == (stdin.NAME,) else " ".join(words)


def show(results: Results, face: Face, snapshot: Snapshot) -> None:
    """Print the answer in the format that was asked for."""
    from searcher.cli.render import answer

    if face.format == "json":
        from searcher.results.shape import results_shape

        face.json(results_shape(results))
    elif face.format == "jsonl":
        from searcher.results.shape import hit_shape

        face.json_lines(map(hit_shape, results.hits))
    elif face.format == "csv":
        face.csv(answer.CSV_HEADER, map(answer.csv_row, results.hits))
    else:
        face.page(answer.lines(results, face.style, label_of(snapshot, results)))
    tell(results, face)


def label_of(snapshot: Snapshot, results: Results) -> Callable[[str], str]:
    """Return what names a project of ``results``; one without a row is its own name."""
    if not any(hit.report.projects for hit in results.hits):
        return str
    from searcher.vocabulary import ConceptKind

    labels = snapshot.library.labels(ConceptKind.PROJECT)
    return lambda project: labels.get(project, project)


def tell(results: Results, face: Face) -> None:
    """Tell, beside the answer, how the query was read and what the answer itself cannot say."""
    from searcher.cli.render import answer
    from searcher.cli.render.terminal import one_line

    asked = results.asked
    face.note(f"searcher: read as {one_line(asked.parsed)}", verbosity=1)
    if asked.suggestion and face.format != "json":
        face.note(f"searcher: did you mean {one_line(asked.suggestion)}?")
    if face.format in ROWS:
        if asked.fell_back:
            face.note(f"searcher: {answer.ANY_WORD}")
        face.note(f"searcher: {answer.coverage(results)}")
