"""A search whose command line is read without click, which takes longer to load than to search.

Only what click would take is read, as click would read it; whatever else is asked, and whatever
is wrong, is left to click. A test holds the two equal.
"""

from __future__ import annotations

from pathlib import Path

from searcher.cli.narrow import FILTERS, Narrowing, Years, narrowed, years_of
from searcher.cli.settings import COLORS, META
from searcher.frozen import dataclass

COMMAND = "search"
SETTINGS = {"--index": "index", "--corpus": "corpus", "--format": "format", "--color": "color"}
SWITCHES = {
    "--any": "any_word", "--json": "json", "--quiet": "quiet", "-q": "quiet",
    "--no-pager": "no_pager", "--verbose": "verbose", "-v": "verbose",
}  # fmt: skip
NUMBERS = {"--limit": "limit", "-n": "limit", "--offset": "offset", "--per-report": "per_report"}
LEAST = {"limit": 1, "offset": 0, "per_report": 0}
MANY = {"--facet": "facet", **{f"--{name}": name for name, _ in FILTERS}}
ONE = {**SETTINGS, **NUMBERS, "--year": "year"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A search as its command line asks for it; ``meta`` are the common options."""

    query: tuple[str, ...]
    only: Narrowing
    facet: tuple[str, ...]
    numbers: dict[str, int]
    any_word: bool
    meta: dict[str, object]


class _LeftToClickError(Exception):
    """The command line is none that is read here."""


def read(words: list[str]) -> Asked | None:
    """Return the search that ``words`` ask for, or ``None`` where click is to read them."""
    if words[:1] != [COMMAND]:
        return None
    try:
        return _Reading(words[1:]).asked()
    except (_LeftToClickError, ValueError):
        return None


class _Reading:
    """The options of one command line."""

    def __init__(self, words: list[str]) -> None:
        self.query: list[str] = []
        self.one: dict[str, str] = {}
        self.many: dict[str, tuple[str, ...]] = {}
        self.switches: dict[str, int] = {}
        self.words = iter(words)
        for word in self.words:
            if word == "--":
                self.query += self.words
            elif word[:1] == "-" and word != "-":
                self._take(*word.partition("=") if word[:2] == "--" else (word, "", ""))
            else:
                self.query.append(word)

    def _take(self, flag: str, equals: str, value: str) -> None:
        if flag in SWITCHES and not equals:
            name = SWITCHES[flag]
            self.switches[name] = self.switches.get(name, 0) + 1
            return
        name = ONE.get(flag) or MANY.get(flag, "")
        if not equals:
            value = next(self.words, "-")
        if not name or name in self.one or (not equals and value[:1] == "-"):
            raise _LeftToClickError
        if flag in MANY:
            self.many[name] = (*self.many.get(name, ()), value)
        else:
            self.one[name] = value

    def asked(self) -> Asked:
        """Return what was read.

        Raises:
            _LeftToClickError, ValueError: something in it is none of click's.
        """
        numbers = {name: int(self.one[name]) for name in LEAST if name in self.one}
        if not self.query or any(number < LEAST[name] for name, number in numbers.items()):
            raise _LeftToClickError
        year: Years | None = years_of(self.one["year"]) if "year" in self.one else None
        return Asked(
            tuple(self.query), narrowed(self.many, year), self.many.get("facet", ()), numbers,
            "any_word" in self.switches, self._meta(),
        )  # fmt: skip

    def _meta(self) -> dict[str, object]:
        """Return the common options as a command finds them."""
        meta: dict[str, object] = {META + name: True for name in self.switches}
        meta |= {META + name: self.one[name] for name in SETTINGS.values() if name in self.one}
        if meta.pop(META + "json", False):
            if META + "format" in meta:
                raise _LeftToClickError
            meta[META + "format"] = "json"
        meta.pop(META + "any_word", None)
        if "verbose" in self.switches:
            meta[META + "verbose"] = self.switches["verbose"]
        for name in ("index", "corpus"):
            if META + name in meta:
                meta[META + name] = folder = Path(self.one[name])
                if folder.is_file():
                    raise _LeftToClickError
        if meta.get(META + "color", COLORS[0]) not in COLORS:
            raise _LeftToClickError
        return meta


def run(asked: Asked) -> int:
    """Do the search and return its exit status.

    Raises:
        SearcherError: it cannot be done.
    """
    from searcher.cli.face import face_of
    from searcher.cli.find import FORMATS, find

    return find(
        face_of(asked.meta, FORMATS), query=asked.query, only=asked.only, facet=asked.facet,
        any_word=asked.any_word, explain=False, **asked.numbers,
    )  # fmt: skip
