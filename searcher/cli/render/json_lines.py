"""JSON: one document, or one object a line."""

from __future__ import annotations

import json
import sys
import unicodedata

ESCAPED = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def document(value: object) -> str:
    """Return ``value`` as one indented JSON document."""
    return _safe(json.dumps(value, ensure_ascii=_ascii_only(), indent=2))


def line(value: object) -> str:
    """Return ``value`` as one line of JSON."""
    return _safe(json.dumps(value, ensure_ascii=_ascii_only()))


def _ascii_only() -> bool:
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    return not encoding.casefold().replace("-", "").startswith("utf")


def _safe(text: str) -> str:
    """Return JSON with each character that could steer a terminal escaped; values stay equal."""
    if text.isascii() and "\x7f" not in text:
        return text
    unsafe = {
        ord(character): json.dumps(character)[1:-1]
        for character in set(text) - {"\n"}
        if unicodedata.category(character) in ESCAPED
    }
    return text.translate(unsafe)
