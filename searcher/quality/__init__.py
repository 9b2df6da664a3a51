"""How well a report was read, in figures and in a grade with its reasons."""
