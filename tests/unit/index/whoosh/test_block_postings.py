"""Postings by blocks: what is read of every term is what a plain dictionary says."""

from __future__ import annotations

import random
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from searcher.analysis.tokens import forms, is_stop, stem
from searcher.index.whoosh.block_postings import Blocks, pack_blocks, unpack_blocks
from searcher.index.whoosh.bm25f import WEIGHTS
from searcher.index.whoosh.bounds import BOUNDS
from searcher.index.whoosh.fields import BLOCK, EXACT, PASSAGE_TEXTS, TEXT_FIELDS
from searcher.index.whoosh.gather import Gathered
from searcher.index.whoosh.merge import merged
from searcher.index.whoosh.postings import Occurrences
from searcher.index.whoosh.records import Shape, block_postings, unrolled
from searcher.index.whoosh.segment import Segment, Source
from searcher.index.whoosh.segment_writer import write_segment
from searcher.index.whoosh.sorting import contents_of
from searcher.index.whoosh.stem_places import StemPlaces
from tests.contract.small_index import Small, whoosh_length

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

Positions = dict[int, list[int]]
WORDS = ("pause", "care", "cares", "families", "the", "of", "édge", "10,000", "3rd", "caring")
texts = st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join)
shapes = st.tuples(st.lists(texts, min_size=1, max_size=3), st.sampled_from([1, 1, 90, 300]), texts)
corpora = st.lists(shapes, min_size=1, max_size=4).map(
    lambda found: [
        Small(key, tuple(bodies * times), title, heading=title)
        for key, (bodies, times, title) in enumerate(found, start=1)
    ]
)
on_disk = settings(
    max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


def written(reports: Iterable[Small], path: Path, *, at_once: int = 1_000_000) -> Segment:
    gathered = Gathered()
    for report in reports:
        gathered.add(report.entry(), report.keys())
    write_segment(path, contents_of(gathered, at_once=at_once))
    return Segment(path)


def units_of(reports: Sequence[Small], field: str) -> list[str]:
    """Return the text of each unit of ``field``, in order."""
    if field == "body":
        return [body for report in reports for body in report.bodies]
    if field == "heading":
        return [report.heading for report in reports for _ in report.bodies]
    return [getattr(report, field) for report in reports if report.bodies]


def dictionary(units: Iterable[str]) -> dict[bytes, Positions]:
    """Return of every term the units that hold it, with the positions."""
    found: dict[bytes, Positions] = {}
    for unit, text in enumerate(units):
        for position, form in enumerate(forms(text)):
            for term in (EXACT + form, *(() if is_stop(form) else (stem(form),))):
                found.setdefault(term.encode(), {}).setdefault(unit, []).append(position)
    return found


def read(segment: Segment, field: str) -> dict[bytes, Positions]:
    """Return what the segment says of every term of ``field``."""
    found, places = {}, StemPlaces(segment)
    held = segment.fields[field]
    for number in range(held.first, held.end):
        postings = places.placed(field, number)
        positions = list(postings.positions(range(len(postings.units))))
        assert [len(here) for here in positions] == list(postings.frequencies)
        found[segment.text(number)] = dict(zip(postings.units, positions, strict=True))
    return found


def numbers_by_text(segment: Segment, field: str) -> dict[bytes, int]:
    held = segment.fields[field]
    return {segment.text(number): number for number in range(held.first, held.end)}


@on_disk
@given(corpora, st.sampled_from([1, 7, 1_000_000]))
def test_every_term_is_read_as_a_dictionary_has_it(
    tmp_path_factory: pytest.TempPathFactory, reports: list[Small], at_once: int
) -> None:
    segment = written(reports, tmp_path_factory.mktemp("index") / "s.seg", at_once=at_once)
    for field in TEXT_FIELDS:
        assert read(segment, field) == dictionary(units_of(reports, field)), field
    segment.close()


def test_terms_of_every_frequency_and_place_are_read_as_a_dictionary_has_them(
    tmp_path: Path,
) -> None:
    generator = random.Random(4)  # noqa: S311 not a secret
    bodies = [
        " ".join(generator.choices(("care", "rare", "often", "the"), (30, 1, 300, 9), k=length))
        for length in [5, 40, 700, 3, 80_000, 2] * 45
        if length < 80_000 or generator.random() < 0.05
    ]
    reports = [Small(1, tuple(bodies[:150])), Small(2, tuple(bodies[150:]))]
    segment = written(reports, tmp_path / "s.seg")
    assert read(segment, "body") == dictionary(units_of(reports, "body"))
    numbers = numbers_by_text(segment, "body")
    codes = {segment.block_postings(number).frequency_code for number in numbers.values()}
    assert codes >= {2, 3, 4}
    segment.close()


@on_disk
@given(corpora, st.data())
def test_what_is_joined_without_the_removed_reads_as_what_is_left(
    tmp_path_factory: pytest.TempPathFactory, reports: list[Small], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("index")
    cut = data.draw(st.integers(0, len(reports)))
    halves = [half for half in (reports[:cut], reports[cut:]) if half]
    gone = [data.draw(st.sets(st.integers(0, len(half) - 1))) for half in halves]
    sources = [
        Source(written(half, folder / f"{n}.seg"), frozenset(removed))
        for n, (half, removed) in enumerate(zip(halves, gone, strict=True))
    ]
    left = [
        report
        for half, removed in zip(halves, gone, strict=True)
        for place, report in enumerate(half)
        if place not in removed
    ]
    write_segment(
        folder / "joined.seg", merged(sources, bytes_at_once=data.draw(st.integers(1, 99)))
    )
    joined = Segment(folder / "joined.seg")
    assert [joined.report_text(n) for n in range(joined.reports)] == [
        (report.id, report.title, report.id) for report in left
    ]
    for field in TEXT_FIELDS:
        assert read(joined, field) == dictionary(units_of(left, field)), field
    for segment in (joined, *(source.segment for source in sources)):
        segment.close()


@on_disk
@given(corpora)
def test_a_bound_is_above_all_it_bounds_by_three_in_a_hundred_at_most(
    tmp_path_factory: pytest.TempPathFactory, reports: list[Small]
) -> None:
    segment = written(reports, tmp_path_factory.mktemp("index") / "s.seg")
    for field in PASSAGE_TEXTS:
        lengths = [
            whoosh_length(sum(1 if is_stop(form) else 2 for form in forms(text)))
            for text in units_of(reports, field)
        ]
        mean = sum(lengths) / len(lengths) or 1.0
        assert segment.bound_means[field] == pytest.approx(mean)
        weight, b = WEIGHTS[field].weight, WEIGHTS[field].b
        for number in numbers_by_text(segment, field).values():
            postings = segment.held(field, number)
            values = {
                unit: weight * often / (1 - b + b * lengths[unit] / mean)
                for unit, often in zip(postings.units, postings.frequencies, strict=True)
            }
            for block, bound in bounds(segment, number).items():
                first, end = segment.block_firsts[block : block + 2]
                best = max(value for unit, value in values.items() if first <= unit < end)
                assert best <= BOUNDS[bound] <= max(best * 1.03001, BOUNDS[0])
    segment.close()


def bounds(segment: Segment, number: int) -> dict[int, int]:
    """Return the byte of the bound of each block that holds a term."""
    found = segment.block_postings(number)
    blocks = np.cumsum(found.block_numbers()).tolist()
    return dict(zip(blocks, found.bounds, strict=True))


@on_disk
@given(corpora)
def test_a_stem_of_one_form_is_kept_as_that_form_and_that_of_several_without_places(
    tmp_path_factory: pytest.TempPathFactory, reports: list[Small]
) -> None:
    segment = written(reports, tmp_path_factory.mktemp("index") / "s.seg")
    starts = segment.tables()[0]
    for field in TEXT_FIELDS:
        numbers = numbers_by_text(segment, field)
        kept: dict[bytes, list[int]] = {}
        for text, number in numbers.items():
            form = text.decode()
            if form.startswith(EXACT) and not is_stop(form[1:]):
                kept.setdefault(stem(form[1:]).encode(), []).append(starts[number])
        assert kept.keys() == {text for text in numbers if not text.startswith(b"=")}
        for stemmed, records in kept.items():
            assert (starts[numbers[stemmed]] in records) == (len(records) == 1)
            places = segment.held(field, numbers[stemmed]).places
            assert bool(len(places)) == (len(records) == 1)
    segment.close()


def test_blocks_are_runs_of_the_passages_of_one_report(tmp_path: Path) -> None:
    sizes = [1, BLOCK, BLOCK + 1, 3, 2 * BLOCK]
    reports = [Small(key, ("care",) * size) for key, size in enumerate(sizes, start=1)]
    segment = written(reports, tmp_path / "s.seg")
    lengths = [end - first for first, end in pairwise(segment.block_firsts)]
    assert lengths == [1, BLOCK, BLOCK, 1, 3, BLOCK, BLOCK]
    assert list(segment.block_reports) == [0, 1, 2, 2, 3, 4, 4]
    segment.close()


def test_a_hit_is_printed_from_columns(tmp_path: Path) -> None:
    reports = [Small(1, ("care", "of care"), title="Édge \udc80"), Small(2, ("pause",))]
    segment = written(reports, tmp_path / "s.seg")
    assert [segment.report_text(n) for n in (0, 1)] == [
        ("r1", "Édge \udc80", "r1"),
        ("r2", "", "r2"),
    ]
    assert list(segment.span_starts) == [0, 4, 0]
    assert list(segment.span_lengths) == [4, 7, 5]
    assert list(segment.last_pages) == [0, 0, 0]
    segment.close()


@settings(deadline=None)
@given(
    st.lists(
        st.dictionaries(
            st.integers(0, 2_000) | st.integers(0, 70_000),
            st.lists(st.integers(1, 3) | st.sampled_from([300, 70_000]), min_size=1, max_size=40),
            min_size=1,
            max_size=12,
        ),
        min_size=1,
        max_size=5,
    ),
    st.integers(1, BLOCK),
)
def test_records_of_any_size_come_back_from_their_bytes(
    drawn: list[dict[int, list[int]]], block: int
) -> None:
    found = np.array(
        [
            (term, unit, position)
            for term, postings in enumerate(drawn)
            for unit, apart in sorted(postings.items())
            for position in np.cumsum(apart)
        ],
        dtype=np.int64,
    ).T
    firsts = np.arange(0, 70_001 + block, block)
    of = np.repeat(np.arange(len(firsts) - 1), block)
    blocks = Blocks(of, firsts, np.ones(len(of)))
    packed = pack_blocks(Occurrences(*found), len(drawn), blocks)
    back = unpack_blocks(packed.data, packed.shapes, firsts)
    assert back.positions is not None
    assert np.array_equal(found, np.stack((back.terms, back.units, back.positions)))
    kept = packed.shapes
    for term, postings in enumerate(drawn):
        numbers = (kept.starts, kept.counts, kept.blocks, kept.widths)
        shape = Shape(*(int(of[term]) for of in numbers))
        alone = unrolled(block_postings(memoryview(packed.data.tobytes()), shape), firsts.tolist())
        assert alone.units == sorted(postings)
        assert [*alone.positions(range(len(postings)))] == [
            np.cumsum(apart).tolist() for _, apart in sorted(postings.items())
        ]
