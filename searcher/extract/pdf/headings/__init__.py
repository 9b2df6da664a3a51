"""Which blocks are headings, how deep they stand, and what number a page bears."""
