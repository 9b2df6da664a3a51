"""Sentences of real reports: what the collections of this benchmark are made of."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from searcher.document import BlockKind
from searcher.index.snapshot import open_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from searcher.index.library import Library

PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.FOOTNOTE})
FEWEST_WORDS, MOST_WORDS = 4, 80
LEAST_SENTENCES = 20
"""A report with fewer has no words of its own to speak of."""
_END = re.compile(r"(?<=[.!?;:])\s+(?=[\"“‘(]?[A-Z])")
_WORDY = re.compile(r"[A-Za-z]{2,}")


@dataclass(frozen=True, slots=True)
class Source:
    """The sentences of each real report, in their order."""

    reports: tuple[tuple[str, ...], ...]

    def sentences(self) -> Iterator[str]:
        """Yield every sentence, report by report."""
        return chain.from_iterable(self.reports)


def read_source(index: Path) -> Source:
    """Return the sentences of the reports in the live generation of ``index``."""
    with open_snapshot(index) as snapshot:
        library = snapshot.library
        ids = [report.id for report in library.reports()]
        reports = (tuple(_sentences(library, report_id)) for report_id in ids)
        return Source(tuple(found for found in reports if len(found) >= LEAST_SENTENCES))


def save_source(source: Source, path: Path) -> None:
    """Write ``source`` to ``path``, a report a line."""
    lines = (json.dumps(report, ensure_ascii=False) for report in source.reports)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def load_source(path: Path) -> Source:
    """Return what ``save_source`` wrote."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return Source(tuple(tuple(json.loads(line)) for line in lines))


def _sentences(library: Library, report_id: str) -> Iterator[str]:
    for page in library.pages(report_id):
        for block, text in page.blocks:
            if block.kind in PROSE:
                yield from filter(_is_prose, _END.split(" ".join(text.split())))


def _is_prose(sentence: str) -> bool:
    """Tell whether at least two in three of its words are of letters, and it is no mere label."""
    words = sentence.split()
    wordy = sum(bool(_WORDY.search(word)) for word in words)
    return FEWEST_WORDS <= len(words) <= MOST_WORDS and 3 * wordy >= 2 * len(words)
