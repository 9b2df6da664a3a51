"""A query string in, a query tree out."""
