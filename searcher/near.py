"""The known name that was meant by one that is not known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

ALIKE = 0.7
"""The share of characters in common from which two names are near: one slip in four letters."""
SHORTEST_PART = 3
"""Letters from which a part of a name tells which one is meant."""


def nearest(name: str, known: Iterable[str], *, limit: int = 3) -> tuple[str, ...]:
    """Return those of ``known`` that ``name`` may have been meant for, best first.

    First come names in which it begins a word, the shortest first, then names spelled nearly
    so. Case, hyphens and white space do not count.
    """
    wanted = _folded(name)
    folded = {candidate: _folded(candidate) for candidate in dict.fromkeys(known)}
    parts: list[str] = []
    if len(wanted) >= SHORTEST_PART:
        parts = [one for one, text in folded.items() if f" {wanted}" in f" {text}"]
        parts.sort(key=lambda one: (not folded[one].startswith(wanted), len(one)))
    if len(parts) >= limit:
        return tuple(parts[:limit])
    return tuple(dict.fromkeys([*parts, *_spelled_like(wanted, folded)]))[:limit]


def _folded(name: str) -> str:
    return " ".join(re.findall(r"\w+", name.casefold().replace("_", " ")))


def _spelled_like(wanted: str, folded: dict[str, str]) -> list[str]:
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, b=wanted, autojunk=False)
    scored = []
    for at, (candidate, text) in enumerate(folded.items()):
        matcher.set_seq1(text)
        if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE:
            scored.append((-matcher.ratio(), at, candidate))
    return [candidate for score, _, candidate in sorted(scored) if -score >= ALIKE]
