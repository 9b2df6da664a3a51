"""Words into the blocks of a page, in reading order."""
