"""The corpus folder on disk: reports, catalogue and vocabularies, all written by people."""
