"""The name that signs a foreword or a letter: bold, over a role, and the heading of nothing."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from searcher.document import BlockKind
from searcher.extract.pdf.metadata.organisations import is_organisation
from searcher.extract.pdf.metadata.people import is_person

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searcher.extract.pdf.blocks.drafts import Draft

_ROLE = re.compile(
    r"\b(?:director|chair(?:man|woman|person)?|chief|secretary|minister|commissioner|inspector|head"
    r"|president|auditor|comptroller|ombudsman|professor|editor|manager|officer|trustee|governor)\b",
    re.IGNORECASE,
)
_LONGEST = 90  # letters of a role's line
_MOST_ROWS = 10  # of several who sign
_LARGER = 1.08  # than the name: the next section's heading


def is_signature(drafts: Sequence[Draft], index: int) -> bool:
    """Tell whether a block is a person's name under prose, with roles below and nothing else."""
    name = drafts[index]
    under = takewhile(lambda draft: draft.size < name.size * _LARGER, drafts[index:])
    told = [draft for draft in under if draft.kind is not BlockKind.FOOTNOTE]
    rows = [line.text for draft in told for line in draft.lines]
    return (
        is_person(rows[0])
        and 1 < len(rows) <= _MOST_ROWS
        and (_ROLE.search(rows[1]) is not None or is_organisation(rows[1]))
        and all(len(row) <= _LONGEST and not row.endswith((".", ":")) for row in rows)
        and any(draft.text.endswith(".") for draft in drafts[:index])
    )
