"""The words of labels and reports in the form in which both are compared.

A form is case folded, singular and without a possessive; hyphens part words. The exact words are
kept beside the forms, because an abbreviation is only known by its capitals.
"""

from __future__ import annotations

from functools import cached_property, lru_cache

from searcher.analysis.tokens import WORD, exact_form
from searcher.document import Span

_IRREGULAR = {"children": "child", "women": "woman", "men": "man"}
_NO_PLURAL = ("ss", "us", "is")
_PLURAL_IN_ES = ("ches", "shes", "sses", "xes", "zes")


class Words:
    """The words of ``part`` of ``text``: ``written`` as they stand, ``forms`` as compared.

    Most words of a report are in no name, so their places are only looked for when asked.
    """

    def __init__(self, text: str, part: Span | None = None) -> None:
        self._text = text
        self._part = part or Span(0, len(text))
        self.written: list[str] = WORD.findall(text, self._part.start, self._part.end)
        self.forms = list(map(form_of, self.written))

    def __len__(self) -> int:
        return len(self.forms)

    @cached_property
    def places(self) -> list[tuple[int, int]]:
        """Return the first code point of each word and the one behind it."""
        found = WORD.finditer(self._text, self._part.start, self._part.end)
        return [match.span() for match in found]

    @cached_property
    def is_shouted(self) -> bool:
        """Tell whether the words are all in capitals, so that capitals prove nothing."""
        lettered = [written for written in self.written if written.upper() != written.lower()]
        return len(lettered) > 1 and all(written.isupper() for written in lettered)

    def span(self, index: int, size: int) -> Span:
        """Return what ``size`` words from ``index`` on cover."""
        return Span(self.places[index][0], self.places[index + size - 1][1])


@lru_cache(maxsize=1 << 16)
def form_of(written: str) -> str:
    """Return the form of a word as it is written."""
    return singular(exact_form(written))


def singular(form: str) -> str:
    """Return ``form`` without a possessive or a plural ending.

    The result need not be a word: labels and reports go through the same hands.
    """
    form = form.removesuffix("'s")
    if form in _IRREGULAR:
        return _IRREGULAR[form]
    if len(form) < 3 or not form.endswith("s") or form.endswith(_NO_PLURAL):
        return form
    if form.endswith("ies") and len(form) > 4:
        return form[:-3] + "y"
    return form[:-2] if form.endswith(_PLURAL_IN_ES) else form[:-1]


def is_abbreviation(written: str) -> bool:
    """Tell whether a word has two capitals or more, as CSE, SoS and NewDAy have."""
    return sum(char.isupper() for char in written) >= 2


def has_capitals_of(written: str, shape: str) -> bool:
    """Tell whether ``written`` has a capital wherever ``shape`` has one."""
    if len(written) < len(shape):
        return False
    return all(
        here.isupper() for here, there in zip(written, shape, strict=False) if there.isupper()
    )
