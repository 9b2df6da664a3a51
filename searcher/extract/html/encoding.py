"""The encoding of a web page, which is often declared wrongly or not at all.

What bears a mark is what the mark says; what is valid UTF-8 is UTF-8, whatever the page says;
else the page is believed if its bytes agree; else it is windows-1252. No statistics: equal bytes
give equal text on every machine.
"""

from __future__ import annotations

import codecs
import re

from bs4.dammit import UnicodeDammit

from searcher.extract.decode import decode_marked

_DECLARED = re.compile(
    rb"""<(?:meta\b|\?xml\b)[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w:.-]{2,40})""", re.I
)
# Browsers read these names as windows-1252, for that is what such pages hold.
_WESTERN = frozenset({"iso8859-1", "ascii", "cp1252"})
_DECLARED_WITHIN = 65536
_UNKNOWN = {"x-sjis": "cp932", "x-euc-jp": "euc_jp", "x-gbk": "gb18030", "x-x-big5": "big5hkscs"}
_SUPERSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
"""What a page in the narrower set may hold, as browsers read it."""

MAX_BAD_SHARE = 0.01
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")


def decode_html(data: bytes) -> str:
    """Return the text of the page; what no encoding explains becomes U+FFFD."""
    text = decode_marked(data)
    if text is not None:
        return _encoded_once(text)
    try:
        return _encoded_once(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    if sum(char > "\x7f" for char in text) > 2 * bad:
        return UnicodeDammit.detwingle(data).decode("utf-8", "replace")
    return _decode_as_declared(data)


def _encoded_once(text: str) -> str:
    """Return ``text``, or what it was where all of it was taken for windows-1252 and saved so."""
    try:
        return _NOT_ASCII.sub(_once, text)
    except UnicodeError:
        return text


def _once(run: re.Match[str]) -> str:
    return b"".join(_byte(char) for char in run.group()).decode("utf-8")


def _byte(char: str) -> bytes:
    # windows-1252 leaves five bytes undefined; what encodes UTF-8 twice passes them through.
    return bytes([ord(char)]) if "\x80" <= char <= "\x9f" else char.encode("cp1252")


def _decode_as_declared(data: bytes) -> str:
    found = _DECLARED.search(data[:_DECLARED_WITHIN])
    name = _python_name(found.group(1).decode("ascii", "replace")) if found else None
    if name is not None:
        text = data.decode(name, "replace")
        if text.count("\ufffd") <= MAX_BAD_SHARE * len(text):
            return text
    return data.decode("windows-1252", "replace")


def _python_name(declared: str) -> str | None:
    """Return Python's name of an encoding of text other than windows-1252 and UTF, if it is one."""
    try:
        info = codecs.lookup(_UNKNOWN.get(declared.lower(), declared))
    except (LookupError, ValueError):
        return None
    is_text = getattr(info, "_is_text_encoding", True)
    if not is_text or info.name in _WESTERN or info.name.startswith("utf"):
        return None
    return _SUPERSETS.get(info.name, info.name)
