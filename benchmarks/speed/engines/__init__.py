"""The engine beside its peers: the same passages, the same questions, one run."""
