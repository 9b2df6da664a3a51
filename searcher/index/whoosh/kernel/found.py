"""What a segment has of a term: its records, by the kind of unit that they count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searcher.frozen import dataclass
from searcher.index.whoosh.bounds import BOUNDS
from searcher.index.whoosh.fields import REPORT_FIELDS

if TYPE_CHECKING:
    from searcher.index.whoosh.contents import Means
    from searcher.index.whoosh.kernel.plan import Term
    from searcher.index.whoosh.records import BlockPostings, Postings
    from searcher.index.whoosh.segment import Segment


@dataclass(frozen=True, slots=True)
class FoundTerm:
    """The records of a term, each with its field: those of passages, and those of reports."""

    passages: tuple[tuple[str, BlockPostings], ...]
    reports: tuple[tuple[str, Postings], ...]
    places: tuple[int, ...]
    """Where each record lies: terms with equal places have the very same postings."""


def find(segment: Segment, term: Term) -> FoundTerm:
    """Return what ``segment`` has of ``term``.

    Raises:
        BrokenSegmentError: a record is not whole.
    """
    numbers = [(name, number) for name in term.fields for number in _numbers(segment, term, name)]
    return FoundTerm(
        tuple((f, segment.block_postings(n)) for f, n in numbers if f not in REPORT_FIELDS),
        tuple((f, segment.held(f, n)) for f, n in numbers if f in REPORT_FIELDS),
        tuple(segment.place(n) for _, n in numbers),
    )


def scaled_bounds(segment: Segment, means: Means, field: str) -> list[float]:
    """Return what the bytes of a field's bounds stand for in an index with these ``means``.

    A bound was made with the segment's own mean length. Where the index's is larger a passage
    counts as shorter than it did: by no more than the means' ratio.
    """
    scale = max(1.0, means.averages[field] / segment.bound_means[field])
    return [bound * scale for bound in BOUNDS]


def _numbers(segment: Segment, term: Term, field: str) -> list[int]:
    if term.is_start:
        return [number for number, _ in segment.beginning(field, term.text)]
    number = segment.find(field, term.text)
    return [] if number is None else [number]
