"""The rankings that are measured: of passages, and of reports by their best passage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searcher.errors import QueryError
from searcher.search.engine import ranking

if TYPE_CHECKING:
    from searcher.evaluate.run import Ranking
    from searcher.index.backend import Ranked
    from searcher.index.snapshot import Snapshot


def rank_passages(
    snapshot: Snapshot,
    text: str,
    *,
    depth: int,
    per_report: int = 0,
    plain_words: bool = True,
    any_word: bool = False,
) -> tuple[Ranked, ...]:
    """Return the ``depth`` best passages; none for a query that has no word to look for.

    Without ``any_word`` it is what a search shows: passages that hold all the words, if any do.
    """
    try:
        return ranking(
            snapshot, text, depth=depth, per_report=per_report,
            plain_words=plain_words, any_word=any_word,
        )  # fmt: skip
    except QueryError:
        return ()


def rank_reports(snapshot: Snapshot, text: str, *, depth: int) -> Ranking:
    """Return the ``depth`` best reports, each with the score of its best passage.

    Any of the words is enough, as collections with judgements have it: their queries are texts
    on a subject, and their measures look far down the list.
    """
    best = rank_passages(snapshot, text, depth=depth, per_report=1, any_word=True)
    return tuple((hit.report_id, hit.score) for hit in best)


def collapse(passages: tuple[Ranked, ...]) -> Ranking:
    """Return the reports of ``passages``, each where its first one stands."""
    best: dict[str, float] = {}
    for passage in passages:
        best.setdefault(passage.report_id, passage.score)
    return tuple(best.items())
