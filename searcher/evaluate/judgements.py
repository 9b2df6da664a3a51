"""Queries with judgements: what was asked, and how relevant which document is to it.

Queries are JSON lines ``{"id", "text"}``; judgements are tab-separated query, document and
relevance, without a header. A document is a report, by its id.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

from searcher.errors import InputError
from searcher.evaluate.lines import numbered_lines, numbered_records, wrong
from searcher.evaluate.measures import RELEVANT, relevant_documents

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

QUERY_HINT = 'a line is {"id": "1", "text": "the words"}; known items go without judgements'
QRELS_HINT = "a line is query, document and relevance, with a tab between, and there is no header"


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """One query and the relevance of each document that was judged for it."""

    id: str
    text: str
    judged: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Judged:
    """Queries with judgements, of which one at least has a relevant document."""

    queries: tuple[JudgedQuery, ...]
    notes: tuple[str, ...] = ()


def read_queries(path: Path) -> dict[str, str]:
    """Return the text of each query by its id, in the order of the file.

    Raises:
        InputError: a line is wrong, an id comes twice, or there is no line.
    """
    queries: dict[str, str] = {}
    for number, record in numbered_records(path):
        name, text = record.get("id"), record.get("text")
        if isinstance(name, int) and not isinstance(name, bool):
            name = str(name)
        for key, value in (("id", name), ("text", text)):
            if not isinstance(value, str) or not value.strip():
                problem = "is not text" if key in record else "is missing"
                raise wrong(path, number, f"{key!r} {problem}", hint=QUERY_HINT)
        if str(name) in queries:
            raise wrong(path, number, f"the id {name!r} is there already")
        queries[str(name)] = str(text)
    return queries


def read_qrels(path: Path) -> dict[str, dict[str, float]]:
    """Return the relevance of each judged document by query, then by document.

    Raises:
        InputError: a line is wrong, a pair is judged in two ways, or there is no line.
    """
    qrels: dict[str, dict[str, float]] = {}
    for number, line in numbered_lines(path):
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) != 3 or not all(cells):
            problem = f"has {len(cells)} columns, not 3" if len(cells) != 3 else "has an empty cell"
            raise wrong(path, number, problem, hint=QRELS_HINT)
        query, document, _ = cells
        relevance = _number(path, number, cells[2])
        judged = qrels.setdefault(query, {})
        if judged.setdefault(document, relevance) != relevance:
            problem = f"query {query!r}, document {document!r} was judged {judged[document]:g}"
            raise wrong(path, number, problem, hint="leave one of the two judgements")
    return qrels


def _number(path: Path, number: int, cell: str) -> float:
    try:
        relevance = float(cell)
    except ValueError:
        relevance = float("nan")
    if not isfinite(relevance):
        raise wrong(path, number, f"the relevance {cell!r} is not a number", hint=QRELS_HINT)
    return relevance


def read_judged(queries: Path, qrels: Path) -> Judged:
    """Return the queries with their judgements, and what of the files is not used.

    Raises:
        InputError: as ``read_queries`` and ``read_qrels``; no query has a relevant document.
    """
    texts = read_queries(queries)
    judged = read_qrels(qrels)
    found = tuple(JudgedQuery(name, text, judged.get(name, {})) for name, text in texts.items())
    if not judged.keys() & texts.keys():
        msg = f"{qrels}: judges no query of {queries.name}"
        raise InputError(msg, hint="the first column is the id of a query")
    if not any(relevant_documents(query.judged) for query in found):
        msg = f"{qrels}: no query has a relevant document"
        raise InputError(msg, hint=f"a document is relevant from {RELEVANT} on")
    unknown = [name for name in judged if name not in texts]
    rows = sum(len(judged[name]) for name in unknown)
    what = "judgement names a query" if rows == 1 else "judgements name queries"
    note = f"{rows} {what} that {queries.name} does not hold: {listed(unknown)}"
    return Judged(found, (note,) if unknown else ())


def counted(number: int, what: str) -> str:
    """Return ``1 file``, ``2 files``."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def listed(names: Sequence[str], *, most: int = 5) -> str:
    """Return the first names, and how many more there are."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
