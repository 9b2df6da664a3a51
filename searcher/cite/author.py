"""Who wrote a report: a person, whose name turns round in a bibliography, or a body.

A name is a body's if the catalogue wraps it in braces, if a word of it only bodies bear, if it
has a digit, an ampersand or an acronym, or if it is not shaped like a person's. A person is
``Surname, Given`` or two to three capitalised words; particles do not count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from searcher.cite.line import one_line

BODY_WORDS = frozenset(
    """academy agency alliance associates association authority board borough bureau centre center
    charity clinic college commission committee company consortium consultancy consultants
    consulting cooperative council county department directorate faculty federation forum foundation
    government group hospital inc institute institution international laboratory limited lld llp ltd
    ministry national network nhs office organisation organization panel partners partnership plc
    practice programme project research school service services society taskforce team trust unit
    university works""".split()
)
PARTICLES = frozenset("al bin da de del della den der di dos du el la le ten ter van von".split())
STYLES = frozenset("dame dr lady lord miss mr mrs ms prof professor rev sir".split())
_ROLE = re.compile(r"\s*\([^()]*\)$")
_INITIALS = re.compile(r"(?:[A-Z]\.?){1,2}")


@dataclass(frozen=True, slots=True)
class Author:
    """A person, with ``given`` names, or a body, without."""

    name: str
    given: str = ""

    @property
    def is_person(self) -> bool:
        """Tell whether this is a person."""
        return bool(self.given)

    @property
    def inverted(self) -> str:
        """``Surname, Given``, or a body's name."""
        return f"{self.name}, {self.given}" if self.given else self.name


def author(text: str) -> Author:
    """Return who ``text``, one name of the catalogue, stands for."""
    text = one_line(text)
    if text.startswith("{") and text.endswith("}"):
        return Author(text.strip("{} "))
    name = _ROLE.sub("", text)
    surname, comma, given = (part.strip() for part in name.partition(","))
    if comma:
        return Author(surname, given) if _is_person(surname, given) else Author(text)
    words = name.split()
    while len(words) > 1 and words[0].casefold().rstrip(".") in STYLES:
        words = words[1:]
    at = _surname(words)
    surname, given = " ".join(words[at:]), " ".join(words[:at])
    return Author(surname, given) if _is_person(surname, given) else Author(text)


def _surname(words: list[str]) -> int:
    """Return where the surname starts: at its last word, or at the particles before it."""
    at = max(len(words) - 1, 0)
    while at > 1 and words[at - 1].casefold() in PARTICLES:
        at -= 1
    return at


def _is_person(surname: str, given: str) -> bool:
    """Tell whether a person can be called so."""
    words = [word for word in f"{given} {surname}".split() if word.casefold() not in PARTICLES]
    return bool(surname and given) and 2 <= len(words) <= 3 and all(map(_is_a_persons, words))


def _is_a_persons(word: str) -> bool:
    """Tell whether ``word`` may stand in a person's name."""
    if _INITIALS.fullmatch(word):
        return True
    letters = word.strip(".")
    plain = letters.replace("-", "").replace("'", "").replace("’", "")
    return (
        plain.isalpha()
        and letters[0].isupper()
        and not letters.isupper()
        and letters.casefold() not in BODY_WORDS
    )
