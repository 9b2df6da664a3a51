"""A second ingest reads what changed, describes anew what is told otherwise, keeps the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from searcher.document import Source
from searcher.errors import NothingToReadError
from searcher.index.generations import BUILDING, folder_of
from searcher.index.library_schema import FILE_NAME as LIBRARY
from searcher.index.snapshot import POSTINGS
from tests.unit.ingest.bench import Bench

if TYPE_CHECKING:
    from pathlib import Path


def test_every_kind_of_report_is_read_and_found(mixed: Bench) -> None:
    assert mixed.reports().keys() == {
        "a.txt", "b.md", "sub/c.html", "d.jsonl:r1", "d.jsonl:r2", "e.pdf",
    }  # fmt: skip
    assert mixed.found("millbridge") == ["a.txt"]
    assert mixed.found("heading:findings") == ["b.md"]
    assert set(mixed.found("oakmere")) == {"e.pdf", "sub/c.html"}
    assert mixed.found("report:r1 westmere") == ["d.jsonl"]


def test_where_nothing_changed_nothing_is_read_or_published(mixed: Bench) -> None:
    before, generations = mixed.live(), mixed.generations()
    done = mixed.ingest()
    assert (done.published, done.read, done.unchanged, done.added) == (False, 0, 6, 0)
    assert (done.generation, mixed.live(), mixed.generations()) == (before, before, generations)
    assert not (mixed.index / BUILDING).exists()


def test_of_one_changed_file_only_that_is_read(mixed: Bench) -> None:
    mixed.put("a.txt", "Carers left sooner in Tarnfield.")
    done = mixed.ingest()
    assert (done.published, done.read, done.unchanged) == (True, 1, 5)
    assert mixed.found("tarnfield") == ["a.txt"]
    assert mixed.found("millbridge") == []


def test_of_one_changed_record_only_that_is_read(mixed: Bench) -> None:
    mixed.put_records(
        "d.jsonl", {"id": "r1", "text": "Visits in Westmere."}, {"id": "r3", "text": "z"}
    )
    done = mixed.ingest()
    assert (done.read, done.added, done.removed) == (1, 1, 1)
    assert {"d.jsonl:r1", "d.jsonl:r3"} <= mixed.reports().keys()


def test_a_removed_file_leaves_and_nothing_is_read(mixed: Bench) -> None:
    (mixed.corpus / "a.txt").unlink()
    done = mixed.ingest()
    assert (done.published, done.read, done.removed) == (True, 0, 1)
    assert "a.txt" not in mixed.reports()
    assert mixed.found("millbridge") == []


def test_a_renamed_file_keeps_its_id_and_is_not_read(mixed: Bench) -> None:
    before = mixed.reports()["a.txt"].id
    (mixed.corpus / "a.txt").rename(mixed.corpus / "z.txt")
    done = mixed.ingest()
    assert (done.read, done.renamed, done.added, done.removed) == (0, 1, 0, 0)
    assert mixed.reports()["z.txt"].id == before
    assert mixed.found("millbridge") == ["z.txt"]
    mixed.rebuild()
    assert mixed.reports()["z.txt"].id == before


def test_an_emptied_folder_is_an_empty_index(mixed: Bench) -> None:
    for path in mixed.corpus.rglob("*.*"):
        path.unlink()
    done = mixed.ingest()
    assert (done.published, done.reports, done.removed) == (True, 0, 6)
    assert mixed.found("millbridge") == []
    assert mixed.ingest().published is False


def test_a_catalogue_edit_describes_anew_without_reading(mixed: Bench) -> None:
    mixed.put_catalogue("mill,a.txt,The Millbridge carers,Ann Other|Bea Other,,2017,,,,,,")
    done = mixed.ingest()
    assert (done.published, done.read) == (True, 0)
    report = mixed.reports()["a.txt"]
    assert (report.id, report.title, report.year) == ("mill", "The Millbridge carers", 2017)
    assert report.authors == ("Ann Other", "Bea Other")
    assert dict(report.sources)["title"] is dict(report.sources)["year"] is Source.HUMAN
    assert mixed.found("title:carers year:2017") == ["a.txt"]
    assert mixed.ingest().published is False
    mixed.put_catalogue()
    mixed.ingest()
    assert mixed.reports()["a.txt"].year is None


def test_a_vocabulary_edit_describes_anew_without_reading(mixed: Bench) -> None:
    mixed.put_themes("caseload,Caseloads,,,,ours,sourced")
    mixed.put_catalogue(",b.md,,,,,,Caseloads,,,,")
    done = mixed.ingest()
    assert (done.published, done.read) == (True, 0)
    assert mixed.reports()["b.md"].themes == ("caseload",)
    mixed.put_themes("caseload,Caseloads,case load,,,ours,sourced")
    done = mixed.ingest()
    assert (done.published, done.read) == (True, 0)
    assert mixed.found('theme:"case load"') == ["b.md"]


def test_what_people_wrote_wins_and_the_rest_stays_found(bench: Bench, reports: Path) -> None:
    bench.put("e.pdf", reports / "pause-westmere.pdf")
    bench.ingest()
    found = bench.reports()["e.pdf"]
    bench.put_catalogue(",e.pdf,Another title,,,1999,,,,,,a note")
    bench.ingest()
    said = bench.reports()["e.pdf"]
    assert (said.title, said.year, said.notes) == ("Another title", 1999, "a note")
    assert (said.publisher, said.authors, said.id) == (found.publisher, found.authors, found.id)
    sources = dict(said.sources)
    assert {sources["title"], sources["year"]} == {Source.HUMAN}
    assert all(source is not Source.HUMAN for source in dict(found.sources).values())


def test_another_folder_comes_beside_the_first(mixed: Bench, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "a.txt").write_text("Elsewhere in Dunmere.")
    done = mixed.ingest(other)
    assert (done.added, done.removed, done.read) == (1, 0, 1)
    assert len(mixed.reports()) == 7
    assert mixed.found("millbridge") == mixed.found("dunmere") == ["a.txt"]
    assert mixed.ingest().published is False
    (other / "a.txt").unlink()
    assert mixed.ingest(other).removed == 1
    assert mixed.found("dunmere") == []


def test_a_single_file_of_an_ingested_folder_is_read_again_alone(mixed: Bench) -> None:
    mixed.put("a.txt", "Carers in Ashcombe.")
    mixed.put("b.md", "Not asked for.")
    done = mixed.ingest(mixed.corpus / "a.txt")
    assert (done.read, done.reports) == (1, 6)
    assert mixed.found("ashcombe") == ["a.txt"]
    assert mixed.found("harrowdale") == ["b.md"]


def test_equal_input_in_another_place_and_order_has_an_equal_fingerprint(
    tmp_path: Path, reports: Path
) -> None:
    texts = {"a.txt": "Carers.", "b/c.md": "# Caseloads\n\nThey fell.", "bad.pdf": "rubbish"}
    first, second, third = (Bench.at(tmp_path / name) for name in ("one", "two", "three"))
    for bench, order in ((first, 1), (second, -1), (third, 1)):
        bench.put_catalogue("car,a.txt,Carers,,,2017,,,,,,")
        for file, text in list(texts.items())[::order]:
            bench.put(file, text)
        bench.put("e.pdf", reports / "safe-families-oakmere-summary.pdf")
    once = [first.ingest(), second.ingest()]
    for file in ("a.txt", "b", "bad.pdf", "e.pdf"):
        last = third.ingest(third.corpus / file)
    assert once[0].fingerprint == once[1].fingerprint
    assert once[0].fingerprint == first.rebuild().fingerprint
    assert last.reports == once[0].reports == 3
    second.put("a.txt", "Carers!")
    assert second.ingest().fingerprint != once[0].fingerprint


def test_a_generation_is_never_changed_by_the_next(mixed: Bench) -> None:
    def content() -> dict[str, bytes]:
        folder = folder_of(mixed.index, first)
        return {
            str(path.relative_to(folder)): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
        }

    first = mixed.live()
    before = content()
    mixed.put("a.txt", "Otherwise.")
    mixed.put_catalogue(",b.md,Other,,,,,,,,,")
    mixed.ingest()
    (mixed.corpus / "e.pdf").unlink()
    mixed.ingest()
    assert content() == before


def test_only_so_many_generations_are_kept(bench: Bench) -> None:
    bench = bench.limited(generations=2)
    for number in range(5):
        bench.put("a.txt", f"Version {number}.")
        bench.ingest()
    assert len(bench.generations()) == 2
    assert bench.generations()[-1] == bench.live()


def test_an_empty_folder_is_nothing_to_read(bench: Bench, tmp_path: Path) -> None:
    bench.put("notes.docx", "no report")
    with pytest.raises(NothingToReadError, match="holds no report"):
        bench.ingest()
    with pytest.raises(NothingToReadError, match="not there"):
        bench.ingest(tmp_path / "gone")
    assert not bench.index.exists()


def test_a_rebuild_reads_no_report(mixed: Bench) -> None:
    before, found = mixed.reports(), mixed.search("caseloads families")
    for path in mixed.corpus.rglob("*.*"):
        path.unlink()
    done = mixed.rebuild()
    assert (done.published, done.read, done.reports) == (True, 0, 6)
    assert mixed.reports() == before
    assert mixed.search("caseloads families").hits == found.hits


@pytest.mark.parametrize("part", [LIBRARY, POSTINGS, "manifest.json"])
def test_a_rebuild_mends_a_broken_part_and_keeps_every_id(mixed: Bench, part: str) -> None:
    (mixed.corpus / "a.txt").rename(mixed.corpus / "z.txt")
    mixed.ingest()
    before = mixed.reports()
    broken = folder_of(mixed.index, mixed.live()) / part
    for path in broken.iterdir() if broken.is_dir() else [broken]:
        path.write_bytes(path.read_bytes()[:100])
    done = mixed.rebuild()
    assert (done.read, done.reports) == (0, 6)
    assert mixed.reports() == before
    assert mixed.found("millbridge") == ["z.txt"]


@pytest.mark.parametrize("part", [LIBRARY, POSTINGS, "manifest.json"])
def test_an_ingest_over_a_broken_generation_mends_it_too(mixed: Bench, part: str) -> None:
    (mixed.corpus / "a.txt").rename(mixed.corpus / "z.txt")
    mixed.ingest()
    before = mixed.reports()
    broken = folder_of(mixed.index, mixed.live()) / part
    for path in broken.iterdir() if broken.is_dir() else [broken]:
        path.write_bytes(path.read_bytes()[:100])
    done = mixed.ingest()
    assert (done.read, done.published) == (0, True)
    assert mixed.reports() == before


def test_what_is_not_in_the_cache_any_more_is_read_again(mixed: Bench) -> None:
    for path in (mixed.index / "extracted").rglob("*.gz"):
        path.write_bytes(path.read_bytes()[:20])
    assert mixed.rebuild().read == 6
    assert mixed.found("millbridge") == ["a.txt"]
