"""Strict readers of the formats that exporters write: what is not in the format is an error."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from searcher.cite.bibtex import _ESCAPES
from searcher.cite.line import one_line

_TAG = re.compile(r"([A-Z][A-Z0-9])  - (.*)")
_ITALIC = re.compile(r"(?:\\.|[^*\\])*\*((?:\\.|[^*\\])*)\*")


@dataclass(frozen=True, slots=True)
class Entry:
    """What one entry says; the key of a format that has none is empty."""

    key: str
    title: str
    quote: str


def read_bibtex(text: str) -> list[Entry]:
    """Return the entries of a BibTeX file; braces have to balance, fields to be known."""
    entries, at = [], 0
    while at < len(text):
        assert text.startswith("@techreport{", at), text[at : at + 40]
        end = _closing(text, at + len("@techreport"))
        body = text[at + len("@techreport{") : end]
        key, _, rest = body.partition(",")
        assert re.fullmatch(r"[^\s{}\"#%'(),=~\\]+", key)
        fields = _bibtex_fields(rest)
        quote = fields.get("annote", "")
        entries.append(Entry(key, _untex(fields["title"]), _untex(quote)[1:-1]))
        at = end + 1
        while text[at : at + 1] == "\n":
            at += 1
    return entries


def _closing(text: str, start: int) -> int:
    """Return where the brace that opens at ``start`` closes, as BibTeX counts: blind to ``\\``."""
    depth = 0
    for at in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        if depth == 0:
            return at
    raise AssertionError(text[start:])


def _bibtex_fields(text: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    while text.strip():
        match = re.match(r"\s*([a-z]+) = \{", text)
        assert match, text
        end = _closing(text, match.end() - 1)
        fields[match[1]] = text[match.end() : end]
        text = text[end + 1 :].removeprefix(",")
    return fields


def _untex(text: str) -> str:
    back = {value: key for key, value in _ESCAPES.items()}
    command = re.compile("|".join(re.escape(value) for value in back) + r"|[{}]|\\")
    return command.sub(lambda found: back.get(found[0], ""), text)


def read_ris(text: str) -> list[Entry]:
    """Return the records of a RIS file; every line has a tag, every record starts and ends."""
    entries = []
    for record in text.split("\n\n") if text else []:
        lines = record.removesuffix("\n").split("\n")
        tags = [_TAG.fullmatch(line) for line in lines]
        assert all(tags), lines
        pairs = [(tag[1], tag[2]) for tag in tags if tag]
        names = [name for name, _ in pairs]
        assert names[0] == "TY"
        assert names[-1] == "ER"
        assert names.count("TY") == names.count("ER") == 1
        values = dict(pairs)
        notes = [value for name, value in pairs if name == "N1" and value.startswith("“")]
        entries.append(Entry(values["ID"], values["TI"], notes[-1][1:-1] if notes else ""))
    return entries


def read_csl(text: str) -> list[Entry]:
    """Return the items of a CSL-JSON list."""
    entries = []
    for item in json.loads(text):
        quote = one_line(item["custom"].get("quote", ""))
        assert item["type"] == "report"
        assert f"“{quote}”" in item.get("note", "") or not quote
        entries.append(Entry(item["id"], item["title"], quote))
    return entries


def read_markdown(text: str) -> list[Entry]:
    """Return the references of a Markdown file: a paragraph each, perhaps a block quote below."""
    entries: list[Entry] = []
    for paragraph in text.removesuffix("\n").split("\n\n") if text else []:
        assert "\n" not in paragraph.strip("\n")
        line = paragraph.strip("\n")
        if line.startswith("> "):
            entries[-1] = Entry("", entries[-1].title, _unmark(line[3:-1]))
        else:
            title = _ITALIC.match(line)
            assert title, line
            entries.append(Entry("", _unmark(title[1]), ""))
    return entries


def _unmark(text: str) -> str:
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)


READERS = {
    "bibtex": read_bibtex,
    "csl-json": read_csl,
    "markdown": read_markdown,
    "ris": read_ris,
}
