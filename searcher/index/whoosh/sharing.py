"""Which stems have the very postings of a form: those that only one form of a field has.

Found from the texts of the terms themselves, so that a segment says the same however it came
about.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from searcher.analysis.tokens import is_stop, stem
from searcher.index.whoosh.fields import EXACT

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Stems:
    """The stems of some exact forms.

    ``several`` are those of more than one form, in order; ``single`` those of one, each with
    the place of its form.
    """

    several: tuple[bytes, ...]
    single: dict[bytes, int]


def stems_of(exact: Sequence[bytes]) -> Stems:
    """Return the stems of ``exact``, the terms of exact forms; a stop word has none."""
    single: dict[bytes, int] = {}
    several: set[bytes] = set()
    for place, term in enumerate(exact):
        form = term.decode("utf-8", "replace").removeprefix(EXACT)
        if is_stop(form):
            continue
        stemmed = stem(form).encode("utf-8")
        if stemmed in single:
            several.add(stemmed)
        else:
            single[stemmed] = place
    return Stems(
        tuple(sorted(several)),
        {stemmed: place for stemmed, place in single.items() if stemmed not in several},
    )
