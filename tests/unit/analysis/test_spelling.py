from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from searcher.analysis.spelling import one_spelling
from searcher.analysis.tokens import forms, stem


def stems(words: str) -> set[str]:
    return {stem(form) for form in forms(words)}


@pytest.mark.parametrize(
    "words",
    [
        "programme programs programme's Programmes program",
        "centre center centres Centers",
        "organisation organizations",
        "organise organized organises organizing",
        "organiser organizers",
        "prioritising prioritizes prioritise",
        "hospitalised hospitalized",
        "randomisation randomization",
        "analyse analyzed analysing analyzes",
        "behaviour behaviors",
        "behavioural behavioral",
        "unfavourable unfavorable",
        "labour labor",
        "neighbourhood neighborhoods",
        "licence licenses licensed",
        "offence offenses",
        "practise practices",
        "judgement judgments",
        "enrolment enrollments",
        "fulfil fulfills fulfilled",
        "counsellor counselors",
        "adviser advisors",
        "enquiry inquiries",
        "paediatric pediatrics",
        "paediatrician pediatricians",
        "catalogue catalogs cataloguing",
        "analogue analog",
        "revise revised revising revision",
        "supervise supervision supervised",
        "promise promises promised promising",
    ],
)
def test_spellings_of_one_word_have_one_stem(words: str) -> None:
    assert len(stems(words)) == 1


@pytest.mark.parametrize(
    "words",
    ["four for", "our or", "rising rizing", "prise prize", "hour hor", "precise precize"],
)
def test_other_words_stay_apart(words: str) -> None:
    assert len(stems(words)) == 2


@pytest.mark.parametrize("word", ["tour", "source", "course", "noise", "wise", "size", "michael"])
def test_a_word_without_a_variant_stays_as_it_is(word: str) -> None:
    assert one_spelling(word) == word


@given(st.text(alphabet="aeiourscvyzpdlnt", max_size=14))
@example("paedisise")
def test_the_spelling_chosen_is_its_own(word: str) -> None:
    assert one_spelling(one_spelling(word)) == one_spelling(word)
