"""A document in, the concepts it is about out, each with the words that say so."""

from searcher.classify.assign import ASSIGN_AT, classify

__all__ = ["ASSIGN_AT", "classify"]
