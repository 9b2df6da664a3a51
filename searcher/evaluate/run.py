"""A TREC run: six columns, ``query Q0 document rank score tag``, best first.

trec_eval sorts by score alone, in 32-bit floats, ties by document id from the last to the
first; so the scores written fall strictly, and every program sees our order.
"""

from __future__ import annotations

from errno import EDQUOT, ENOSPC
from typing import TYPE_CHECKING

from searcher.errors import InputError, StorageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

TAG = "searcher"
_STEP = 1e-6
_FULL = frozenset({EDQUOT, ENOSPC})

Ranking = tuple[tuple[str, float], ...]


def falling(scores: Iterable[float]) -> list[float]:
    """Return ``scores``, given best first, each at least a millionth below the one before."""
    fallen: list[float] = []
    for score in scores:
        if fallen:
            score = min(score, fallen[-1] - max(abs(fallen[-1]), 1.0) * _STEP)  # noqa: PLW2901
        fallen.append(score)
    return fallen


def run_lines(query: str, ranking: Ranking) -> list[str]:
    """Return the lines of one query's ``ranking`` of (document, score), best first.

    Raises:
        InputError: an id holds white space, which separates the columns.
    """
    for name in (query, *(document for document, _ in ranking)):
        if name.split() != [name]:
            msg = f"the id {name!r} holds white space, which a TREC run cannot say"
            raise InputError(msg, hint="leave out --run, or give it another id")
    scores = falling(score for _, score in ranking)
    return [
        f"{query} Q0 {document} {rank} {score:.9g} {TAG}\n"
        for rank, ((document, _), score) in enumerate(zip(ranking, scores, strict=True), start=1)
    ]


def write_run(path: Path, rankings: Sequence[tuple[str, Ranking]]) -> None:
    """Write the run of all queries to ``path``.

    Raises:
        InputError: as ``run_lines``, or no file can be written there.
        StorageError: the disk is full.
    """
    text = "".join(line for query, ranking in rankings for line in run_lines(query, ranking))
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as exc:
        if exc.errno in _FULL:
            msg = f"{path}: {exc.strerror}"
            raise StorageError(msg, hint="make room, or give --run a path elsewhere") from exc
        msg = f"{path}: the run cannot be written: {exc.strerror or exc}"
        raise InputError(msg, hint="give --run a path that can be written") from exc
