from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from searcher.config import Settings
from searcher.document import BlockKind
from searcher.errors import InputError, NothingToReadError
from searcher.evaluate.evaluate import evaluate
from searcher.evaluate.evaluation import Evaluation, evaluation_shape, means
from searcher.evaluate.known_items import read_known_items
from searcher.evaluate.ranker import rank_reports
from searcher.index.snapshot import Snapshot, open_snapshot
from searcher.ingest.ingest import ingest
from tests.unit.results.schemas import problems

NOTES = {
    "caseload": "Social workers carried smaller caseloads after the change.",
    "respite": "Respite care let families rest at the weekend.",
    "schools": "Schools named a lead for every child in care. Caseloads were not asked about.",
}


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    """Give an index of three short records."""
    folder = tmp_path_factory.mktemp("evaluate")
    records = [{"id": name, "title": name, "text": text} for name, text in NOTES.items()]
    (folder / "notes.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    (folder / "corpus").mkdir()
    settings = Settings(corpus=folder / "corpus", index=folder / "index", workers=1)
    ingest([folder / "notes.jsonl"], settings)
    with open_snapshot(folder / "index") as opened:
        yield opened


def judged(folder: Path, snapshot: Snapshot, **options: object) -> Evaluation:
    queries, qrels = folder / "queries.jsonl", folder / "qrels.tsv"
    asked = [("q1", "caseloads NOT (AND"), ("q2", "respite"), ("q3", "schools"), ("q4", "the ?!")]
    queries.write_text(
        "\n".join(json.dumps({"id": name, "text": text}) for name, text in asked), encoding="utf-8"
    )
    qrels.write_text("q1\tcaseload\t2\nq2\trespite\t1\nq3\tschools\t0\nq4\tabsent\t1\n")
    return evaluate(snapshot, queries, qrels, **options)  # type: ignore[arg-type]


def test_only_queries_with_a_relevant_document_count(tmp_path: Path, snapshot: Snapshot) -> None:
    found = judged(tmp_path, snapshot)
    assert (found.queries, found.scored) == (4, 3)
    by_query = {score.id: dict(score.measures) for score in found.per_query}
    assert by_query["q1"]["RR"] == by_query["q2"]["nDCG@10"] == 1
    assert not any(by_query["q4"].values())
    assert dict(found.measures)["RR"] == pytest.approx(2 / 3)
    assert found.notes == ("1 judged document is not in the index: absent",)


def test_an_evaluation_keeps_to_its_schema(tmp_path: Path, snapshot: Snapshot) -> None:
    heard: list[tuple[int, int]] = []
    found = judged(tmp_path, snapshot, progress=lambda *now: heard.append(now))
    assert problems("evaluation", evaluation_shape(found)) == []
    assert heard == [(done, 4) for done in (1, 2, 3, 4)]


def test_the_run_holds_each_report_once_by_its_own_id(tmp_path: Path, snapshot: Snapshot) -> None:
    run = tmp_path / "run"
    assert judged(tmp_path, snapshot, run=run).run == str(run)
    rows = [line.split(" ") for line in run.read_text(encoding="utf-8").splitlines()]
    pairs = [(row[0], row[2]) for row in rows]
    assert len(set(pairs)) == len(pairs)
    assert {("q1", "caseload"), ("q2", "respite"), ("q3", "schools")} <= set(pairs)
    assert {row[2] for row in rows} <= set(NOTES)


def test_the_depth_bounds_the_reports(snapshot: Snapshot) -> None:
    assert len(rank_reports(snapshot, "caseloads", depth=1)) == 1
    everything = rank_reports(snapshot, "caseloads respite schools", depth=1000)
    assert {document for document, _ in everything} == set(NOTES)


def test_judgements_without_a_relevant_document_measure_nothing(
    tmp_path: Path, snapshot: Snapshot
) -> None:
    (tmp_path / "queries").write_text('{"id": "1", "text": "a"}', encoding="utf-8")
    (tmp_path / "qrels").write_text("1\ta\t0\n1\tb\t-1\n", encoding="utf-8")
    with pytest.raises(InputError, match="no query has a relevant document"):
        evaluate(snapshot, tmp_path / "queries", tmp_path / "qrels")


def test_where_nothing_that_is_named_is_in_the_index_nothing_is_measured(
    tmp_path: Path, snapshot: Snapshot
) -> None:
    item = {"query": "respite", "kind": "fact", "relevant": [{"file": "lost.pdf"}]}
    (tmp_path / "items").write_text(json.dumps(item), encoding="utf-8")
    (tmp_path / "queries").write_text('{"id": "1", "text": "respite"}', encoding="utf-8")
    (tmp_path / "qrels").write_text("1\tabsent\t1\n1\taway\t0\n", encoding="utf-8")
    with pytest.raises(NothingToReadError, match="absent, away") as refused:
        evaluate(snapshot, tmp_path / "queries", tmp_path / "qrels")
    assert refused.value.exit_status == 1
    with pytest.raises(NothingToReadError, match=r"lost\.pdf"):
        evaluate(snapshot, tmp_path / "items", None)


def test_a_mean_is_over_the_queries_that_have_the_measure() -> None:
    scores = [(("a", 1.0), ("b", 1.0)), (("a", 0.0),)]
    assert means(scores) == (("a", 0.5), ("b", 1.0))
    assert means([]) == ()


def items_of(snapshot: Snapshot) -> list[dict[str, object]]:
    """Return known items of the bundled reports: a title, a quotation from a paragraph."""
    items: list[dict[str, object]] = []
    library = snapshot.library
    for report in [report for report in library.reports() if report.pages][:4]:
        items.append({"query": report.title, "kind": "title", "relevant": [{"file": report.file}]})
        page, words = next(
            (page.page, text.split()[2:14])
            for page in library.pages(report.id)
            for block, text in page.blocks
            if block.kind is BlockKind.PARAGRAPH and len(text.split()) > 30
        )
        place = {"file": report.file, "page": page}
        items.append({"query": f"“{' '.join(words)}”", "kind": "quote", "relevant": [place]})
    return [*items, {"query": "x", "kind": "lost", "relevant": [{"file": "lost.pdf", "page": 1}]}]


def test_known_items_are_measured_by_kind_file_and_page(
    library_index: Path, tmp_path: Path
) -> None:
    path = tmp_path / "items.jsonl"
    with open_snapshot(library_index) as library:
        text = "\n".join(map(json.dumps, items_of(library)))
        path.write_text(text, encoding="utf-8")
        found = evaluate(library, path, None, run=tmp_path / "run")
    assert problems("evaluation", evaluation_shape(found)) == []
    assert found.queries == found.scored == len(read_known_items(path))
    kinds = {kind.kind: kind for kind in found.kinds}
    assert sorted(kinds) == [kind.kind for kind in found.kinds] == ["lost", "quote", "title"]
    assert dict(kinds["quote"].measures)["s@1"] == 1
    assert dict(kinds["quote"].measures)["p5"] == 1
    assert dict(kinds["title"].measures)["s@5"] == 1
    assert kinds["title"].with_page == 0
    assert not any(value for _, value in kinds["lost"].measures)
    assert found.notes == ("1 relevant file is not in the index: lost.pdf",)


def test_a_known_item_in_quotation_marks_is_exact_and_any_other_is_plain_words(
    tmp_path: Path, snapshot: Snapshot
) -> None:
    wanted = [{"file": report.file} for report in snapshot.library.reports()]
    asked = [
        ("“named a lead for every child”", "anything", 1.0),
        ('"lead a named every child for"', "quote", 0.0),
        ('lead "a named every" child for', "quote", 1.0),
        ("NOT caseloads", "quote", 1.0),
    ]
    path = tmp_path / "items.jsonl"
    lines = [json.dumps({"query": q, "kind": kind, "relevant": wanted}) for q, kind, _ in asked]
    path.write_text("\n".join(lines), encoding="utf-8")
    found = evaluate(snapshot, path, None)
    assert [dict(s.measures)["s@10"] for s in found.per_query] == [hit for *_, hit in asked]
