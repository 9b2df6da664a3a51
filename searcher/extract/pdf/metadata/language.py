"""The language of a report: what the file says, unless its small words are plainly another's."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from searcher.document import Found, Source, Span

if TYPE_CHECKING:
    from searcher.document import Document

_TAG = re.compile(r"^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$")
_WORD = re.compile(r"[^\W\d_]+")
_SMALL = {
    "en": "the of and to in that is for with are was this be by on as from which have not",
    "cy": "yn y a i o ar yr ac am mae wedi bod eu sy gan fod hyn wrth neu gyda",
    "gd": "agus an a na air gu tha bha le bho nach iad sin anns gum aig ann dhan",
    "ga": "agus an na ar go is le do tá bhí sé chun don ag mar nach as seo",
    "fr": "le la les des et en du une est que pour dans qui sur par au avec ce pas sont",
    "de": "der die und das den von zu mit ist im für auf eine nicht des dem sich werden als auch",
    "es": "de la que el en los las del una por con para es se como más su al lo este",
    "it": "di che il la le per del della un una con non sono dei nel alla gli più si come",
    "pt": "de que os do da em um para com não uma as dos na por mais se foi ao das",
    "nl": "de het een van en in dat op te zijn voor met niet aan ook door bij naar dit deze",
    "sv": "och att det som en på är av för med till den har inte om ett vi kan från",
    "da": "og at det som en på er af for med til den har ikke om et vi kan fra der blev",
    "pl": "w na z do się nie jest że przez oraz dla od po jak są za który które to",
}
_PROFILES = {tag: frozenset(words.split()) for tag, words in _SMALL.items()}
_MOST_LETTERS = 20_000  # from the middle of the text
_EXAMPLE = 120  # letters
_PROSE = re.compile(rf"(?<=\n)\S[^\n]{{40,{_EXAMPLE}}}(?!\w)")
_LEAST_WORDS = 60
_LEAST_SHARE = 0.15  # of all words: in prose the small words listed are a quarter to a third
_PLAINLY = 2.0  # times as many as the next language's


def find_language(document: Document, stated: str) -> Found[str] | None:
    """Return the BCP 47 tag that the file states, or the language of the text where it differs."""
    tag = _normal(stated)
    told = _told(document.text)
    if told and (not tag or tag.partition("-")[0] != told):
        return Found(told, Source.CLASSIFIED, _example(document.text))
    return Found(tag, Source.EMBEDDED) if tag else None


def _example(text: str) -> Span:
    """Return the place of some words of the prose that told the language."""
    line = _PROSE.search(text, _middle(text)) or _PROSE.search(text)
    return Span(line.start(), line.end()) if line else Span(0, min(len(text), _EXAMPLE))


def _middle(text: str) -> int:
    return max((len(text) - _MOST_LETTERS) // 2, 0)


def _normal(stated: str) -> str:
    """Return ``stated`` as BCP 47 recommends to write it: "en-GB"; "" where it is no tag."""
    tag = stated.strip().replace("_", "-")
    if not _TAG.match(tag):
        return ""
    first, *rest = tag.split("-")
    sized = {2: str.upper, 4: str.title}
    return "-".join([first.lower(), *(sized.get(len(part), str.lower)(part) for part in rest)])


def _told(text: str) -> str:
    """Return the language whose small words are many in ``text``, and far more than any other's."""
    start = _middle(text)
    words = _WORD.findall(text[start : start + _MOST_LETTERS].lower())
    if len(words) < _LEAST_WORDS:
        return ""
    counts = Counter(words)
    scores = {tag: sum(counts[word] for word in small) for tag, small in _PROFILES.items()}
    best, second = sorted(scores, key=lambda tag: (-scores[tag], tag))[:2]
    is_plain = scores[best] >= _PLAINLY * scores[second]
    return best if is_plain and scores[best] >= _LEAST_SHARE * len(words) else ""
