"""British and American spellings of one word, made one.

Reports of several countries stand side by side, and who searches writes as at home: "programme
centre" has to find "program center". The form chosen is the one that Snowball's stemmer, which
knows American endings, takes apart best. Words are told by whole forms and by endings; a word
that is spelt alike on both sides may come out changed ("promise", "promize"), in all its
inflections alike.
"""

from __future__ import annotations

from types import MappingProxyType

_FORMS = MappingProxyType(
    dict(
        pair.split(":")
        for pair in """
        programme:program programmes:programs centre:center centres:centers centred:centered
        theatre:theater theatres:theaters fibre:fiber fibres:fibers litre:liter litres:liters
        licence:license licences:licenses licenced:licensed defence:defense defences:defenses
        offence:offense offences:offenses pretence:pretense pretences:pretenses
        practise:practice practises:practices practised:practiced practising:practicing
        malpractise:malpractice malpractises:malpractices
        judgement:judgment judgements:judgments acknowledgement:acknowledgment
        acknowledgements:acknowledgments enrol:enroll enrols:enrolls enrolment:enrollment
        enrolments:enrollments fulfil:fulfill fulfils:fulfills fulfilment:fulfillment
        skilful:skillful wilful:willful wilfully:willfully
        counsellor:counselor counsellors:counselors advisor:adviser advisors:advisers
        catalogue:catalog catalogues:catalogs catalogued:cataloged cataloguing:cataloging
        cataloguer:cataloger cataloguers:catalogers dialogue:dialog dialogues:dialogs
        analogue:analog analogues:analogs artefact:artifact artefacts:artifacts
        enquire:inquire enquires:inquires enquired:inquired enquiring:inquiring
        enquirer:inquirer enquirers:inquirers enquiry:inquiry enquiries:inquiries
        """.split()
    )
)
_OUR = frozenset(
    """
    ardour armour behaviour candour clamour colour dishonour endeavour favour flavour glamour
    harbour honour humour labour misbehaviour neighbour odour parlour rancour rigour rumour saviour
    savour splendour tumour unfavour valour vapour vigour
    """.split()
)
_GREEK = (
    ("paed", "ped"),
    ("haem", "hem"),
    ("anaem", "anem"),
    ("leukaem", "leukem"),
    ("anaes", "anes"),
    ("gynaec", "gynec"),
    ("orthopaed", "orthoped"),
)
_ENDINGS = ("ational", "ations", "ation", "able", "ing", "ers", "er", "es", "ed", "e")
_KEPT = ("vis", "precis", "exercis", "concis", "incis")
"""Roots whose other inflections the stemmer knows with an s: "revise" and "revision"."""
_SHORTEST_ROOT = 5
"""Letters: "rising" and "noise" are left as they are."""


def one_spelling(word: str) -> str:
    """Return the spelling that stands for ``word`` and its variants; it is its own."""
    if word in _FORMS:
        return _FORMS[word]
    if "our" in word:
        end = word.index("our") + 3
        return f"{word[: end - 2]}r{word[end:]}" if word[:end] in _OUR else _verb(word)
    if "ae" in word:
        for start, other in _GREEK:
            if word.startswith(start):
                return _verb(other + word[len(start) :])
    return _verb(word)


def _verb(word: str) -> str:
    """Return ``word`` with -ise and its inflections as -ize, and -yze as -yse."""
    for ending in _ENDINGS:
        if word.endswith(ending):
            root = word[: -len(ending)]
            if len(root) < _SHORTEST_ROOT or root.endswith(_KEPT):
                return word
            if root.endswith("is"):
                return f"{root[:-1]}z{ending}"
            return f"{root[:-1]}s{ending}" if root.endswith("yz") else word
    return word
