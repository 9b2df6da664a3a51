"""Which forms each stem has: what its postings follow from.

The stem of one form of a field has the very postings of that form, and no record of its own.
That of several has the record of a term without positions: it is where its forms are. All this
is found from the texts of the terms themselves, so that a segment says the same however it came
about.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from searcher.analysis.tokens import is_stop, stem
from searcher.index.whoosh.fields import EXACT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Stems:
    """The stems of some exact forms; ``forms`` are the places of those of each."""

    forms: Mapping[bytes, Sequence[int]]

    @property
    def several(self) -> list[bytes]:
        """The stems of more than one form, in order."""
        return sorted(stemmed for stemmed, places in self.forms.items() if len(places) > 1)

    @property
    def single(self) -> dict[bytes, int]:
        """The stems of one form, each with its place."""
        return {stemmed: ps[0] for stemmed, ps in self.forms.items() if len(ps) == 1}


def stems_of(exact: Iterable[bytes]) -> Stems:
    """Return the stems of ``exact``, the terms of exact forms; a stop word has none."""
    forms: dict[bytes, list[int]] = {}
    for place, term in enumerate(exact):
        form = term.decode("utf-8", "replace").removeprefix(EXACT)
        if not is_stop(form):
            forms.setdefault(stem(form).encode("utf-8"), []).append(place)
    return Stems(forms)
