"""What a report is about: which mentions count, how much, and what is shown for them."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.classify import ASSIGN_AT, classify
from searcher.document import BlockKind, Document, Found, Metadata, SectionKind, Source, Span
from searcher.vocabulary import Assignment, ConceptKind
from tests.strategies import documents
from tests.unit.classify.samples import FILLER, VOCABULARIES, ids, report, section

P, H, T = BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.TITLE
FREE_LABELS = [
    (concept.kind, concept.id, label)
    for kind in ConceptKind
    for concept in VOCABULARIES.of(kind).concepts
    for label in concept.labels
    if label not in {"Pause", "PA"}
]
SENTENCES = (
    "Child protection was strong.",
    "Safeguarding came first, and CP conferences were held.",
    "Children on child protection plans fell by 12%.",
    "Care leavers met their PA, a personal adviser.",
    "School attendance rose and persistent absence fell.",
    "Pause is a practice of Opcit.",
    FILLER,
)


@pytest.mark.parametrize(("kind", "concept", "label"), FREE_LABELS)
def test_a_label_in_the_title_is_assigned_with_the_words_of_the_title(
    kind: ConceptKind, concept: str, label: str
) -> None:
    document = report((T, f"A study of {label} in York"), (P, FILLER))
    (found,) = [a for a in classify(document, VOCABULARIES) if a.kind is kind]
    assert (found.concept, found.source) == (concept, Source.CLASSIFIED)
    assert found.span is not None
    assert found.span.of(document.text) == label


@given(documents(), st.sampled_from([T, H, P]))
def test_scores_and_spans_lie_where_they_must(given: Document, kind: BlockKind) -> None:
    blocks = [(kind, "Care leavers: school attendance rose by 5%.")] * 4
    held = [
        (block.kind, block.span.of(given.text)) for page in given.pages for block in page.blocks
    ]
    document = report(*held, *blocks)
    found = classify(document, VOCABULARIES)
    assert "attendance" in ids(found)
    for assignment in found:
        assert ASSIGN_AT <= assignment.score <= 1
        assert assignment.span is not None
        assert assignment.span.of(document.text).strip()
        assert assignment.span.end <= len(document.text)


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=40), st.randoms())
def test_the_order_of_paragraphs_does_not_matter(
    sentences: list[str], order: random.Random
) -> None:
    def found(lines: list[str]) -> dict[tuple[ConceptKind, str], float]:
        assigned = classify(report(*((P, line) for line in lines)), VOCABULARIES)
        return {(a.kind, a.concept): a.score for a in assigned}

    shuffled = order.sample(sentences, len(sentences))
    assert found(shuffled) == found(sentences)


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=30))
def test_a_title_makes_a_concept_surer(sentences: list[str]) -> None:
    heading = (H, "Child protection")
    blocks = [(P, sentence) for sentence in sentences]
    before = classify(report(heading, *blocks), VOCABULARIES)
    after = classify(report((T, "Child protection"), heading, *blocks), VOCABULARIES)
    assert score(after, "child-protection") > score(before, "child-protection")


def score(found: tuple[Assignment, ...], concept: str) -> float:
    return max((a.score for a in found if a.concept == concept), default=0.0)


def test_without_vocabularies_or_without_text_nothing_is_assigned() -> None:
    empty = type(VOCABULARIES)()
    assert classify(report((T, "Child protection")), empty) == ()
    assert classify(report(), VOCABULARIES) == ()


def test_a_mention_in_passing_is_no_theme() -> None:
    assert classify(report((P, f"{FILLER} Child protection. {FILLER}")), VOCABULARIES) == ()


def test_a_theme_that_fills_the_body_needs_no_heading() -> None:
    body = [(P, f"{FILLER} Care leavers were there.")] * 30
    assert ids(classify(report(*body), VOCABULARIES)) == {"care-leavers"}


def test_the_same_mentions_say_less_in_a_longer_report() -> None:
    mentions = [(P, "Care leavers were there.")] * 12
    short = report(*mentions, *[(P, FILLER)] * 50)
    long = report(*mentions, *[(P, FILLER)] * 2000)
    assert "care-leavers" in ids(classify(short, VOCABULARIES))
    assert classify(long, VOCABULARIES) == ()


@pytest.mark.parametrize(
    "kind", [BlockKind.HEADER, BlockKind.FOOTER, BlockKind.TOC, BlockKind.FOOTNOTE]
)
def test_what_is_no_running_text_says_nothing(kind: BlockKind) -> None:
    furniture = [(kind, "Child protection, care leavers, NWD: School attendance up 5%")] * 200
    assert classify(report((P, FILLER), *furniture), VOCABULARIES) == ()


@pytest.mark.parametrize(
    ("heading", "kind"),
    [("References", SectionKind.REFERENCES), ("Contents", SectionKind.OTHER)],
)
def test_lists_of_references_and_contents_say_nothing(heading: str, kind: SectionKind) -> None:
    entries = [(P, "Care leavers: a review of care leavers.")] * 100
    document = report((P, FILLER), (H, heading), *entries)
    listed = section(document, kind, heading)
    assert classify(document, VOCABULARIES, (listed,)) == ()
    assert ids(classify(document, VOCABULARIES)) == {"care-leavers"}


def test_a_summary_says_more_than_the_body() -> None:
    blocks = [(H, "Summary"), *[(P, f"{FILLER} Care leavers.")] * 4]
    document = report(*blocks, (P, FILLER))
    inside = classify(document, VOCABULARIES, (section(document, SectionKind.SUMMARY, "Summary"),))
    outside = classify(document, VOCABULARIES)
    assert score(inside, "care-leavers") > score(outside, "care-leavers")


def test_the_title_page_is_the_title_even_if_its_block_is_not() -> None:
    plain = report((P, "Care leavers in York"), (P, FILLER))
    title = Found("Care leavers in York", Source.TITLE_PAGE, Span(0, 20))
    document = type(plain)(
        plain.text, plain.pages, plain.media_type, plain.reader, Metadata(title=title)
    )
    assert ids(classify(document, VOCABULARIES)) == {"care-leavers"}


def test_the_span_is_the_first_in_the_weightiest_place() -> None:
    body = [(P, f"Care leavers were there. {FILLER}")] * 20
    document = report(*body, (H, "Support for care leavers"), *body)
    (found,) = classify(document, VOCABULARIES)
    assert found.span is not None
    assert found.span.start == document.text.index("Support for care leavers") + len("Support for ")


def test_the_longest_name_of_a_kind_is_meant() -> None:
    document = report((T, "No Wrong Door for care leavers"), (P, FILLER))
    assert ids(classify(document, VOCABULARIES)) == {"no-wrong-door", "care-leavers"}


@pytest.mark.parametrize(
    "written", ["care leaver", "Care leavers’", "CARE-LEAVERS", "care leaver's", "care\nleavers"]
)
def test_number_possessive_case_and_hyphens_make_no_other_word(written: str) -> None:
    assert ids(classify(report((T, f"The {written} of York")), VOCABULARIES)) == {"care-leavers"}


@pytest.mark.parametrize("written", ["cp", "Cp", "sos", "Sos", "nwd"])
def test_an_abbreviation_without_its_capitals_is_another_word(written: str) -> None:
    assert classify(report((T, f"The {written} of York")), VOCABULARIES) == ()


@pytest.mark.parametrize("written", ["CP", "CPs", "SoS", "SOS", "NWD"])
def test_an_abbreviation_with_its_capitals_is_found(written: str) -> None:
    assert len(classify(report((T, f"The {written} of York")), VOCABULARIES)) == 1


def test_capitals_prove_nothing_in_a_line_of_capitals() -> None:
    assert classify(report((T, "THE CP OF YORK")), VOCABULARIES) == ()


def test_a_word_broken_by_a_block_is_two_words() -> None:
    assert classify(report((T, "Care"), (T, "leavers")), VOCABULARIES) == ()
