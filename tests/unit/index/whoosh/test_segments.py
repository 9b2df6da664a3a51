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

from searcher.index.whoosh import WhooshBackend
from searcher.index.whoosh.contents import NOTHING
from searcher.index.whoosh.gather import Gathered
from searcher.index.whoosh.merge import merged
from searcher.index.whoosh.postings import Occurrences, Shapes, order, pack, unpack
from searcher.index.whoosh.segment import Segment, Source
from searcher.index.whoosh.segment_writer import write_segment
from searcher.index.whoosh.sorting import contents_of
from searcher.index.whoosh.writer import SegmentsWriter
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


SEARCH = """
import sys
from searcher.__main__ import main
status = main(["search", "care", "families", "--index", sys.argv[1]])
sys.exit(status or any(name in sys.modules for name in ("numpy", "whoosh")) * 9)
"""


def test_a_search_loads_neither_numpy_nor_whoosh(library_index: Path) -> None:
    command = [sys.executable, "-c", SEARCH, str(library_index)]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
