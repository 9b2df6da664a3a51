"""Short and full names of one body, as the report pairs them: "Care Quality Commission (CQC)".

Also which body an address belongs to: "enquiries@beis.gov.uk" is that of the body which the report
calls BEIS.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from searcher.extract.pdf.metadata.organisations import NAMES, bare_name, is_organisation

if TYPE_CHECKING:
    from collections.abc import Iterable

_MAIL = re.compile(r"[\w.+-]+@((?:[a-z0-9-]+\.)+[a-z]{2,})\b", re.IGNORECASE)
_OTHERS = re.compile(r"nationalarchives|tsoshop|\btso\b|hmso|gmail|outlook|williamslea")
_SMALL = frozenset("of for and the on in to & de du la".split())
_GENUS = r"(?:(?:U\.?S\.?\s+|UK\s+)?(?:Department|Ministry|Office)\s+(?:of|for)\s+(?:the\s+)?)?"
_BODY = re.compile(
    rf"\b(?:Department|Ministry|Office|Agency|Commission)\s+(?:of|for)\s+{NAMES}"
    rf"|\b{NAMES}\s+(?:Foundation|Institute|Trust|Council|Office|Agency|Commission|Centre|Authority)\b"
)
_GENERAL = frozenset("gov mail email info www web nhs ac".split())
_ENDS = 30_000  # letters at either end of a text, where it names its publisher in full
_WORD = re.compile(r"[^\W\d_]+|&")
_LEAST = 3  # times a report must use a short name that it nowhere explains
_MOST_LETTERS = 10  # of a short name


def short_name(name: str, text: str) -> str | None:
    """Return what ``text`` calls the body ``name`` for short: "(HHS)" after it, or its initials."""
    loose = re.sub(r"\\ (?:&|and)\\ ", r"\\s+(?:&|and)\\s+", re.escape(name).replace("\\&", "&"))
    loose = loose.replace(r"\ ", r"\s+")
    told = re.search(
        rf"(?i:{loose})(?:[’']s?)?\s*\((?:the\s+)?[“\"]?([A-Z][A-Za-z&]{{1,9}})[”\"]?\)", text
    )
    if told:
        return told[1]
    for initials in (_initials(name), _initials(re.sub(rf"^{_GENUS}", "", name))):
        if len(initials) > 1 and len(re.findall(rf"\b{initials}\b", text)) >= _LEAST:
            return initials
    return None


def full_name(short: str, text: str) -> str | None:
    """Return the name that ``text`` sets before "(``short``)" or beside it, if its initials fit."""
    mark = re.escape(short)
    for form in (rf"({NAMES})\s*\(({mark})\)", rf"\b({mark})\s+[–-]?\s*((?:[Tt]he\s+)?{NAMES})"):
        for found in re.finditer(form, text):
            name = _fitting(found[1] if found[2] == short else found[2], short)
            if name:
                return name
    return None


def bodies_at(texts: Iterable[str], text: str) -> tuple[str, ...]:
    """Return the bodies whose e-mail addresses stand in ``texts``, by the names ``text`` has."""
    labels = dict.fromkeys(
        found[1].lower().split(".")[0]
        for line in texts
        for found in _MAIL.finditer(line)
        if not _OTHERS.search(found[1].lower())
        and found[1].lower().partition(".")[0] not in _GENERAL
    )
    named = (_named(label, text) for label in labels)
    return tuple(dict.fromkeys(name for name in named if name))


def _named(label: str, text: str) -> str | None:
    if len(label) <= _MOST_LETTERS:
        for short in dict.fromkeys(re.findall(rf"\b(?i:{re.escape(label)})\b", text)):
            name = full_name(short, text) if short[0].isupper() else None
            if name or (short.istitle() and is_organisation(short)):
                return name or str(short)
    ends = text if len(text) < 2 * _ENDS else text[:_ENDS] + text[-_ENDS:]
    blocks = ends.replace("\n", " | ")  # a name ends where its block does
    bodies = Counter(bare_name(found[0]) for found in _BODY.finditer(blocks))
    fitting = [name for name in bodies if _is_called(name, label)]
    return max(fitting, key=lambda name: (bodies[name], -len(name)), default=None)


def _is_called(name: str, label: str) -> bool:
    """Tell whether ``label`` is in ``name``, or is its initials with its last word in full."""
    head, _, last = name.rpartition(" ")
    is_mixed = label == (_initials(head) + last).casefold()
    return is_mixed or (len(label) >= 6 and label in _letters(name))


def _fitting(run: str, short: str) -> str | None:
    """Return the last words of ``run`` whose initials are ``short``, with "Department for"."""
    words = list(re.finditer(r"\S+", run.strip(" ,–-")))
    text = run.strip(" ,–-")
    wanted = short.upper()
    for first in reversed(words):
        name = text[first.start() :]
        if _initials(name).upper() == wanted and first[0] not in _SMALL:
            genus = re.search(rf"{_GENUS}$", text[: first.start()])
            return bare_name((genus[0] if genus else "") + name)
    return None


def _initials(name: str) -> str:
    words = [word for word in _WORD.findall(name) if word.casefold() not in _SMALL]
    return "".join(word[0] for word in words if word[0].isupper())


def _letters(name: str) -> str:
    return "".join(char for char in name.casefold() if char.isalpha())
