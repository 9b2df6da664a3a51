"""Citations as Markdown: a reference with its title in italics, the quotation below it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from searcher.cite.exporter import distinct
from searcher.cite.reference import ended, reference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searcher.cite.citation import Citation

_INLINE = re.compile(r"[\\`*_\[\]<>~|]|&(?=#?\w+;)|!(?=\[)")
_LINE_START = re.compile(r"^(\d+)(?=[.)])|^(?=[-+=#])")
_SHEETS = re.compile(r"\\\[(sheets? [0-9–]+)\\\]$")
_LINK = re.compile(r"https?://[^\s<>]+")


def export(citations: Sequence[Citation]) -> str:
    """Return a paragraph for each citation, followed by its quotation as a block quote."""
    return "\n".join(_paragraphs(citation) for citation in distinct(citations))


def _paragraphs(citation: Citation) -> str:
    parts = reference(citation)
    title = f"*{_escape(parts.title)}*"
    stop = "" if ended(parts.title) == parts.title else "."
    head = [f"{_start(parts.authors)} ({parts.year}).", title + stop]
    if not parts.authors:
        head = [f"{title} ({parts.year})."]
    tail = [ended(part) for part in (_escape(parts.publisher), _place(parts.place)) if part]
    link = [f"<{parts.url}>" if _LINK.fullmatch(parts.url) else _escape(parts.url)]
    line = " ".join([*head, *tail, *(link if parts.url else [])])
    return f"{line}\n" + (f"\n> “{_escape(parts.quote)}”\n" if parts.quote else "")


def _place(text: str) -> str:
    """Return the place with its sheets in plain brackets, which open no link."""
    return _SHEETS.sub(r"[\1]", _escape(text))


def _escape(text: str) -> str:
    """Return ``text`` so that Markdown shows it as it is."""
    return _INLINE.sub(lambda found: "\\" + found[0], text)


def _start(text: str) -> str:
    """Return ``text`` for the start of a line, where a number or a dash would open a list."""
    return _LINE_START.sub(lambda found: f"{found[0]}\\", _escape(text))
