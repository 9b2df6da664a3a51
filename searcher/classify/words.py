"""The words of labels and reports in the form in which both are compared.

A form is case folded, singular and without a possessive; hyphens part words. The exact words are
kept beside the forms, because an abbreviation is only known by its capitals.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from searcher.analysis.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

_IRREGULAR = {"children": "child", "women": "woman", "men": "man"}
_NO_PLURAL = ("ss", "us", "is")
_PLURAL_IN_ES = ("ches", "shes", "sses", "xes", "zes")


class Word(NamedTuple):
    """One word: its form, how it is written, and the code points it covers."""

    form: str
    written: str
    start: int
    end: int


def words(text: str, offset: int = 0) -> list[Word]:
    """Return the words of ``text``, whose first code point stands at ``offset``."""
    return [
        Word(singular(form), text[start:end], start + offset, end + offset)
        for form, start, end in tokens(text)
    ]


def forms(text: str) -> tuple[str, ...]:
    """Return the forms of the words of ``text``."""
    return tuple(word.form for word in words(text))


@lru_cache(maxsize=1 << 16)
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


def is_shouted(line: Sequence[Word]) -> bool:
    """Tell whether words are all in capitals, so that capitals prove nothing."""
    lettered = [word.written for word in line if word.written.upper() != word.written.lower()]
    return len(lettered) > 1 and all(written.isupper() for written in lettered)
