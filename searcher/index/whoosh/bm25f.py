"""BM25F: one saturation over the weighted frequencies of a term in several fields.

    tf~(t, d) = sum over fields f of  w_f · tf_f(t, d) / (1 - b_f + b_f · len_f(d) / avg_len_f)
    score(d)  = sum over terms t of   idf(t) · (k1 + 1) · tf~ / (k1 + tf~)
    idf(t)    = ln(1 + (N - n_t + 0.5) / (n_t + 0.5))

Source: Zaragoza, Craswell, Taylor, Saria and Robertson, TREC 2004 (length normalisation by
field, before one saturation); idf as in Lucene, which is never negative. Units: nats times a
dimensionless weight. A term that stands twice in the query counts twice. A document here is a
passage, or a whole report: its text once, its title and record once.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

K1 = 1.2


@dataclass(frozen=True, slots=True)
class FieldWeight:
    """How much a field counts and how strongly its length is normalised (0 to 1)."""

    weight: float
    b: float


WEIGHTS = {
    "title": FieldWeight(2.0, 0.5),
    "about": FieldWeight(1.0, 0.5),
    "heading": FieldWeight(1.0, 0.5),
    "body": FieldWeight(1.0, 0.75),
}


def idf(documents: int, holding: int) -> float:
    """Return the inverse document frequency of a term that ``holding`` of ``documents`` have."""
    return log(1.0 + (documents - holding + 0.5) / (holding + 0.5))


def scores(frequencies: Mapping[int, float], documents: int) -> dict[int, float]:
    """Return each document's part of the score for one term with normalised ``frequencies``."""
    gain = idf(documents, len(frequencies)) * (K1 + 1.0)
    return {document: gain * tf / (K1 + tf) for document, tf in frequencies.items()}
