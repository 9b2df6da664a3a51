"""Names of organisations, told by their form and not from a list of them.

Bodies of the state (departments, ministries, inspectorates, auditors) are one class, agencies,
governments and parliaments a second; councils, universities, institutes, firms and the like, which
are as often the subject of a report, are the third.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

NAME = r"(?:[A-Z][\w.’'-]*|of|for|and|the|on|in|&|to)"
NAMES = rf"{NAME}(?:,?\s+{NAME}){{0,8}}"
_AUDITORS = (
    rf"(?:(?:{NAMES}\s+)?(?i:office\s+of\s+(?:the\s+)?inspector\s+general))",
    rf"(?:{NAMES}\s+)?(?:Audit|Accountability)\s+(?:Office|Commission|Service|Scotland|Wales)",
)
_STATE = (
    *_AUDITORS,
    rf"(?:U\.?S\.?\s+|UK\s+)?(?:Department|Ministry)\s+(?:for|of)\s+{NAMES}",
    rf"(?:HM|Her Majesty[’']s|His Majesty[’']s)\s+Inspectorate\s+(?:of|for)\s+{NAMES}",
    r"HM Treasury|HM Revenue (?:&|and) Customs|Cabinet Office|Home Office|Ofsted|Estyn",
    rf"{NAMES}\s+(?:Agency|Inspectorate|Inquiry|(?<!Chief )Executive)",
    rf"(?:{NAMES}\s+)?Commission(?:\s+(?:on|for)\s+{NAMES})?",
)
_PUBLIC = (
    r"HMICFRS|HMIP|Ofqual|Ofcom|Ofgem|Ofwat|(?:HM|Northern Ireland|Welsh|Scottish|UK) Government",
    rf"{NAMES}\s+(?:Budget|Evaluation|Statistics) Office",
    rf"HM\s+{NAMES}\s+Service|NHS\s+{NAMES}|Public Health\s+{NAMES}|House of (?:Commons|Lords)",
    rf"(?:{NAMES}\s+)?Commissioner(?:\s+for\s+{NAMES})?",
    rf"{NAMES}(?<! and)\s+(?:Administration|Ombudsman)",
    rf"Government\s+of\s+{NAMES}|Office\s+of\s+{NAMES}|Centers?\s+for\s+{NAMES}",
)
_OTHER = (
    rf"University\s+of\s+{NAMES}|{NAMES}\s+University(?:\s+of\s+{NAMES})?",
    (
        rf"{NAMES}\s+(?:Foundation|Institute|Trust|Council|Bank|Fund|Centre|Center|College|School"
        rf"|Unit|Group|Forum|Partnership|Society|Association|Consortium|Alliance|Academy|Network"
        rf"|Corporation|Observatory|Federation|Authority|Board|Service|Bureau|Laborator(?:y|ies)"
        rf"|Associates|Consulting|Ltd\.?|Limited|LLP|Inc\.?)"
        rf"(?:\s+(?:for|of|on)\s+{NAMES})?"
    ),
    rf"(?:{NAMES}\s+)?Office\s+for\s+{NAMES}",
    (
        rf"(?:Foundation|Institute|Trust|Council|Fund|Centre|Center|School|Bureau|Academy)"
        rf"\s+(?:for|of|on)\s+{NAMES}"
    ),
)
AUDITORS: Final = tuple(re.compile(f"(?:{form})") for form in _AUDITORS)
"""Bodies that report on others, whose names then stand on the cover too."""
STATE_BODIES: Final = tuple(re.compile(f"(?:{form})") for form in _STATE)
PUBLIC_BODIES: Final = tuple(re.compile(f"(?:{form})") for form in _PUBLIC)
OTHER_BODIES: Final = tuple(re.compile(f"(?:{form})") for form in _OTHER)
INSPECTING_BODY: Final = re.compile(
    r"\bOfsted\b|\bEstyn\b|\b(?i:Office of (?:the )?Inspector General)\b"
)
"""Bodies that nearly always write of themselves in sentences, not by a name alone on a line."""
_BETWEEN = re.compile(r"\s*(?:;|\||,|\s/\s|\band\b|&)\s*(?:\band\b\s*)?")
_MOST_PARTS = 24  # a longer line is no list of names
_ARTICLE = re.compile(r"^(?:(?:[A-Z]\w+ )?[Rr]eport (?:of|by) )?(?:[Tt]he )?")
_REMARK = re.compile(r"\s*\([^()]*\)$")
_SMALL = re.compile(r"\b(?:Of|For|And|The|On|In|To)\b")
_SHORT = re.compile(r"\b(?:U\.?S\.?|UK|HM|NHS)\b", re.IGNORECASE)


def bare_name(text: str) -> str:
    """Return ``text`` without what may stand around a name: "Report of the", "(a remark)"."""
    plain = " ".join(text.split()).strip(" .,;")
    return _REMARK.sub("", _ARTICLE.sub("", plain, count=1)).strip(" .,;")


def in_name_case(text: str) -> str:
    """Return a name set in capitals as names are written; any other as it is."""
    if not text.isupper() or len(text.split()) == 1:
        return text
    titled = _SMALL.sub(lambda found: found[0].lower(), text.title())
    return (
        _SHORT.sub(lambda found: found[0].upper(), titled).replace("’S", "’s").replace("'S", "'s")
    )


def is_state_body(text: str) -> bool:
    """Tell whether ``text`` is nothing but the name of a department, inspectorate or the like."""
    return any(form.fullmatch(text) for form in STATE_BODIES)


def is_public_body(text: str) -> bool:
    """Tell whether ``text`` is nothing but the name of a body of the state, an agency's too."""
    return is_state_body(text) or any(form.fullmatch(text) for form in PUBLIC_BODIES)


def is_organisation(text: str) -> bool:
    """Tell whether ``text`` is nothing but the name of an organisation."""
    return is_public_body(text) or any(form.fullmatch(text) for form in OTHER_BODIES)


def names_in(listed: str, is_name: Callable[[str], bool]) -> tuple[str, ...]:
    """Return the names in ``listed``: as little as can be left over, then as many as can be.

    "and" and a comma stand between names and inside them: "Trust for Women and Families".
    """
    gaps = list(_BETWEEN.finditer(listed))
    if len(gaps) >= _MOST_PARTS:
        return ()
    starts = [0, *(gap.end() for gap in gaps)]
    ends = [*(gap.start() for gap in gaps), len(listed)]
    best: list[tuple[int, int, tuple[str, ...]]] = [(0, 0, ())]
    for last in range(len(starts)):
        left, negated, names = best[last]
        ways = [(left + 1, negated, names)]
        for first in range(last + 1):
            name = bare_name(listed[starts[first] : ends[last]])
            if is_name(name):
                left, negated, names = best[first]
                ways.append((left, negated - 1, (*names, name)))
        best.append(min(ways, key=lambda way: way[:2]))
    return best[-1][2]
