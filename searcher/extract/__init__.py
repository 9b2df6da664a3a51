"""Bytes of a report in, a document out."""
