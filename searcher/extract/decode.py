"""Bytes of a text file as text: UTF-8, UTF-16 or UTF-32 with its mark, else windows-1252.

UTF-16 without its mark is known by its zeros: nearly every other byte of a text in a Latin script.
"""

from __future__ import annotations

import codecs
import re

from searcher.errors import ExtractionError, Reason

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"PK\x03\x04", "a ZIP or Office file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"{\\rtf", "a rich text file"),
)
_CONTROLS = re.compile(rb"[\x01-\x07\x0e-\x19\x1c-\x1f\x7f]")
MAX_CONTROL_SHARE = 0.02
SAMPLE_BYTES = 65536
MIN_ZERO_SHARE = 0.7
MIN_BYTES = 16
HINT = "save it as PDF, HTML or plain text in UTF-8"


def refuse_binary(data: bytes) -> None:
    """Do nothing if ``data`` may be text.

    Raises:
        ExtractionError: unsupported, with what it is where that is plain.
    """
    for magic, name in _MAGIC:
        if data.startswith(magic):
            raise ExtractionError(Reason.UNSUPPORTED, f"is {name}, not text", hint=HINT)
    if encoding_by_zeros(data) is not None:
        return
    sample = data[:SAMPLE_BYTES]
    if b"\0" in sample or len(_CONTROLS.findall(sample)) > MAX_CONTROL_SHARE * len(sample):
        raise ExtractionError(Reason.UNSUPPORTED, "is binary, not text", hint=HINT)


def encoding_by_zeros(data: bytes) -> str | None:
    """Return the name of the UTF-16 or UTF-32 that ``data`` is in, ``None`` if it is in neither."""
    for mark, encoding in _BOMS:
        if encoding != "utf-8" and data.startswith(mark):
            return encoding
    sample = data[: SAMPLE_BYTES // 2 * 2]
    if len(sample) < MIN_BYTES:
        return None
    first, second = sample[::2].count(0), sample[1::2].count(0)
    least = MIN_ZERO_SHARE * (len(sample) // 2)
    if second > least and not first:
        return "utf-16-le"
    return "utf-16-be" if first > least and not second else None


def decode_marked(data: bytes) -> str | None:
    """Return the text of bytes that show by a mark or by zeros what they are in, else ``None``."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    encoding_found = encoding_by_zeros(data)
    return None if encoding_found is None else data.decode(encoding_found, "replace")


def decode(data: bytes) -> str:
    """Return the text in ``data``; what its encoding does not define becomes U+FFFD.

    Raises:
        ExtractionError: unsupported, the bytes are no text.
    """
    refuse_binary(data)
    text = decode_marked(data)
    if text is not None:
        return text
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("windows-1252", "replace")
