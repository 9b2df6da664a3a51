"""Which readings of an ambiguous token a report supports."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searcher.classify.mentions import Noted
    from searcher.classify.names import Name, Names, Reading, Token


def is_believed(name: Name, noted: Noted, names: Names) -> bool:
    """Tell whether the report that was ``noted`` supports that ``name`` means its concept.

    A name without a condition is believed. Otherwise the readings of its token of the same kind,
    and those that are nothing of ours, compete: where the report spells out one of them, the
    name must be among those spelled out; where it spells out none, the evidence for the name
    must occur and no rival have more of it.
    """
    token = name.condition
    if token is None:
        return True
    rivals = [r for r in names.readings[token] if r.kind is None or r.kind is name.kind]
    own = [r for r in rivals if r.concept == name.concept]
    spelled_out = [r for r in rivals if _is_spelled_out(r, token, noted)]
    if spelled_out:
        return any(reading in spelled_out for reading in own)
    strength = _strength(own, noted)
    return strength > 0 and all(strength >= _strength([rival], noted) for rival in rivals)


def _is_spelled_out(reading: Reading, token: Token, noted: Noted) -> bool:
    return any(noted.spelled_out[pattern, token] for pattern in reading.evidence)


def _strength(readings: Sequence[Reading], noted: Noted) -> int:
    patterns = {pattern for reading in readings for pattern in reading.evidence}
    return sum(noted.evidence[pattern] for pattern in patterns)
