"""Building an index: reports are gathered in memory, written as segments, and joined.

What does not fit the memory that is given goes to disk as a segment of its own; at the end such
segments become one. A segment never changes: a build adds one, marks what is removed, and once
there are many, or nothing is left of one, makes one of all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from searcher.index.whoosh.contents import IndexContents, Part, write_contents
from searcher.index.whoosh.fields import term_of
from searcher.index.whoosh.gather import Gathered, Lexicon
from searcher.index.whoosh.means import means_of
from searcher.index.whoosh.merge import BYTES_A_BYTE, merged
from searcher.index.whoosh.segment import Segment, Source
from searcher.index.whoosh.segment_writer import write_segment
from searcher.index.whoosh.sorting import BYTES_AN_OCCURRENCE, contents_of
from searcher.index.whoosh.stock import INDEX_NAME, write_table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from searcher.index.backend import Keys
    from searcher.index.entry import Entry
    from searcher.index.whoosh.segment_writer import Contents

MOST_SEGMENTS = 8
BYTES_A_WORD = 28
"""What a word costs from when it is gathered until its segment is written; measured."""
SHARE = 3
"""The part of the memory that is kept for what is packed at a time."""


class SegmentsWriter:
    """Adds reports to the index in a folder and removes them.

    Nothing that was there changes before ``commit``.

    Raises:
        BrokenSegmentError, OSError: what is there cannot be gone on with.
    """

    def __init__(self, folder: Path, former: IndexContents, *, memory_mb: int) -> None:
        self._folder = folder
        self._former = former
        self._number = former.number
        self._portion = memory_mb * 1_000_000 // SHARE
        self._most_words = (memory_mb * 1_000_000 - self._portion) // BYTES_A_WORD
        self._gathered = Gathered()
        self._made: list[str] = []
        self._open = {part.name: Segment(folder / part.name) for part in former.parts}
        self._removed = {part.name: set(part.removed) for part in former.parts}

    def gather(self, entry: Entry, keys: Keys) -> None:
        """Take in the passages of ``entry`` under ``keys``."""
        self._gathered.add(entry, keys)

    def is_full(self) -> bool:
        """Tell whether what is gathered has to be spilled before more is."""
        return self._gathered.cost() >= self._most_words

    def remove(self, report_id: str) -> None:
        """Take out every passage of a report that was there before."""
        for name, segment in self._open.items():
            number = segment.find("report", term_of(report_id))
            if number is not None:
                self._removed[name].update(segment.held("report", number).units)

    def spill(self) -> None:
        """Write what is gathered as a segment."""
        if self._gathered.groups:
            gathered, self._gathered = self._gathered, Gathered(self._known())
            at_once = max(self._portion // BYTES_AN_OCCURRENCE, 1)
            self._make(contents_of(gathered, at_once=at_once))

    def _known(self) -> Lexicon:
        """Return what is known of words; once that takes a good part of the memory, nothing."""
        known = self._gathered.lexicon
        return known if known.cost() * SHARE < self._most_words else Lexicon()

    def commit(self) -> None:
        """Make what was added and removed the state of the index, and check what was written."""
        self.spill()
        former = [part.name for part in self._former.parts if self._has_live(part.name)]
        kept, joined = (former, []) if len(former) < MOST_SEGMENTS else ([], former)
        names = [*kept, *self._joined([*joined, *self._made])]
        for name in set(names).intersection(self._made):
            self._open[name].file.check()
        self._write(names)
        self._made = []
        for name in set(self._open) - set(names):
            self._drop(name)

    def close(self) -> None:
        """Let go of the files; what was not committed is deleted."""
        for name in self._made:
            self._drop(name)
        for segment in self._open.values():
            segment.close()

    def _has_live(self, name: str) -> bool:
        return len(self._removed[name]) < self._open[name].reports

    def _joined(self, names: Sequence[str]) -> list[str]:
        """Return ``names``, or the one segment that takes the place of several, all of them whole.

        Raises:
            BrokenSegmentError: one is not as it was written; joined, nobody could tell any more.
        """
        if len(names) < 2:
            return list(names)
        for name in names:
            self._open[name].file.check()
        sources = [Source(self._open[name], frozenset(self._removed[name])) for name in names]
        at_once = max(self._portion // BYTES_A_BYTE, 1)
        return [self._make(merged(sources, bytes_at_once=at_once))]

    def _make(self, contents: Contents) -> str:
        """Write ``contents`` as a new segment, and return the name of its file."""
        name = f"{INDEX_NAME}_{self._next()}.seg"
        self._made.append(name)
        write_segment(self._folder / name, contents)
        self._open[name] = Segment(self._folder / name)
        self._removed[name] = set()
        return name

    def _write(self, names: Sequence[str]) -> None:
        parts = tuple(Part(name, frozenset(self._removed[name])) for name in names)
        sources = [Source(self._open[part.name], part.removed) for part in parts]
        number = self._next()
        table = write_table(self._folder, number, sources)
        contents = IndexContents(number, parts, means_of(sources), table)
        write_contents(self._folder, contents)

    def _next(self) -> int:
        self._number += 1
        return self._number

    def _drop(self, name: str) -> None:
        segment = self._open.pop(name, None)
        if segment is not None:
            segment.close()
        (self._folder / name).unlink(missing_ok=True)
