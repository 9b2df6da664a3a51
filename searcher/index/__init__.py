"""What is derived from the corpus: generations, each a library beside an index of passages."""
