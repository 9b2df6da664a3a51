"""Every method of the library, on the index of the bundled reports, whole and broken."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from searcher.corpus.vocabulary import read_vocabularies
from searcher.document import FURNITURE, BlockKind, Source, Span
from searcher.errors import DamagedIndexError, SearcherError, UnknownNameError
from searcher.index.library import Library
from searcher.index.library_schema import FILE_NAME
from searcher.index.library_writer import library_writer
from searcher.index.snapshot import open_snapshot
from searcher.vocabulary import ConceptKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.results.report import Report


@pytest.fixture(scope="module")
def library(library_index: Path) -> Iterator[Library]:
    """Return the library of the bundled reports."""
    with open_snapshot(library_index) as snapshot:
        yield snapshot.library


@pytest.fixture(scope="module")
def all_reports(library: Library) -> tuple[Report, ...]:
    """Return its reports."""
    return tuple(library.reports())


@pytest.fixture
def file(library_index: Path, tmp_path: Path) -> Path:
    """Return a copy of the library's file, to break."""
    with open_snapshot(library_index) as snapshot:
        return Path(shutil.copy(snapshot.folder / FILE_NAME, tmp_path / FILE_NAME))


def test_reports_come_by_id_and_each_is_had_by_id_and_key(
    library: Library, all_reports: tuple[Report, ...]
) -> None:
    ids = [report.id for report in all_reports]
    assert ids == sorted(ids)
    assert len(ids) == len(set(ids)) > 10
    assert [library.report(report_id) for report_id in ids] == list(all_reports)
    by_key = library.reports_by_key(range(1000))
    assert sorted(by_key.values(), key=lambda report: report.id) == list(all_reports)
    assert library.reports_by_key([]) == {}


def test_every_list_of_reports_is_of_the_same_reports(
    library: Library, all_reports: tuple[Report, ...]
) -> None:
    stored = library.stored()
    assert [(one.id, one.sha256, one.file) for one in stored] == [
        (report.id, report.sha256, report.file) for report in all_reports
    ]
    assert [one.path for one in stored] == [str(library.path(one.id)) for one in stored]
    assert all(library.path(one.id).is_file() for one in stored)
    publishers = {report.publisher for report in all_reports} - {None}
    assert set(library.publishers()) == publishers


def test_sections_and_pages_tile_the_text(
    library: Library, all_reports: tuple[Report, ...]
) -> None:
    for report in all_reports:
        sections = library.outline(report.id).sections
        pages = list(library.pages(report.id))
        assert len(pages) == max(report.pages, 1)
        end = 0
        for section in sections:
            assert section.span.start == end
            end = section.span.end
        whole = library.text(report.id, Span(0, end))
        assert len(whole) == end
        assert library.text(report.id, Span(end, end + 9)) == ""
        for page in pages:
            assert page.text in whole
            for block, text in page.blocks:
                assert block.span.of(whole) == text


def test_a_page_is_had_by_sheet_and_by_its_first_label(
    library: Library, all_reports: tuple[Report, ...]
) -> None:
    labelled = 0
    for report in all_reports:
        first: dict[str, int] = {}
        for number, page in enumerate(library.pages(report.id), start=1):
            assert library.page(report.id, number) == page
            assert page.page == (number if report.pages else None)
            if page.page_label:
                first.setdefault(page.page_label.casefold(), number)
        for label, number in first.items():
            assert library.sheet(report.id, label.upper()) == number
            labelled += 1
    assert labelled


def test_a_page_shows_its_body_without_furniture(
    library: Library, all_reports: tuple[Report, ...]
) -> None:
    kinds: Counter[BlockKind] = Counter()
    for report in all_reports:
        for page in library.pages(report.id):
            body = [text for block, text in page.blocks if block.kind not in FURNITURE]
            assert all(text in page.text for text in body)
            kinds.update(block.kind for block, _ in page.blocks)
    assert kinds[BlockKind.HEADER] + kinds[BlockKind.PAGE_NUMBER] > 0


def test_passages_are_had_by_key_and_by_span_alike(
    library: Library, all_reports: tuple[Report, ...]
) -> None:
    by_key = library.passages(range(100_000))
    counts = Counter(report_id for report_id, _ in by_key.values())
    assert dict(counts) == library.passage_counts()
    assert counts.keys() == {report.id for report in all_reports if not report.duplicate_of}
    for report_id, ref in by_key.values():
        found = library.passage(report_id, ref.span)
        assert (found.report.id, found.passage) == (report_id, ref)
        assert found.text == library.text(report_id, ref.span)


def test_every_value_of_a_report_has_its_source(
    library: Library, all_reports: tuple[Report, ...]
) -> None:
    seen: set[Source] = set()
    for report in all_reports:
        said = library.attributions(report.id)
        sources = {(one.field, one.source) for one in said}
        assert set(report.sources) == sources
        seen |= {one.source for one in said}
        for one in said:
            if one.source is Source.CLASSIFIED:
                assert one.span is not None
                assert library.text(report.id, one.span)
    assert seen == set(Source)


def test_quarantine_comes_by_file(library: Library) -> None:
    files = [failure.file for failure in library.failures()]
    assert files == sorted(files) != []


def test_the_vocabularies_are_those_of_the_corpus(library: Library, root: Path) -> None:
    wanted = read_vocabularies(root / "corpus" / "vocabulary")
    found = library.vocabularies()
    for kind in ConceptKind:
        assert found.of(kind) == wanted.of(kind)
        assert library.labels(kind) == {one.id: one.label for one in wanted.of(kind).concepts}


def test_what_is_not_there_is_told_with_what_is_near(
    library: Library, all_reports: tuple[Report, ...]
) -> None:
    paged = next(report for report in all_reports if report.pages)
    near = paged.id[:-1]
    for ask in (
        library.report,
        library.path,
        library.outline,
        lambda name: library.page(name, 1),
        lambda name: list(library.pages(name)),
        lambda name: library.text(name, Span(0, 1)),
        lambda name: library.passage(name, Span(0, 1)),
        lambda name: library.sheet(name, "1"),
        library.attributions,
    ):
        with pytest.raises(UnknownNameError) as unknown:
            ask(near)
        assert paged.id in unknown.value.near
    with pytest.raises(UnknownNameError, match="page") as unknown:
        library.page(paged.id, paged.pages + 1)
    assert f"1 to {paged.pages}" in unknown.value.hint
    with pytest.raises(UnknownNameError, match="label"):
        library.sheet(paged.id, "xyz")
    with pytest.raises(UnknownNameError, match="passage"):
        library.passage(paged.id, Span(10**9, 10**9 + 5))


def use(path: Path) -> None:
    """Ask everything of the library at ``path``."""
    with closing(Library(path)) as library:
        for report in library.reports():
            library.outline(report.id)
            list(library.pages(report.id))
            library.attributions(report.id)
            library.text(report.id, Span(0, 10**7))
        for report_id, ref in library.passages(range(1000)).values():
            library.passage(report_id, ref.span)
        library.failures()
        library.vocabularies()
        library.publishers()
        library.stored()


def test_a_missing_file_is_damage(tmp_path: Path) -> None:
    with pytest.raises(DamagedIndexError):
        Library(tmp_path / FILE_NAME)
    assert not (tmp_path / FILE_NAME).exists()


@pytest.mark.parametrize("content", [b"", b"rubbish", b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_file_that_is_no_library_is_damage(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    with pytest.raises(DamagedIndexError):
        use(tmp_path / FILE_NAME)


@pytest.mark.parametrize("share", [0.01, 0.5, 0.9, 0.99])
def test_a_file_that_is_cut_short_is_damage(file: Path, share: float) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(DamagedIndexError):
        use(file)


def test_garbage_anywhere_is_damage_or_does_no_harm(file: Path) -> None:
    content = file.read_bytes()
    generator = random.Random(7)  # noqa: S311 not a secret
    damaged = 0
    for _ in range(12):
        place = generator.randrange(len(content) - 3000)
        garbage = generator.randbytes(3000)
        file.write_bytes(content[:place] + garbage + content[place + 3000 :])
        try:
            use(file)
        except DamagedIndexError:
            damaged += 1
        except SearcherError as odd:
            pytest.fail(f"{type(odd).__name__}: {odd}")
    assert damaged


def test_a_value_that_makes_no_sense_is_damage(file: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute('UPDATE report SET sources = \'[["title", "a dream"]]\'')
    with pytest.raises(DamagedIndexError):
        use(file)


def test_a_build_cannot_go_on_from_a_broken_file(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[:8192] + b"\xff" * (len(content) - 8192))
    with pytest.raises(DamagedIndexError):
        count_in(file)


def count_in(file: Path) -> None:
    with library_writer(file) as writer:
        writer.counts()
