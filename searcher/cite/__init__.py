"""Places in reports in, citations out."""
