"""The fields of a passage, and what each is a property of.

Each word of a text field is indexed twice at the same position: as its exact form behind a mark
(what quotation marks and prefixes look up), and, unless it is a stop word, as its stem (what a
plain word looks up). ``about`` is the report's record as words; it widens what a passage is
found by without being shown as its text.

A field of the report says the same on each of its passages, so it is indexed once for the
report. The unit of a field is what its postings count: a report's number, or a passage's.
"""

from __future__ import annotations

EXACT = "="
TEXT_FIELDS = ("title", "about", "heading", "body")
VALUE_FIELDS = ("report", "project", "theme", "outcome", "design", "publisher")
NUMBER_FIELDS = ("year", "page")
REPORT_FIELDS = frozenset({"title", "about", *VALUE_FIELDS, "year"})
"""The fields whose unit is the report; those of the others is the passage."""
PASSAGE_TEXTS = ("heading", "body")
"""The text fields whose unit is the passage; their postings are laid out by blocks."""
FIELDS = tuple(sorted((*TEXT_FIELDS, *VALUE_FIELDS, *NUMBER_FIELDS)))
"""All that can be looked up, in the order in which a segment has them."""

BLOCK = 16
"""The most passages of a block: a run of the passages of one report."""
LARGEST_NUMBER = 2**31 - 1
OFFSET = 2**31
"""What is added to a year or page where it is kept, so that it is never negative; 0 is none."""

LENGTHS = tuple(round((1.033**n - 1) * 27) for n in range(256))
"""The lengths that one byte tells apart: Whoosh's own, so that both score alike."""


def publisher_value(name: str) -> str:
    """Return a publisher's name as it is indexed: commas separate values in Whoosh."""
    return " ".join(name.casefold().replace(",", " ").split())


def term_of(value: str) -> bytes:
    """Return the term of a value; half a surrogate pair, as a file's name may hold, is kept."""
    return value.encode("utf-8", "surrogatepass")


def number_value(number: int | None) -> int:
    """Return a year or page as it is kept, as near as that can hold it; 0 for none."""
    if number is None:
        return 0
    return max(min(number, LARGEST_NUMBER), -LARGEST_NUMBER) + OFFSET


def number_term(value: int) -> bytes:
    """Return the term of a number as it is kept, as a numeric field of Whoosh looks it up."""
    return b"\0" + value.to_bytes(4, "big")
