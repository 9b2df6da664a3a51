"""Segments on disk: what is written comes back, whatever is broken is found."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from searcher.errors import DamagedIndexError
from searcher.index.whoosh import WhooshBackend
from searcher.index.whoosh.contents import NOTHING, Means
from searcher.index.whoosh.fields import TEXT_FIELDS
from searcher.index.whoosh.gather import Gathered
from searcher.index.whoosh.kernel.plan import plan
from searcher.index.whoosh.merge import merged
from searcher.index.whoosh.postings import Occurrences, Shapes, order, pack, unpack
from searcher.index.whoosh.retrieve import WhooshIndex, WhooshMatches
from searcher.index.whoosh.segment import Segment, Source
from searcher.index.whoosh.segment_file import BrokenSegmentError, SegmentFile, SegmentFileWriter
from searcher.index.whoosh.segment_writer import write_segment
from searcher.index.whoosh.sorting import contents_of
from searcher.index.whoosh.writer import SegmentsWriter
from searcher.query.tree import Or, Phrase, Range, Word
from tests.contract.small_index import Small

if TYPE_CHECKING:
    from collections.abc import Iterable

WORDS = ("pause", "care", "families", "family", "the", "of", "édge", "10,000", "caring")
texts = st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join)
corpora = st.lists(
    st.tuples(st.lists(texts, max_size=3).map(tuple), texts), min_size=1, max_size=5
).map(lambda found: [Small(n, bodies, title) for n, (bodies, title) in enumerate(found, start=1)])
on_disk = settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
steps = st.integers(1, 3) | st.sampled_from([200, 256, 65_535, 65_536, 1_000_000])


def segment_of(reports: Iterable[Small], path: Path) -> Segment:
    gathered = Gathered()
    for report in reports:
        gathered.add(report.entry(), report.keys())
    write_segment(path, contents_of(gathered))
    return Segment(path)


def chosen_shapes(shapes: Shapes, wanted: list[int]) -> Shapes:
    return Shapes(
        shapes.starts[wanted], shapes.counts[wanted], shapes.blocks[wanted], shapes.widths[wanted]
    )


one_term = st.lists(
    st.tuples(steps, st.lists(steps, min_size=1, max_size=4)), min_size=1, max_size=4
)


@settings(deadline=None)
@given(
    drawn=st.lists(one_term, min_size=1, max_size=6), shuffled=st.randoms(), placed=st.booleans()
)
def test_postings_of_any_size_come_back_from_their_bytes(
    *, drawn: list[list[tuple[int, list[int]]]], shuffled: random.Random, placed: bool
) -> None:
    found = [
        (term, int(unit), int(position))
        for term, postings in enumerate(drawn)
        for unit, (_, apart) in zip(np.cumsum([p[0] for p in postings]), postings, strict=True)
        for position in np.cumsum(apart)
    ]
    terms, units, positions = np.array(found, dtype=np.int64).T
    packed = pack(Occurrences(terms, units, positions if placed else None), len(drawn))
    wanted = sorted(shuffled.sample(range(len(drawn)), shuffled.randint(1, len(drawn))))
    back = unpack(packed.data, chosen_shapes(packed.shapes, wanted))
    chosen = np.isin(terms, wanted)
    assert np.array(wanted)[back.terms].tolist() == terms[chosen].tolist()
    assert back.units.tolist() == units[chosen].tolist()
    assert (back.positions is not None) == placed
    if back.positions is not None:
        assert back.positions.tolist() == positions[chosen].tolist()


def test_occurrences_are_ordered_by_term_and_stay_in_order_within_it() -> None:
    terms, units = np.array([1, 0, 1, 0]), np.array([3, 5, 4, 6])
    found = order(terms, units, np.array([7, 8, 9, 10]))
    assert found.terms.tolist() == [0, 0, 1, 1]
    assert found.units.tolist() == [5, 6, 3, 4]
    assert found.positions is not None
    assert found.positions.tolist() == [8, 10, 7, 9]


@on_disk
@given(corpora)
def test_what_is_spilled_and_joined_is_what_is_gathered_at_once(
    tmp_path_factory: pytest.TempPathFactory, reports: list[Small]
) -> None:
    folders = [tmp_path_factory.mktemp(name) for name in ("whole", "spilled", "often")]
    for folder, memory_mb in zip(folders, (256, 0, 256), strict=True):
        writer = SegmentsWriter(folder, NOTHING, memory_mb=memory_mb)
        for report in reports:
            writer.gather(report.entry(), report.keys())
            if writer.is_full() or folder is folders[-1]:
                writer.spill()
        writer.commit()
        writer.close()
    segments = [[path.read_bytes() for path in folder.glob("*.seg")] for folder in folders]
    assert segments[0] == segments[1] == segments[2]
    assert len(segments[0]) == any(report.bodies for report in reports)


@on_disk
@given(corpora, st.integers(1, 40))
def test_segments_are_joined_alike_however_many_terms_fit_the_memory(
    tmp_path_factory: pytest.TempPathFactory, reports: list[Small], bytes_at_once: int
) -> None:
    folder = tmp_path_factory.mktemp("index")
    parts = [segment_of([report], folder / report.id) for report in reports if report.bodies]
    if not parts:
        return
    sources = [Source(segment, frozenset()) for segment in parts]
    write_segment(folder / "joined", merged(sources, bytes_at_once=bytes_at_once))
    segment_of(reports, folder / "whole").close()
    assert (folder / "joined").read_bytes() == (folder / "whole").read_bytes()
    for segment in parts:
        segment.close()


def test_equal_reports_give_equal_files(tmp_path: Path) -> None:
    reports = [Small(1, ("care of families", "pause")), Small(2, ("care",), title="A title")]
    for name in ("one", "other"):
        with WhooshBackend().writer(tmp_path / name) as writer:
            for report in reports:
                writer.add(report.entry(), report.keys())
    one, other = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
        for name in ("one", "other")
    )
    assert one == other


def test_a_build_that_breaks_off_leaves_no_file_behind(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    folder.mkdir()
    writer = SegmentsWriter(folder, NOTHING, memory_mb=0)
    report = Small(1, ("care",))
    writer.gather(report.entry(), report.keys())
    writer.spill()
    assert list(folder.iterdir())
    writer.close()
    assert not list(folder.iterdir())


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a segment of two reports."""
    path = tmp_path_factory.mktemp("written") / "s.seg"
    bodies = ("care of the families", "pause " * 40, "edge of care")
    reports = [Small(1, bodies, title="Care", year=2016), Small(2, bodies[:1], about="Alder")]
    segment_of(reports, path).close()
    return path


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


def forged(written: Path, target: Path, *, name: str, data: bytes) -> None:
    """Write a segment with other bytes in one section, and checksums that say it is whole."""
    file = SegmentFile(written)
    with target.open("wb") as out:
        writer = SegmentFileWriter(out)
        for section in file.facts["sections"]:
            held = data if section == name else bytes(file.raw(section))
            writer.add(section, [held], width=file.width(section))
        writer.finish({fact: value for fact, value in file.facts.items() if fact != "sections"})
    file.close()


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


SEARCH = """
import sys
from searcher.__main__ import main
status = main(["search", "care", "families", "--index", sys.argv[1]])
sys.exit(status or any(name in sys.modules for name in ("numpy", "whoosh")) * 9)
"""


def test_a_search_loads_neither_numpy_nor_whoosh(library_index: Path) -> None:
    command = [sys.executable, "-c", SEARCH, str(library_index)]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
