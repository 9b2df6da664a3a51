"""From the corpus to a new generation."""
