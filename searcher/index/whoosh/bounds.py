"""The upper bounds that one byte tells apart: what a term counts at most in a block's passages.

A bound is in weighted, length-normalised occurrences, as they stand in the formula of
``bm25f.py``. They grow by three in a hundred, so a bound is at most so much above what it
bounds; the last is above all there is.
"""

from __future__ import annotations

BOUNDS = (*(0.05 * 1.03**code for code in range(255)), 1e9)
SLACK = 1.0 + 1e-12
"""What a value is raised by before it is bounded: whoever adds up in another order rounds."""
