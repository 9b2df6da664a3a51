from __future__ import annotations

import zlib

import pytest

from searcher.extract.pdf.readers.xmp import NO_PACKET, read_xmp

HEAD = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF'
    ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"'
    ' xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/">'
)
TAIL = "</rdf:RDF></x:xmpmeta>"
TITLE = (
    '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Reading &amp; writing</rdf:li></rdf:Alt>'
    "</dc:title>"
)
NAMES = "<dc:creator><rdf:Seq><rdf:li>One</rdf:li><rdf:li>Two</rdf:li></rdf:Seq></dc:creator>"


def packet(inside: str, *, producer: bool = True, before: str = "") -> bytes:
    own = 'pdf:Producer="P"' if producer else ""
    body = f'<rdf:Description rdf:about="" {own}>{inside}</rdf:Description>'
    return f"%PDF-1.7 stream\n{before}{HEAD}{body}{TAIL}\nendstream\n".encode()


def test_lists_and_alternatives_and_attributes_are_read() -> None:
    found = read_xmp(packet(TITLE + NAMES + "<prism:doi>10.1000/1</prism:doi>"))
    assert found.title == "Reading & writing"
    assert found.creators == ("One", "Two")
    assert found.identifiers == ("10.1000/1",)


def test_a_pictures_packet_is_not_the_documents() -> None:
    picture = packet("<dc:title>A picture</dc:title>", producer=False)
    assert read_xmp(picture) == NO_PACKET
    assert read_xmp(packet(TITLE) + picture).title == "Reading & writing"


def test_the_last_packet_written_is_in_force() -> None:
    assert read_xmp(packet("<dc:title>Old</dc:title>") + packet(TITLE)).title == "Reading & writing"


def compressed(inside: str, *, length: int | None = None, kind: str = "/Subtype /XML") -> bytes:
    held = zlib.compress(packet(inside))[:length]
    head = f"7 0 obj\n<</Type/Metadata {kind}/Filter/FlateDecode/Length {len(held)}>>\nstream\r\n"
    return head.encode() + held + b"\nendstream endobj\n"


def test_a_compressed_packet_is_read() -> None:
    assert read_xmp(compressed(TITLE)).title == "Reading & writing"
    old = packet("<dc:title>Old</dc:title>")
    assert read_xmp(old + compressed(TITLE)).title == "Reading & writing"
    assert read_xmp(compressed(TITLE) + old).title == "Old"


def test_a_compressed_stream_that_is_damaged_too_long_or_no_packet_says_nothing() -> None:
    assert read_xmp(compressed(TITLE, length=40)) == NO_PACKET
    assert read_xmp(compressed(TITLE, kind="/Subtype /Image")) == NO_PACKET
    assert read_xmp(compressed(f"<dc:title>{'a' * (1 << 19)}</dc:title>")) == NO_PACKET
    assert read_xmp(compressed(TITLE).replace(b"stream", b"string")) == NO_PACKET


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7 no packet",
        packet(TITLE)[:-60],
        packet(TITLE).replace(b"</dc:title>", b""),
        packet(TITLE).replace(b"Reading", b"Read\xff\xfe"),
        b"<x:xmpmeta" * 1000,
    ],
)
def test_a_broken_packet_says_nothing(data: bytes) -> None:
    assert read_xmp(data) == NO_PACKET


def test_no_entity_is_ever_resolved() -> None:
    bomb = (
        b'<x:xmpmeta xmlns:x="a" pdf:Producer="P"><!DOCTYPE z [<!ENTITY a "aaaa">'
        b'<!ENTITY b SYSTEM "file:///etc/passwd">]>&a;&b;</x:xmpmeta>'
    )
    assert read_xmp(bomb) == NO_PACKET
    undeclared = packet("<dc:title>&b;</dc:title>")
    assert read_xmp(undeclared) == NO_PACKET
