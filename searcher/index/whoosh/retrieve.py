"""An open index, and what it answers."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from searcher.index.backend import Ranked
from searcher.index.whoosh.damage import reading
from searcher.index.whoosh.fields import EXACT, TEXT_FIELDS
from searcher.index.whoosh.kernel.found import find
from searcher.index.whoosh.kernel.plain import PlainFrame
from searcher.index.whoosh.kernel.plan import plan
from searcher.index.whoosh.kernel.searching import best, first, weigh_all
from searcher.index.whoosh.kernel.tally import Tally
from searcher.index.whoosh.live import LivePart
from searcher.index.whoosh.segment_file import BrokenSegmentError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from searcher.index.whoosh.contents import Means
    from searcher.index.whoosh.kernel.arrays import ArrayFrame
    from searcher.index.whoosh.kernel.found import FoundTerm
    from searcher.index.whoosh.kernel.plain import PlainSurvey
    from searcher.index.whoosh.kernel.plan import Plan
    from searcher.index.whoosh.kernel.searching import Survey
    from searcher.index.whoosh.segment import Segment, Source
    from searcher.query.tree import Query
    from searcher.results.answer import ScorePart

    Frame = ArrayFrame | PlainFrame

LONG = 300
"""Blocks of postings from which arrays are faster, where numpy is loaded already."""
VERY_LONG = 30_000
"""Blocks of postings that take about as long to read without numpy as numpy takes to load."""


class WhooshIndex:
    """One open index."""

    def __init__(self, folder: Path, sources: Sequence[Source], means: Means) -> None:
        self.folder = folder
        self.means = means
        self.parts = tuple(LivePart(source.segment, source.removed) for source in sources)
        self._frames: dict[bool, Sequence[Frame]] = {}
        self._blocks_read = 0

    def search(self, query: Query) -> WhooshMatches:
        """Return what matches ``query``."""
        return WhooshMatches(self, plan(query))

    def words(self, start: str) -> Iterable[str]:
        """Return the exact forms that begin with ``start``, in order."""
        with reading(self.folder):
            found = {
                text.decode("utf-8", "replace").removeprefix(EXACT)
                for part in self.parts
                for name in TEXT_FIELDS
                for number, text in part.segment.beginning(name, (EXACT + start).encode("utf-8"))
                if part.holds(name, number)
            }
        return sorted(found)

    def check(self) -> None:
        """Read all files through, and open them as Whoosh does; see ``Index.check``."""
        from searcher.index.whoosh.stock import check_stock

        with reading(self.folder):
            for part in self.parts:
                part.segment.file.check()
        check_stock(self.folder)

    def close(self) -> None:
        """Let go of the files."""
        self._frames.clear()
        for part in self.parts:
            part.segment.close()

    def pays(self, found: Sequence[Sequence[FoundTerm]]) -> bool:
        """Tell whether arrays answer faster than plain Python.

        numpy is loaded once the queries so far, this one among them, would have paid for it.
        """
        blocks = sum(p.n_blocks for terms in found for term in terms for _, p in term.passages)
        self._blocks_read += blocks
        return blocks > LONG and ("numpy" in sys.modules or self._blocks_read > VERY_LONG)

    def frames(self, *, arrays: bool) -> Sequence[Frame]:
        """Return the segments as queries are evaluated over them, with numpy's arrays or not."""
        if arrays not in self._frames:
            kind = _array_frame() if arrays else PlainFrame
            self._frames[arrays] = [kind(part, self.means) for part in self.parts]
        return self._frames[arrays]


class WhooshMatches:
    """What matches one query; ``arrays`` is chosen by how much there is to read unless given."""

    def __init__(self, index: WhooshIndex, plan: Plan, *, arrays: bool | None = None) -> None:
        self._index = index
        self._plan = plan
        self._arrays = arrays

    def best(self, number: int, per_report: int = 0) -> list[Ranked]:
        """Return the best passages; see ``Matches.best``."""
        if not number:
            return []
        segments = [part.segment for part in self._index.parts]
        tally = Tally(segments, number, per_report)
        with self._reading():
            if any(self._plan.uses):
                found = best(self.surveys, tally)
            else:
                found = first(self.surveys, segments, tally)
            return [_ranked(segments[segment], passage, score) for score, segment, passage in found]

    def counts(self) -> dict[int, int]:
        """Return how many passages of each report match; see ``Matches.counts``."""
        counts: dict[int, int] = {}
        with self._reading():
            for part, survey in zip(self._index.parts, self.surveys, strict=True):
                groups = part.segment.groups
                counts |= {groups[report]: number for report, number in survey.counts().items()}
        return counts

    def parts(self, hits: Sequence[Ranked]) -> list[tuple[ScorePart, ...]]:
        """Return what every word adds to the score of each hit; see ``Matches.parts``."""
        from searcher.index.whoosh.kernel.explained import parts_of

        found: dict[int, tuple[ScorePart, ...]] = {}
        with self._reading():
            segments = [part.segment for part in self._index.parts]
            for survey, segment in zip(self._plain(), segments, strict=True):
                here = [n for hit in hits if (n := _number(segment, hit)) is not None]
                parts = parts_of(survey, here)
                found |= {segment.keys[passage]: part for passage, part in parts.items()}
        return [found[hit.passage] for hit in hits]

    def _plain(self) -> Sequence[PlainSurvey]:
        """Return the query over each segment in plain Python, weighed."""
        index, plan = self._index, self._plan
        surveys = [
            PlainFrame(part, index.means).survey(plan, [find(part.segment, t) for t in plan.terms])
            for part in index.parts
        ]
        weigh_all(surveys, plan, index.means)
        return surveys

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Tell as damage what does not fit together in a file: nothing is read outside of it."""
        with reading(self._index.folder):
            try:
                yield
            except (ValueError, IndexError) as exc:
                raise BrokenSegmentError(self._index.folder.name, "contradicts itself") from exc

    @cached_property
    def surveys(self) -> Sequence[Survey]:
        """The query over each segment, its terms found and weighed."""
        index, plan = self._index, self._plan
        segments = [part.segment for part in index.parts]
        found = [[find(segment, term) for term in plan.terms] for segment in segments]
        arrays = index.pays(found) if self._arrays is None else self._arrays
        frames = index.frames(arrays=arrays)
        surveys = [frame.survey(plan, f) for frame, f in zip(frames, found, strict=True)]
        weigh_all(surveys, plan, index.means)
        return surveys


def _array_frame() -> type[ArrayFrame]:
    from searcher.index.whoosh.kernel.arrays import ArrayFrame

    return ArrayFrame


def _number(segment: Segment, hit: Ranked) -> int | None:
    """Return the number of a passage in ``segment``, ``None`` if it is in another."""
    for report, group in enumerate(segment.groups):
        if group == hit.report:
            held = range(segment.firsts[report], segment.firsts[report + 1])
            return next((n for n in held if segment.keys[n] == hit.passage), None)
    return None


def _ranked(segment: Segment, passage: int, score: float) -> Ranked:
    report = segment.owners[passage]
    own, title, file = segment.report_text(report)
    page = segment.page(passage)
    return Ranked(
        score, segment.keys[passage], segment.groups[report], own, title, file,
        page, None if page is None else page + segment.last_pages[passage], segment.span(passage),
    )  # fmt: skip
