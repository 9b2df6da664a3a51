"""The English words that are spelt as a dictionary spells them, British and American.

The one door to ``symspellpy``: of that library only its word list is read (82,834 words, those
that both SCOWL and Google Books know, British spellings with -ise and -ize), and only when a
word is first asked for. American spellings are told by their British ones.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

PACKAGE = "symspellpy"
FILE_NAME = "frequency_dictionary_en_82_765.txt"

_POSSESSIVE = re.compile(r"['’]s?$")
_TO_BRITISH = tuple(
    (re.compile(american), british)
    for american, british in (
        (r"or(?=s?$|ed$|ing|ab|al|er|ful|hood|ist|ite|less)", "our"),  # labor, behavioral
        (r"([bt])er(?=s?$)", r"\1re"),  # center, fiber
        (r"([bt])er(?=ed$)", r"\1r"),  # centered
        (r"yz(?=e|ing)", "ys"),  # analyze
        (r"og(?=s?$|ed$)", "ogu"),  # cataloged; and the next
        (r"og(?=s?$)", "ogue"),  # catalog
        (r"og(?=ing$)", "ogu"),  # cataloging
        (r"ense(?=[sd]?$)", "ence"),  # offense
        (r"(?<=[aeiou])l(?=ed$|ing$|ors?$|ers?$)", "ll"),  # totaling, counselor
        (r"ll(?=s?$|ment|ful)", "l"),  # enrollment, fulfill
        (r"^(an|arch|encyclop|f|gyn|h|leuk|orthop|p|pal)e", r"\1ae"),  # pediatric, anemia
        (r"^(diarrh|f|hom|)e", r"\1oe"),  # fetus, estrogen
        (r"^gray", "grey"),
        (r"^mold", "mould"),
    )
)


def is_word(text: str) -> bool:
    """Tell whether ``text``, one word in any case, is English as a dictionary spells it.

    So is the possessive of a word. A name, an abbreviation and a word that a hyphen joins are
    words only where the list has them.
    """
    return _is_known(text.casefold())


@lru_cache(maxsize=1 << 16)
def _is_known(form: str) -> bool:
    known = _words()
    if form in known:
        return True
    bare = _POSSESSIVE.sub("", form)
    if bare in known:
        return bool(bare)
    return any(british in known for british in _respelt(bare))


def _respelt(form: str) -> list[str]:
    """Return ``form`` by each rule that turns an American spelling into a British one."""
    return [pattern.sub(british, form) for pattern, british in _TO_BRITISH if pattern.search(form)]


@cache
def _words() -> frozenset[str]:
    return frozenset(commonest())


def commonest() -> list[str]:
    """Return the word list, the commonest first, read without the library's own code being run."""
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        msg = f"{PACKAGE} is not installed"
        raise ModuleNotFoundError(msg, name=PACKAGE)
    path = Path(spec.submodule_search_locations[0]) / FILE_NAME
    return path.read_text(encoding="utf-8-sig").split()[::2]
