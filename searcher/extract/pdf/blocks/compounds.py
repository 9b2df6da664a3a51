"""Halves of words that English sets with a hyphen: "cross-sectional", "decision-making".

What a report does not show itself is looked up here, so only halves are listed that are rarely
the beginning or the end of a word written solid.
"""

from __future__ import annotations

import re
from typing import Final

PREFIXES: Final = frozenset("anti multi non quasi semi".split())
"""No words of their own, but set with a hyphen before most words."""

_FIRST = frozenset(
    """
    cross far fixed full half high ill large long longer low lower one second self short
    shorter single small three two four five six seven eight nine ten twelve twenty thirty forty
    fifty sixty seventy eighty ninety third well wide
    """.split()
)
_SOLID = re.compile(
    r"(?:e[dnr]\w*|ings|ness\w*|ish\w*|ages?|ary|aries|arily|ments?|wards?|fold|self|selves|some"
    r"|light\w*|lands?|ways?|falls?|list\w*|com\w*|cuts?|spread|hand\w*|hold\w*|overs?|time"
    r"|ful\w*|fil\w*)$"
)
"""What makes a word written solid with one of ``_FIRST``: "shortage", "highlighted", "halfway"."""

_SECOND = frozenset(
    """
    aged based building centered centred cutting depth disciplinary driven economic effective
    esteem focused focussed friendly funded harm income informed level maker makers making
    month oriented orientated owned party quality ranging related scale seekers seeking sector
    sectional sharing solving specific term year years
    """.split()
)


def is_compound(left: str, right: str) -> bool:
    """Tell whether English joins ``left`` and ``right``, in lower case, by a hyphen."""
    if left in _FIRST:
        return right in _FIRST or (len(right) >= 4 and _SOLID.match(right) is None)
    return len(left) >= 4 and (right in _SECOND or right == "up")
