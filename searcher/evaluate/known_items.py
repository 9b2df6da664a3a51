"""Known items: a query somebody would type to find again what they know is there.

A line is ``{"query", "kind", "relevant": [{"file", "page"?}]}``. ``kind`` is a name to sort the
measures by. A query is plain words, but for one that stands in quotation marks. A file is named
by its path below the folder that was ingested; pages count sheets from 1. By file, a ranking is
its distinct files, each where it first occurs; by page, its distinct (file, page) rows. Only items
that name a page count by page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from searcher.evaluate.lines import numbered_records, wrong
from searcher.evaluate.measures import first, inverse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

QUOTES = frozenset('"“”„«»')
HINT = 'a line is {"query": "the words", "kind": "known-item", "relevant": [{"file": "a.pdf"}]}'
PAGES_SHOWN = 3
FILES_SHOWN = 10

Row = tuple[str, int | None]


@dataclass(frozen=True, slots=True)
class KnownItem:
    """A query, the files that answer it, and their pages where they are known."""

    query: str
    kind: str
    files: frozenset[str]
    pages: frozenset[Row]

    @property
    def is_quoted(self) -> bool:
        """Whether the query stands in quotation marks."""
        text = self.query.strip()
        return len(text) > 2 and text[0] in QUOTES and text[-1] in QUOTES


def read_known_items(path: Path) -> tuple[KnownItem, ...]:
    """Return the items of ``path`` in order.

    Raises:
        InputError: a line is wrong, or there is none.
    """
    return tuple(_item(path, number, record) for number, record in numbered_records(path))


def _item(path: Path, number: int, record: Mapping[str, object]) -> KnownItem:
    if "id" in record and "query" not in record:
        problem = "'query' is missing"
        raise wrong(path, number, problem, hint="queries with an id need judgements: --qrels FILE")
    for key in ("query", "kind"):
        value = record.get(key)
        if not isinstance(value, str) or not value.strip():
            problem = "is not text" if key in record else "is missing"
            raise wrong(path, number, f"{key!r} {problem}", hint=HINT)
    relevant = record.get("relevant")
    if not isinstance(relevant, list) or not relevant:
        problem = "names no file" if "relevant" in record else "is missing"
        raise wrong(path, number, f"'relevant' {problem}", hint=HINT)
    rows = [_row(path, number, entry) for entry in relevant]
    files = frozenset(file for file, _ in rows)
    pages = frozenset(row for row in rows if row[1] is not None)
    return KnownItem(str(record["query"]), str(record["kind"]), files, pages)


def _row(path: Path, number: int, entry: object) -> Row:
    file = entry.get("file") if isinstance(entry, dict) else None
    page = entry.get("page") if isinstance(entry, dict) else None
    if not isinstance(file, str) or not file:
        raise wrong(path, number, "'relevant' has an entry without 'file'", hint=HINT)
    if page is not None and (not isinstance(page, int) or isinstance(page, bool) or page < 1):
        raise wrong(path, number, f"the page {page!r} is not a sheet from 1 on", hint=HINT)
    return file.removeprefix("./"), page


def score(item: KnownItem, rows: Sequence[Row]) -> dict[str, float]:
    """Return the measures of one item: by file, and by page if the item names one.

    ``s@k`` and ``pk`` are 1 if the file, or the page, is among the first k; ``MRR`` and
    ``page-MRR`` are 1 / its rank; ``p10g`` is 1 if the page is among the first three pages of
    one of the first ten files, which is fair to a list of files with a few pages each.
    """
    rows = list(dict.fromkeys(rows))
    by_file = first(list(dict.fromkeys(file for file, _ in rows)), item.files)
    scores = {f"s@{k}": float(0 < by_file <= k) for k in (1, 5, 10)}
    scores["MRR"] = inverse(by_file)
    if item.pages:
        by_page = first(rows, item.pages)
        scores |= {f"p{k}": float(0 < by_page <= k) for k in (1, 5, 10)}
        scores["page-MRR"] = inverse(by_page)
        scores["p10g"] = float(first(grouped(rows), item.pages) > 0)
    return scores


def grouped(rows: Iterable[Row]) -> list[Row]:
    """Return the first three rows of each of the first ten files."""
    shown: dict[str, int] = {}
    kept: list[Row] = []
    for file, page in rows:
        if file not in shown and len(shown) == FILES_SHOWN:
            continue
        shown[file] = shown.get(file, 0) + 1
        if shown[file] <= PAGES_SHOWN:
            kept.append((file, page))
    return kept
