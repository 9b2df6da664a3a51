"""The encoding of a web page, which is often declared wrongly or not at all.

What is valid UTF-8 is UTF-8, whatever the page says; else the page is believed if its bytes
agree; else it is windows-1252. No statistics: equal bytes give equal text on every machine.
"""

from __future__ import annotations

import codecs
import re

from bs4.dammit import UnicodeDammit

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w:.-]{2,40})""", re.I)
# Browsers read these names as windows-1252, for that is what such pages hold.
_WESTERN = frozenset({"iso8859-1", "ascii", "cp1252"})
_DECLARED_WITHIN = 4096
_GB = frozenset({"gb2312", "gbk"})


def decode_html(data: bytes) -> str:
    """Return the text of the page; what no encoding explains becomes U+FFFD."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    if sum(char > "\x7f" for char in text) > 2 * bad:
        return UnicodeDammit.detwingle(data).decode("utf-8", "replace")
    return _decode_as_declared(data)


def _decode_as_declared(data: bytes) -> str:
    found = _DECLARED.search(data[:_DECLARED_WITHIN])
    name = _python_name(found.group(1).decode("ascii", "replace")) if found else None
    if name is not None:
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            pass
    return data.decode("windows-1252", "replace")


def _python_name(declared: str) -> str | None:
    """Return Python's name of an encoding of text other than windows-1252 and UTF, if it is one."""
    try:
        info = codecs.lookup(declared)
    except (LookupError, ValueError):
        return None
    is_text = getattr(info, "_is_text_encoding", True)
    if not is_text or info.name in _WESTERN or info.name.startswith("utf"):
        return None
    return "gb18030" if info.name in _GB else info.name
