"""Names of persons, told by their form: titles, given names, initials, surnames, honours."""

from __future__ import annotations

import re
from typing import Final

from searcher.extract.pdf.metadata.organisations import is_organisation

_RANK = r"(?:Dr|Prof|Professor|Sir|Dame|Lord|Lady|Baroness|Baron|Judge|Mr|Mrs|Ms|Rev)\.?"
_PART = r"(?:(?:Mc|Mac|O[’'])?[A-Z][\w’'-]*[a-zß-ÿ]|[A-Z]{1,2}\.?|[A-Z][’'][A-Z][a-z]+)"
_PARTICLE = r"(?:de|van|von|der|den|la|le|al|bin|di|da|du|ten|ter)"
_PERSON = re.compile(
    rf"(?:(?:{_RANK}\s+)+(?:{_PART}\s+(?:{_PARTICLE}\s+)*){{0,3}}{_PART}"
    rf"|{_PART}(?:\s+(?:{_PART}|{_PARTICLE})){{1,3}})"
)
_HONOURS = re.compile(
    r"(?:,?\s+(?:KC|QC|CBE|OBE|MBE|DBE|KBE|GBE|CB|KCB|DCB|CMG|PC|MP|JP|DL|FRS|FBA|"
    r"Ph\.?D\.?|M\.?D\.?|M\.?Sc|B\.?Sc|M\.?A\.?|M\.?P\.?H\.?|Ed\.?D\.?|J\.?D\.?))+$"
)
_HONOURABLE = re.compile(
    r"^(?:the\s+)?(?:(?:rt|right)\.?\s+)?(?:hon(?:ourable)?\.?)\s+(?:the\s+)?", re.I
)
BETWEEN: Final = re.compile(r"\s*(?:;|,|\||\b(?:and|with)\b|&)\s*(?:\b(?:and|with)\b\s*)?")
"""What stands between the names of a list."""
_MARKS = re.compile(r"(?<!\d)(?:(?:\d{1,2}(?!\d)|[*†‡§¹²³]+),?)+$")
_NO_PERSON = re.compile(
    r"\b(?:Department|Office|Council|Ofsted|University|Agency|Ltd|Group|Report|Review|Evaluation"
    r"|Services?|Research|Study|Programme|Program|Project|Strategy|Plan|Policy|Summary|National"
    r"|Young|Children|North|South|East|West|New|Great|Social|Public|Health|Education|Final|Annual"
    r"|Part|Module|Volume|Chapter|Appendix|Annex|Year|United|City|County|Borough|House|School"
    r"|Government|Ministry|Authority"
    r"|Inspector|General|Director|Chair|Secretary|Minister|Inspection|Her|His|The|For|And)\b"
)


def person(text: str) -> str | None:
    """Return the name ``text`` is, without honours and marks, or ``None`` if it is no person's."""
    plain = _MARKS.sub("", " ".join(text.split()).strip(" .,;:"))
    plain = _HONOURS.sub("", _HONOURABLE.sub("", plain, count=1)).strip(" .,;")
    if plain.isupper():
        plain = plain.title()
    if not _PERSON.fullmatch(plain) or _NO_PERSON.search(plain) or is_organisation(plain):
        return None
    return plain


def is_person(text: str) -> bool:
    """Tell whether ``text`` has the form of a person's name and nothing more."""
    return person(text) is not None


def are_persons(text: str) -> bool:
    """Tell whether ``text`` is a list of persons' names and nothing more."""
    parts = [part for part in BETWEEN.split(text) if part]
    return bool(parts) and all(map(is_person, parts))


def is_never_small(name: str, text: str) -> bool:
    """Tell whether ``text`` never writes the first of ``name``'s words small: no common word."""
    words = re.findall(r"[^\W\d_]{2,}", name)
    return bool(words) and re.search(rf"\b{re.escape(words[0].lower())}\b", text) is None
