"""The means that scores are normalised with, over what is not removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from searcher.index.whoosh.contents import Means
from searcher.index.whoosh.fields import LENGTHS, REPORT_FIELDS, TEXT_FIELDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searcher.index.whoosh.segment import Source


def means_of(sources: Sequence[Source]) -> Means:
    """Return the means over ``sources``."""
    totals = dict.fromkeys(TEXT_FIELDS, 0)
    passages = reports = body = 0
    lengths = np.array(LENGTHS, dtype=np.int64)
    for source in sources:
        segment = source.segment
        firsts = np.array(segment.firsts, dtype=np.int64)
        every = firsts[1:] - firsts[:-1]
        held = every.copy()
        held[sorted(source.removed)] = 0
        owned = np.repeat(held > 0, every)
        for name in TEXT_FIELDS:
            weights = held if name in REPORT_FIELDS else owned
            totals[name] += int((lengths[np.array(segment.lengths[name])] * weights).sum())
        passages += int(held.sum())
        reports += int((held > 0).sum())
        body += int((np.array(segment.report_lengths, dtype=np.int64) * (held > 0)).sum())
    averages = {name: total / max(passages, 1) for name, total in totals.items()}
    return Means(passages, reports, averages, body / max(reports, 1) or 1.0)
