"""How well an index answers a set of queries: ranked, measured, averaged.

A query is plain words: nothing in it is an operator. So is a known item, but for one that stands
in quotation marks, which is read as a search would read it. A report stands where its first
passage does.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from searcher.errors import NothingToReadError
from searcher.evaluate.evaluation import (
    JUDGED,
    KNOWN_ITEMS,
    Evaluation,
    KindScore,
    QueryScore,
    means,
    named,
)
from searcher.evaluate.judgements import Judged, counted, listed, read_judged
from searcher.evaluate.known_items import KnownItem, read_known_items, score
from searcher.evaluate.measures import measure, relevant_documents
from searcher.evaluate.ranker import collapse, rank_passages, rank_reports
from searcher.evaluate.run import Ranking, write_run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from searcher.index.snapshot import Snapshot

    Progress = Callable[[int, int], None]

Rankings = tuple[tuple[str, Ranking], ...]


def evaluate(
    snapshot: Snapshot,
    queries: Path,
    qrels: Path | None,
    *,
    run: Path | None = None,
    depth: int = 1000,
    progress: Progress | None = None,
) -> Evaluation:
    """Rank reports for each query, measure the rankings, and write ``run`` if it is given.

    Of judged queries the ``depth`` best reports count, of known items (no ``qrels``) the
    ``depth`` best passages. ``progress`` hears (done, total).

    Raises:
        InputError: a file is wrong, no query has a relevant document, or ``run`` cannot be written.
        NothingToReadError: none of the documents or files that are named is in the index.
        StorageError: the disk is full.
    """
    heard = progress or _silent
    if qrels is None:
        items = read_known_items(queries)
        evaluation, rankings = _known_items(snapshot, items, depth=depth, progress=heard)
    else:
        judged = read_judged(queries, qrels)
        evaluation, rankings = _judged(snapshot, judged, depth=depth, progress=heard)
    if run is None:
        return evaluation
    write_run(run, rankings)
    return replace(evaluation, run=str(run))


def _silent(done: int, total: int) -> None:
    """Hear nothing."""


def _judged(
    snapshot: Snapshot, judged: Judged, *, depth: int, progress: Progress
) -> tuple[Evaluation, Rankings]:
    queries = judged.queries
    known = {report.id for report in snapshot.library.reports()}
    named_by_judges = {document for query in queries for document in query.judged}
    _check_some_there("judged document", named_by_judges, known)
    rankings: list[tuple[str, Ranking]] = []
    scores: list[QueryScore] = []
    for done, query in enumerate(queries, start=1):
        ranked = rank_reports(snapshot, query.text, depth=depth)
        rankings.append((query.id, ranked))
        if relevant_documents(query.judged):
            documents = [document for document, _ in ranked]
            measures = named(measure(documents, query.judged))
            scores.append(QueryScore(query.id, JUDGED, measures))
        progress(done, len(queries))
    evaluation = Evaluation(
        JUDGED,
        depth,
        len(queries),
        snapshot.generation,
        snapshot.manifest.fingerprint,
        tuple(scores),
        notes=(*judged.notes, *_missing("judged document", named_by_judges - known)),
    )
    return evaluation, tuple(rankings)


def _known_items(
    snapshot: Snapshot, items: Sequence[KnownItem], *, depth: int, progress: Progress
) -> tuple[Evaluation, Rankings]:
    known = {report.file for report in snapshot.library.reports()}
    wanted = {file for item in items for file in item.files}
    _check_some_there("relevant file", wanted, known)
    rankings: list[tuple[str, Ranking]] = []
    scores: list[QueryScore] = []
    for number, item in enumerate(items, start=1):
        plain_words = not item.is_quoted
        passages = rank_passages(snapshot, item.query, depth=depth, plain_words=plain_words)
        rows = [(passage.file, passage.page) for passage in passages]
        rankings.append((str(number), collapse(passages)))
        scores.append(QueryScore(str(number), item.kind, named(score(item, rows))))
        progress(number, len(items))
    evaluation = Evaluation(
        KNOWN_ITEMS,
        depth,
        len(items),
        snapshot.generation,
        snapshot.manifest.fingerprint,
        tuple(scores),
        kinds=_by_kind(items, scores),
        notes=_missing("relevant file", wanted - known),
    )
    return evaluation, tuple(rankings)


def _by_kind(items: Sequence[KnownItem], scores: Sequence[QueryScore]) -> tuple[KindScore, ...]:
    """Return the means of each kind, kinds in alphabetical order."""
    found = []
    for kind in sorted({item.kind for item in items}):
        pages = sum(1 for item in items if item.kind == kind and item.pages)
        measures = [score.measures for score in scores if score.kind == kind]
        found.append(KindScore(kind, len(measures), pages, means(measures)))
    return tuple(found)


def _check_some_there(what: str, wanted: set[str], known: set[str]) -> None:
    """Refuse to measure what could only come out as 0."""
    if not wanted & known:
        msg = f"no {what} is in the index: {listed(sorted(wanted))}"
        raise NothingToReadError(msg, hint="searcher reports lists the id and the file of each")


def _missing(what: str, names: Iterable[str]) -> tuple[str, ...]:
    absent = sorted(names)
    if not absent:
        return ()
    verb = "is" if len(absent) == 1 else "are"
    number = f"{counted(len(absent), what)} {verb}"
    return (f"{number} not in the index: {listed(absent)}",)
