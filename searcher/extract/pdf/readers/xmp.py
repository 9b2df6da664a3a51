"""What a PDF's XMP packet says of the report: title, creators, publisher, date, identifiers.

A file may hold a packet for each of its pictures too: the document's own names the PDF's producer
or standard. Packets that are compressed are left alone. The parser is bounded, resolves nothing
and refuses a packet with a document type, so none can grow or reach outside.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.parsers.expat import ExpatError, ParserCreate

_OPENS = b"<x:xmpmeta"
_CLOSES = b"</x:xmpmeta>"
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
    end = len(data)
    for _ in range(_MOST):
        start = data.rfind(_OPENS, 0, end)
        if start < 0:
            break
        close = data.find(_CLOSES, start, start + _LONGEST)
        if close >= 0:
            packet = data[start : close + len(_CLOSES)]
            if _OWN.search(packet):
                return _said(_values(packet))
        end = start
    return NO_PACKET


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
