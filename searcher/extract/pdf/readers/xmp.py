"""What a PDF's XMP packet says of the report: title, creators, publisher, date, identifiers.

A file may hold a packet for each of its pictures too: the document's own names the PDF's producer
or standard. Packets are looked for in the bytes of the file, so that they are found in a damaged
one too; a compressed one is opened up to the longest that a packet may be. The parser is bounded,
resolves nothing and refuses a packet with a document type, so none can grow or reach outside.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError, ParserCreate

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPENS = b"<x:xmpmeta"
_CLOSES = b"</x:xmpmeta>"
_KIND = b"/XML"  # the subtype of a stream that holds a packet
_BEGINS = re.compile(rb"stream\r?\n")
_COMPRESSED = re.compile(rb"/Fl(?:ateDecode)?\b")
_DICTIONARY = 400  # bytes before its subtype or behind it
_LONGEST = 1 << 18  # bytes of a packet
_MOST = 64  # packets looked at, from the end: the last one written is in force
_OWN = re.compile(rb"\b(?:pdf|pdfaid|pdfuaid|pdfx):\w")
_SPACES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://prismstandard.org/namespaces/basic/2.0/": "prism",
    "http://prismstandard.org/namespaces/basic/3.0/": "prism",
    "http://ns.adobe.com/pdf/1.3/": "pdf",
}
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


@dataclass(frozen=True, slots=True)
class Xmp:
    """What the packet says; empty where it says nothing."""

    title: str = ""
    creators: tuple[str, ...] = ()
    publisher: str = ""
    date: str = ""
    series: str = ""
    identifiers: tuple[str, ...] = ()
    language: str = ""


NO_PACKET = Xmp()
"""Of a file that has no packet, or none that could be read."""


def read_xmp(data: bytes) -> Xmp:
    """Return what the last XMP packet of the file ``data`` that is the document's own says."""
    for packet in _packets(data):
        if _OWN.search(packet):
            return _said(_values(packet))
    return NO_PACKET


def _packets(data: bytes) -> Iterator[bytes]:
    """Yield the packets of ``data`` from the last one to the first."""
    end, plain = len(data), data.rfind(_OPENS)
    for _ in range(_MOST):
        packed = data.rfind(_KIND, max(plain, 0), end)
        if packed >= 0:
            opened = _opened(data, packed)
            yield _packet_at(opened, opened.find(_OPENS))
            end = packed
        elif plain >= 0:
            yield _packet_at(data, plain)
            end, plain = plain, data.rfind(_OPENS, 0, plain)
        else:
            return


def _packet_at(data: bytes, start: int) -> bytes:
    """Return the packet that begins at ``start``; b"" where there is none, or no end to it."""
    close = data.find(_CLOSES, start, start + _LONGEST) if start >= 0 else -1
    return data[start : close + len(_CLOSES)] if close >= 0 else b""


def _opened(data: bytes, kind: int) -> bytes:
    """Return what the stream whose dictionary has its kind at ``kind`` holds, if it is packed."""
    first = max(data.rfind(b"obj", max(kind - _DICTIONARY, 0), kind), 0)
    begins = _BEGINS.search(data, kind, kind + _DICTIONARY)
    if not begins or not _COMPRESSED.search(data, first, begins.start()):
        return b""
    packed = data[begins.end() : begins.end() + _LONGEST]
    try:
        return zlib.decompressobj().decompress(packed, _LONGEST)
    except zlib.error:
        return b""


def _said(values: dict[str, list[str]]) -> Xmp:
    def first(*names: str) -> str:
        return next((values[name][0] for name in names if values.get(name)), "")

    numbers = ("prism:doi", "prism:isbn", "prism:issn", "dc:identifier")
    return Xmp(
        title=first("dc:title"),
        creators=tuple(values.get("dc:creator", ())),
        publisher=first("dc:publisher"),
        date=first("prism:publicationDate", "prism:coverDate", "dc:date"),
        series=first("prism:seriesTitle"),
        identifiers=tuple(value for name in numbers for value in values.get(name, ())),
        language=first("dc:language"),
    )


def _values(packet: bytes) -> dict[str, list[str]]:
    """Return the values of each property of ``packet`` in order; none where it is no XML."""
    reader = _Reader()
    parser = ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.letters
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(packet, True)  # noqa: FBT003 - expat takes no keyword
    except (ExpatError, ValueError):
        return {}
    return reader.values


def _refuse(*_: object) -> None:
    msg = "an XMP packet has no document type"
    raise ValueError(msg)


class _Reader:
    """Gathers the properties of known namespaces, written as text, list or attribute."""

    def __init__(self) -> None:
        self.values: dict[str, list[str]] = {}
        self._open: list[str] = []
        self._text: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        for attribute, value in attributes.items():
            self._keep(_property(attribute), value)
        self._open.append(_property(name) or (self._open[-1] if self._open else ""))
        self._text.clear()

    def letters(self, text: str) -> None:
        self._text.append(text)

    def end(self, _: str) -> None:
        self._keep(self._open.pop(), "".join(self._text))
        self._text.clear()

    def _keep(self, name: str, value: str) -> None:
        value = " ".join(value.split())
        if name and value:
            self.values.setdefault(name, []).append(value)


def _property(name: str) -> str:
    space, _, local = name.rpartition(" ")
    return f"{_SPACES[space]}:{local}" if space in _SPACES else ""
