"""A segment that is broken or forged: it is refused, or does no harm."""

from __future__ import annotations

import math
import random
import struct
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from searcher.errors import DamagedIndexError
from searcher.index.whoosh.contents import Means
from searcher.index.whoosh.fields import TEXT_FIELDS
from searcher.index.whoosh.kernel.plan import plan
from searcher.index.whoosh.merge import merged
from searcher.index.whoosh.retrieve import WhooshIndex, WhooshMatches
from searcher.index.whoosh.segment import Segment, Source
from searcher.index.whoosh.segment_file import (
    MAGIC,
    BrokenSegmentError,
    SegmentFile,
    SegmentFileWriter,
)
from searcher.index.whoosh.segment_writer import write_segment
from searcher.query.tree import Or, Phrase, Range, Word
from tests.contract.small_index import Small
from tests.unit.index.whoosh.twins import build

on_disk = settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a segment of two reports."""
    path = tmp_path_factory.mktemp("written")
    bodies = ("care of the families", "pause " * 40, "edge of care")
    reports = [Small(1, bodies, title="Care", year=2016), Small(2, bodies[:1], about="Alder")]
    build(path, reports)
    return path / "MAIN_1.seg"


@on_disk
@given(st.data())
def test_a_byte_that_changed_anywhere_is_found_by_the_check(
    written: Path, tmp_path: Path, data: st.DataObject
) -> None:
    held = bytearray(written.read_bytes())
    place = data.draw(st.integers(0, len(held) - 1))
    held[place] ^= data.draw(st.integers(1, 255))
    (tmp_path / "s.seg").write_bytes(held)
    with pytest.raises(BrokenSegmentError):
        read_through(tmp_path / "s.seg")


def read_through(path: Path) -> None:
    file = SegmentFile(path)
    try:
        file.check()
    finally:
        file.close()


def use(path: Path) -> None:
    """Open a segment and read all of it, as Whoosh would and in both ways of our own."""
    segment = Segment(path)
    try:
        means = Means(segment.passages, segment.reports, dict.fromkeys(TEXT_FIELDS, 3.0), 9.0)
        index = WhooshIndex(path.parent, [Source(segment, frozenset({0}))], means)
        for name, held in segment.fields.items():
            for number in range(held.first, held.end):
                assert all(unit < segment.units(name) for unit in segment.held(name, number).units)
            segment.find(name, b"care")
        for form in ("care", "pause", "famili"):
            asked = Or((Word(form), Phrase(f"{form} of {form}"), Range("year", None, 2016)))
            for arrays in (False, True):
                WhooshMatches(index, plan(asked), arrays=arrays).best(10)
    finally:
        segment.close()


def forged(
    written: Path,
    target: Path,
    *,
    name: str = "",
    data: bytes = b"",
    facts: dict[str, object] | None = None,
) -> None:
    """Write a segment with other bytes in one section or other facts, and checksums that fit."""
    file = SegmentFile(written)
    with target.open("wb") as out:
        writer = SegmentFileWriter(out)
        for section in file.facts["sections"]:
            held = data if section == name else bytes(file.raw(section))
            writer.add(section, [held], width=file.width(section))
        said = {fact: value for fact, value in file.facts.items() if fact != "sections"}
        writer.finish(said | (facts or {}))
    file.close()


@pytest.mark.parametrize(
    "facts",
    [
        {"passages": math.inf}, {"reports": -1}, {"terms": 10**400}, {"blocks": "many"},
        {"fields": {"body": [math.inf, 0, 0]}}, {"fields": 3},
        {"bound_means": {"heading": 10**400, "body": 1}}, {"bound_means": None},
    ],
)  # fmt: skip
def test_a_segment_that_counts_what_cannot_be_is_refused(
    written: Path, tmp_path: Path, facts: dict[str, object]
) -> None:
    forged(written, tmp_path / "s.seg", facts=facts)
    with pytest.raises(BrokenSegmentError):
        Segment(tmp_path / "s.seg")


def test_terms_that_take_the_same_bytes_again_and_again_are_refused(
    written: Path, tmp_path: Path
) -> None:
    file = SegmentFile(written)
    width, data = file.width("term_text_starts"), bytes(file.raw("term_text_starts"))
    file.close()
    whole = data[-width:]
    starts = (bytes(width) + whole) * (len(data) // width)
    forged(written, tmp_path / "s.seg", name="term_text_starts", data=starts[: len(data)])
    segment = Segment(tmp_path / "s.seg")
    with pytest.raises(BrokenSegmentError):
        list(segment.texts(range(len(data) // width - 1)))
    segment.close()


@pytest.mark.parametrize("table", [b"[" * 100_000, b'{"sections": {"keys": [Infinity, 0, 0, 1]}}'])
def test_a_table_that_nothing_can_be_made_of_is_refused(tmp_path: Path, table: bytes) -> None:
    path = tmp_path / "s.seg"
    end = struct.pack("<QII8s", len(MAGIC), len(table), crc32(table), MAGIC)
    path.write_bytes(MAGIC + table + end)
    with pytest.raises(BrokenSegmentError):
        SegmentFile(path)


def test_a_forged_segment_is_refused_or_does_no_harm(written: Path, tmp_path: Path) -> None:
    generator = random.Random(7)  # noqa: S311 not a secret
    file = SegmentFile(written)
    sections = {name: bytes(file.raw(name)) for name in file.facts["sections"]}
    file.close()
    refused = 0
    for name, data in sections.items():
        wild = [data[:-1], b"", data + data, b"\xff" * len(data), bytes(len(data))]
        wild += [generator.randbytes(len(data)) for _ in range(4)]
        for forgery in wild:
            forged(written, tmp_path / "s.seg", name=name, data=forgery)
            try:
                use(tmp_path / "s.seg")
            except (BrokenSegmentError, DamagedIndexError):
                refused += 1
    assert refused > len(sections)


def test_a_forged_segment_is_refused_or_joined_within_the_memory_there_is(
    written: Path, tmp_path: Path
) -> None:
    generator = random.Random(8)  # noqa: S311 not a secret
    file = SegmentFile(written)
    sections = {name: bytes(file.raw(name)) for name in file.facts["sections"]}
    file.close()
    refused = 0
    for name, data in sections.items():
        wild = [b"\xff" * len(data), b"\x7f" * len(data), bytes(len(data))]
        wild += [generator.randbytes(len(data)) for _ in range(6)]
        wild += [_touched(data, generator) for _ in range(12 if data else 0)]
        for forgery in wild:
            forged(written, tmp_path / "s.seg", name=name, data=forgery)
            try:
                join(tmp_path / "s.seg", written)
            except BrokenSegmentError:
                refused += 1
    assert refused > len(sections)


def _touched(data: bytes, generator: random.Random) -> bytes:
    """Return ``data`` with one byte changed."""
    place = generator.randrange(len(data))
    return data[:place] + generator.randbytes(1) + data[place + 1 :]


def join(*paths: Path) -> None:
    """Make one segment of several."""
    segments: list[Segment] = []
    try:
        segments.extend(map(Segment, paths))
        sources = [Source(segment, frozenset()) for segment in segments]
        write_segment(paths[0].parent / "joined", merged(sources))
    finally:
        for segment in segments:
            segment.close()
