"""From a query tree to its best passages: planned once, then bounded, read and scored in rounds.

A query first looks at blocks, runs of passages of one report. What each block's best passage can
score at most follows from what is kept with a term's postings; only blocks that can still enter
the best are opened, and their passages scored exactly. Nothing is estimated.
"""
