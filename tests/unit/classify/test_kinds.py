"""What each kind of concept takes before a report is about it, and ambiguous tokens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.classify import classify
from searcher.classify.measured import measures
from searcher.document import BlockKind, SectionKind
from searcher.vocabulary import ConceptKind
from tests.unit.classify.samples import FILLER, VOCABULARIES, ids, report, section

P, H, T = BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.TITLE


@given(st.sampled_from([T, H, P]), st.integers(1, 60))
def test_a_trap_without_its_evidence_is_never_assigned(kind: BlockKind, times: int) -> None:
    blocks = [(kind, "The PA was there. Pause went on.")] * times
    assert classify(report(*blocks, (P, FILLER)), VOCABULARIES) == ()


def test_evidence_anywhere_in_the_report_lets_a_trap_be_believed() -> None:
    document = report((T, "A PA for everyone"), (P, FILLER), (P, "Every personal adviser came."))
    (found,) = classify(document, VOCABULARIES)
    assert found.concept == "care-leavers"
    assert found.span is not None
    assert found.span.of(document.text) == "PA"


def test_evidence_in_a_list_of_references_is_none() -> None:
    document = report((T, "A PA for everyone"), (H, "References"), (P, "A personal adviser."))
    references = section(document, SectionKind.REFERENCES, "References")
    assert classify(document, VOCABULARIES, (references,)) == ()


def test_the_reading_with_more_evidence_wins() -> None:
    title = (T, "A PA for everyone")
    ours, theirs = (P, "A personal adviser came."), (P, "A personal assistant came.")
    assert ids(classify(report(title, ours, ours, theirs), VOCABULARIES)) == {"care-leavers"}
    assert classify(report(title, ours, theirs, theirs), VOCABULARIES) == ()


def test_a_token_that_is_spelled_out_means_just_that() -> None:
    title = (T, "A PA for everyone")
    ours = [(P, "The personal adviser came.")] * 3
    other = (P, "Each has a personal assistant (PA).")
    own = (P, "Each has a personal adviser (PA).")
    assert classify(report(title, *ours, other), VOCABULARIES) == ()
    assert "care-leavers" in ids(classify(report(title, own), VOCABULARIES))


def test_a_name_that_is_a_common_word_needs_its_capital() -> None:
    evidence = (P, "Opcit evaluated it.")
    assert classify(report((T, "A pause for thought"), evidence), VOCABULARIES) == ()
    assert ids(classify(report((T, "A Pause for York"), evidence), VOCABULARIES)) == {"pause-r1"}


def test_a_reports_title_that_holds_an_ambiguous_name_stays_ambiguous() -> None:
    title = (T, "Evaluation of Pause")
    assert classify(report(title, (P, FILLER)), VOCABULARIES) == ()
    assert ids(classify(report(title, (P, "By Opcit.")), VOCABULARIES)) == {"pause-r1"}


def test_a_report_that_names_another_project_is_not_about_it() -> None:
    naming = [(P, f"{FILLER} No Wrong Door is another project.")] * 3
    named = report((H, "Other projects, such as No Wrong Door"), *naming, *[(P, FILLER)] * 100)
    assert classify(named, VOCABULARIES) == ()


def test_a_report_with_a_project_in_headings_and_throughout_is_about_it() -> None:
    part = [(H, "How No Wrong Door works"), *[(P, f"{FILLER} No Wrong Door helped.")] * 10]
    assert ids(classify(report(*part * 3), VOCABULARIES)) == {"no-wrong-door"}


def test_an_outcome_that_is_only_talked_about_is_not_reported() -> None:
    talk = [(P, f"They talked about school attendance. {FILLER}")] * 100
    assert classify(report(*talk), VOCABULARIES) == ()


def test_two_results_report_an_outcome_however_long_the_report() -> None:
    results = [(P, "School attendance rose by 5%."), (P, "Later, school attendance fell.")]
    document = report(*results, *[(P, FILLER)] * 2000)
    assert ids(classify(document, VOCABULARIES)) == {"attendance"}


def test_one_result_in_the_summary_reports_an_outcome_and_in_the_body_does_not() -> None:
    document = report((H, "Summary"), (P, "School attendance rose by 5%."))
    summary = section(document, SectionKind.SUMMARY, "Summary")
    assert ids(classify(document, VOCABULARIES, (summary,))) == {"attendance"}
    assert classify(document, VOCABULARIES) == ()


def test_the_opposite_of_an_outcome_reports_the_outcome() -> None:
    document = report((P, "Truancy fell."), (P, "Persistent absence was lower."))
    assert ids(classify(document, VOCABULARIES)) == {"attendance"}


def test_a_design_is_looked_for_where_the_method_stands() -> None:
    trial = [(P, f"{FILLER} It was a randomised controlled trial.")] * 12
    document = report(*[(P, FILLER)] * 600, (H, "Method"), *trial)
    method = section(document, SectionKind.METHOD, "Method")
    assert ids(classify(document, VOCABULARIES, (method,))) == {"rct"}
    assert classify(document, VOCABULARIES) == ()


def test_assignments_stand_by_kind_then_surest_first() -> None:
    title = (T, "No Wrong Door: child protection and School attendance")
    document = report(title, (H, "Care leavers"), *[(P, f"{FILLER} Care leavers.")] * 20)
    found = classify(document, VOCABULARIES)
    kinds = list(ConceptKind)
    assert [a.concept for a in found] == [
        "no-wrong-door",
        "child-protection",
        "care-leavers",
        "attendance",
    ]
    assert list(found) == sorted(found, key=lambda a: (kinds.index(a.kind), -a.score, a.concept))


@pytest.mark.parametrize(
    "sentence", ["It fell.", "12 of them", "They improved a lot", "fewer than before", "the rates"]
)
def test_a_figure_a_change_or_a_comparison_measures(sentence: str) -> None:
    assert measures(sentence)


@pytest.mark.parametrize("sentence", ["", "They talked about it.", FILLER])
def test_talk_does_not_measure(sentence: str) -> None:
    assert not measures(sentence)
