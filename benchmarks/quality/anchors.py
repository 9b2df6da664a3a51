"""What others reach on the same queries: the figures ours stand beside.

Measured in November 2026 with the same collections and the same scorer. ``stock Whoosh`` is
Whoosh 2.7.4 (BM25F, stemming, any word, title and text); ``bm25s`` is 0.3.16 (k1 1.5, b .75).
By file and by page are the measures of ``searcher evaluate`` on known items.
"""

from __future__ import annotations

COLLECTIONS = ("cranfield", "cisi", "cacm", "npl", "adi")

NDCG = {
    "stock Whoosh": {"cranfield": 0.3705, "cisi": 0.3003, "cacm": 0.4295, "npl": 0.4303},
    "bm25s": {"cranfield": 0.3650, "cisi": 0.3956, "cacm": 0.5297, "npl": 0.4280, "adi": 0.4938},
}
AP = {
    "stock Whoosh": {"cacm": 0.292, "npl": 0.278},
    "bm25s": {"cacm": 0.382, "npl": 0.280},
    "published BM25": {"cacm": 0.3123, "npl": 0.2965},  # Anserini, Terrier
}

KNOWN_ITEM_COLUMNS = ("s@1", "s@5", "s@10", "MRR", "p1", "p10", "page-MRR", "p10g")
KNOWN_ITEMS = {
    "Recoll, any word": (0.445, 0.695, 0.805, 0.556, 0.009, 0.027, 0.015, 0.035),
    "Xapian omindex": (0.609, 0.797, 0.859, 0.702, None, None, None, None),
    "pdftotext + FTS5": (0.719, 0.938, 0.969, 0.819, 0.469, 0.805, 0.594, 0.823),
    "pdftotext + tantivy": (0.742, 0.930, 0.969, 0.829, 0.496, 0.814, 0.606, 0.814),
    "pdfminer + stock Whoosh": (0.719, 0.914, 0.977, 0.814, 0.487, 0.841, 0.607, 0.841),
}
