"""Lines that give credit: "By …", "Published by …", "© … 2018". Each stands alone on its line."""

from __future__ import annotations

import re

from searcher.extract.pdf.metadata.organisations import NAMES, bare_name

_WORK = (
    r"(?:(?:an?|the|final|interim|independent)\s+)*"
    r"(?:report|evaluation|study|research|review|written|prepared|evaluated|compiled|authored)"
    r"(?:\s+for\s+[^,;:]{3,80})?\s+"
)
_BYLINE = re.compile(
    rf"^(?:(?:{_WORK})?by\b:?|authors?\s*[-–]|"
    r"(?:(?:lead|independent|principal|report|overview)\s+)*"
    r"(?:authors?|reviewers?|evaluators?|inspectors?|researchers?|investigators?)(?:\(s\))?:)"
    r"\s+(?P<names>\S.*)$",
    re.IGNORECASE,
)
_YEAR = r"(?:19|20)\d\d(?:\s?[-–]\s?\d{2,4})?"
_PUBLISHED = re.compile(
    rf"^(?i:(?:this (?:report|document|publication) (?:is|was|has been) )?(?:first )?"
    rf"(?:published|issued)(?: (?:in|on)(?: \d{{1,2}})?(?: [a-z]+)? {_YEAR})? by|publisher:)"
    rf"\s+(?P<name>(?:the\s+)?{NAMES})"
)
_HOLDER = re.compile(
    rf"^(?i:copyright\s+)?(?:©|\(c\)|(?i:copyright))\s*(?i:copyright\s+)?"
    rf"(?:(?P<before>{_YEAR}),?\s+(?:by\s+)?)?(?P<name>(?:the\s+)?{NAMES})"
    rf"(?(before)|,?\s+{_YEAR})"
)
_CROWN = re.compile(r"\bCrown\s+copyright\b", re.IGNORECASE)
_LONGEST_CREDIT = 120  # letters
_ONLY_NAMES = re.compile(rf"{NAMES}(?:(?:,|;|\s(?:and|&))\s+{NAMES})*(?:\s*\([^()]*\))?\.?")
_GOES_ON = re.compile(r"(?:[,;&]|\b(?:and|of|for|the|by|on|in))$")


def names_in_byline(text: str) -> str | None:
    """Return what follows "By", "Author:" or the like, where ``text`` begins with it."""
    found = _BYLINE.match(text)
    return found["names"] if found else None


def stated_publisher(text: str) -> str | None:
    """Return the name after "Published by" or "Publisher:", where ``text`` begins with it."""
    found = _PUBLISHED.match(text)
    return bare_name(_without_address(found["name"])) if found else None


def copyright_holder(text: str) -> str | None:
    """Return the name in "© NAME YEAR" or "© YEAR NAME"; the Crown is nobody's name."""
    if names_the_crown(text):
        return None
    found = _HOLDER.match(text)
    return bare_name(_without_address(found["name"])) if found else None


def _without_address(name: str) -> str:
    """Return ``name`` without what follows a comma, unless "and" ends a list of what it is for."""
    last = name.rpartition(",")[2]
    return name if re.search(r"\s(?:and|&)\s", last) else name.partition(",")[0]


def names_the_crown(text: str) -> bool:
    """Tell whether ``text`` claims Crown copyright: some body of the state is the publisher."""
    return _CROWN.search(text) is not None


def is_credit(text: str) -> bool:
    """Tell whether ``text`` is one credit from end to end, and no sentence that begins like one."""
    if len(text) > _LONGEST_CREDIT or _GOES_ON.search(text):
        return False
    if text.startswith("©") and (names_the_crown(text) or copyright_holder(text)):
        return True
    if stated_publisher(text):
        return not text.rstrip().endswith(".")
    names = names_in_byline(text)
    return names is not None and _ONLY_NAMES.fullmatch(names) is not None
