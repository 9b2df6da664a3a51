"""A document in, its sections and passages out."""
