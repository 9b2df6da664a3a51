"""BM25F: one saturation over the weighted frequencies of a term in several fields.

    tf~(t, d) = sum over fields f of  w_f · tf_f(t, d) / (1 - b_f + b_f · len_f(d) / avg_len_f)
    BM25F(d)  = sum over terms t of   idf(t) · (k1 + 1) · tf~ / (k1 + tf~)
    idf(t)    = ln(1 + (N - n_t + 0.5) / (n_t + 0.5))
    score(p)  = BM25F(p) + EXACT_SHARE · BM25F'(p) + SHARE · BM25F(report of p as one document)

Source: Zaragoza, Craswell, Taylor, Saria and Robertson, TREC 2004 (length normalisation by
field, before one saturation); idf as in Lucene, which is never negative, with n_t the largest of
the fields' document frequencies, as in Lucene's CombinedFieldQuery. Units: nats times a
dimensionless weight. A term that stands twice in the query counts twice.

A plain word of a query is looked up as its stem, which any inflection has; BM25F' is over the
words as they were asked for, so that what holds the very word stands before what holds a relative
of it. It decides order alone, never what matches.

A document is a passage, or a whole report: its text once, its title and record once. A passage
answers as part of its report: the words of a question are often split between the report (its
place, its project, its publisher) and the page. The share is one half: a report's evidence orders
passages that answer about equally well, and does not lift a passage that answers little.
``docs/quality.md`` has what it brings.
"""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

from searcher.frozen import dataclass
from searcher.index.whoosh.fields import LENGTHS

if TYPE_CHECKING:
    from searcher.index.whoosh.contents import Means

K1 = 1.2
EXACT_SHARE = 0.25
SHARE = 0.5


@dataclass(frozen=True, slots=True)
class FieldWeight:
    """How much a field counts and how strongly its length is normalised (0 to 1)."""

    weight: float
    b: float


WEIGHTS = {
    "title": FieldWeight(2.0, 0.6),
    "about": FieldWeight(1.0, 0.6),
    "heading": FieldWeight(0.5, 0.6),
    "body": FieldWeight(1.0, 0.6),
}


def idf(documents: int, holding: int) -> float:
    """Return the inverse document frequency of a term that ``holding`` of ``documents`` have."""
    return log(1.0 + (documents - holding + 0.5) / (holding + 0.5))


def gain(documents: int, holding: int) -> float:
    """Return what a term scores at most: as its frequency grows without bound."""
    return idf(documents, holding) * (K1 + 1.0)


def rates(field: str, means: Means) -> list[float]:
    """Return what one occurrence in ``field`` counts, by the byte of the field's length."""
    weight, b = WEIGHTS[field].weight, WEIGHTS[field].b
    average = means.averages[field] or 1.0
    return [weight / (1.0 - b + b * length / average) for length in LENGTHS]


def report_rate(length: int, means: Means) -> float:
    """Return what one occurrence in the text of a report of this length counts."""
    weight, b = WEIGHTS["body"].weight, WEIGHTS["body"].b
    return weight / (1.0 - b + b * length / means.report)
