"""Text in, terms out: one analysis for reports, queries, snippets and labels."""
