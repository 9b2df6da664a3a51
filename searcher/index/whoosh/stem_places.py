"""Where the stems of several forms stand: where their forms do, which is kept once."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from searcher.index.whoosh.fields import EXACT, TEXT_FIELDS
from searcher.index.whoosh.records import Postings
from searcher.index.whoosh.sharing import stems_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from searcher.index.whoosh.segment import Segment


class StemPlaces:
    """Adds the positions to postings of a segment that were kept without them."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        self._forms: dict[str, Mapping[bytes, Sequence[int]]] = {}

    def placed(self, field: str, number: int) -> Postings:
        """Return the postings of a term with its positions.

        Raises:
            BrokenSegmentError: they are not whole, or not where the stem's forms are.
        """
        found = self._segment.held(field, number)
        if field not in TEXT_FIELDS or len(found.places):
            return found
        places: dict[int, list[int]] = {unit: [] for unit in found.units}
        for form in self._forms_of(field).get(self._segment.text(number), ()):
            postings = self._segment.held(field, form)
            every = postings.positions(range(len(postings.units)))
            for unit, positions in zip(postings.units, every, strict=True):
                places.setdefault(unit, []).extend(positions)
        if [len(here) for here in places.values()] != list(found.frequencies):
            raise self._segment.broken()
        apart = (_differences(sorted(here)) for here in places.values())
        return Postings(found.units, found.frequencies, [*chain.from_iterable(apart)])

    def _forms_of(self, field: str) -> Mapping[bytes, Sequence[int]]:
        """Return the numbers of the exact forms of every stem of ``field``."""
        if field not in self._forms:
            numbers, texts = [], []
            for number, text in self._segment.beginning(field, EXACT.encode()):
                numbers.append(number)
                texts.append(text)
            forms = stems_of(texts).forms.items()
            self._forms[field] = {s: [numbers[place] for place in places] for s, places in forms}
        return self._forms[field]


def _differences(positions: Sequence[int]) -> list[int]:
    return [here - before for here, before in zip(positions, (0, *positions), strict=False)]
