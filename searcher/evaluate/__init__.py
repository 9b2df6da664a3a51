"""Queries and judgements in, measures and TREC runs out."""
