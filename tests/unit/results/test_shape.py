from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.config import resolve
from searcher.document import Span
from searcher.errors import NoIndexError, QueryError, Reason, SearcherError
from searcher.failure import Failure
from searcher.results import shape
from searcher.results.answer import Facet, Hit, Results
from searcher.results.report import Outline, PageText, PassageText, Report
from tests.strategies import texts
from tests.unit.results import answers
from tests.unit.results.schemas import problems

quick = settings(max_examples=40, deadline=None)


@quick
@given(answers.results)
def test_results_keep_to_their_schema(results: Results) -> None:
    assert problems("results", shape.results_shape(results)) == []


@quick
@given(answers.hits)
def test_a_hit_keeps_to_its_schema(hit: Hit) -> None:
    assert problems("hit", shape.hit_shape(hit)) == []


@quick
@given(answers.reports)
def test_a_report_keeps_to_its_schema(report: Report) -> None:
    assert problems("report", shape.report_shape(report)) == []


@quick
@given(answers.outlines)
def test_a_document_keeps_to_its_schema_and_holds_the_whole_report(outline: Outline) -> None:
    document = shape.outline_shape(outline)
    assert problems("document", document) == []
    record = shape.report_shape(outline.report)
    own = {name: document[name] for name in ("schema", "sections", "evidence")}
    assert {**record, **own} == document


@quick
@given(answers.pages)
def test_a_page_keeps_to_its_schema(page: PageText) -> None:
    assert problems("page", shape.page_shape(page)) == []


@quick
@given(answers.passage_texts)
def test_a_passage_keeps_to_its_schema(passage: PassageText) -> None:
    assert problems("passage", shape.passage_shape(passage)) == []


@quick
@given(st.lists(answers.facets, max_size=3), st.none() | texts())
def test_facets_keep_to_their_schema(facets: list[Facet], text: str | None) -> None:
    assert problems("facets", shape.facets_shape("theme", facets, text)) == []


@quick
@given(
    st.lists(
        st.builds(
            Failure,
            texts(min_size=1),
            st.none() | answers.hashes,
            st.sampled_from(Reason),
            texts(),
            texts(),
            st.floats(0, 9999),
        ),
        max_size=3,
    )
)
def test_quarantine_keeps_to_its_schema(failures: list[Failure]) -> None:
    assert problems("quarantine", [shape.failure_shape(failure) for failure in failures]) == []


def test_every_setting_keeps_to_its_schema(tmp_path: Path) -> None:
    settings, origins = resolve({"workers": 2, "index": Path("elsewhere")}, start=tmp_path)
    printed = shape.config_shape(origins)
    assert problems("config", printed) == []
    assert {"name": "workers", "value": 2, "origin": "option"} in list(printed["settings"])  # type: ignore[call-overload]
    assert settings.workers == 2


def test_an_error_names_its_type_and_exit_status() -> None:
    cases: list[tuple[SearcherError, int]] = [
        (QueryError('"a', 0, "a quotation mark is open", hint="close it"), 2),
        (NoIndexError("there is no index", hint="searcher ingest"), 3),
    ]
    for error, status in cases:
        printed = shape.error_shape(error)
        assert problems("error", printed) == []
        assert printed["error"] == {
            "type": type(error).__name__,
            "message": error.message,
            "hint": error.hint,
            "exit_status": status,
        }


def test_a_span_is_its_start_and_its_end() -> None:
    assert shape.span_shape(Span(3, 9)) == [3, 9]
