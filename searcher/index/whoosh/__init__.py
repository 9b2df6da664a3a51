"""The one door to Whoosh: its types, its errors and its pickles stop here."""

from searcher.index.whoosh.backend import WhooshBackend

__all__ = ["WhooshBackend"]
