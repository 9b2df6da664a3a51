from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from searcher.analysis.tokens import STOP_WORDS, WORD, exact_form, forms, is_stop, stem, tokens


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Edge of care", ["edge", "of", "care"]),
        ("children's children’s", ["children's", "children's"]),
        ("10,000 families in 1.2m homes", ["10000", "families", "in", "1.2m", "homes"]),
        ("No. 3, the 3rd", ["no", "3", "the", "3rd"]),
        ("re-referrals; co-production", ["re", "referrals", "co", "production"]),
        ("CAFÉ Café cafe\u0301", ["cafe", "cafe", "cafe"]),
        ("caseloads² fell¹⁰ by 5 m²", ["caseloads", "fell", "by", "5", "m"]),
        ("2½ years ①", ["2", "years"]),
        ("Straße ﬁnding", ["strasse", "finding"]),
        ("ℌello ＡＢＣ", ["hello", "abc"]),
        ("U.S. and U.S.C., e.g. E.D.N.Y", ["US", "and", "usc", "eg", "edny"]),
        ("J.P. Morgan at 9 a.m.", ["jp", "morgan", "at", "9", "am"]),
        ("Plan A. B is 1.2.3", ["plan", "a", "b", "is", "1.2.3"]),
        ("A&E, B&B; R & D", ["a&e", "b&b", "r", "d"]),
        ("it IT us US who WHO Who", ["it", "IT", "us", "US", "who", "WHO", "who"]),
        ("and/or 18/19 2017-18 50% £1.2m", ["and", "or", "18", "19", "2017", "18", "50", "1.2m"]),
        ("well-being Wellbeing WELL‑BEING", ["wellbeing"] * 3),
        (
            "co-operate co-ordinator's on-line e-mails",
            "cooperate coordinator's online emails".split(),
        ),
        (
            "multi-agency farewell-being co-author well-known",
            "multi agency farewell being co author well known".split(),
        ),
        ("LAC PA CiN", ["lac", "pa", "cin"]),
        ("snake_case A4 H2O", ["snake", "case", "a4", "h2o"]),
        ("“quoted” – (bracketed) …", ["quoted", "bracketed"]),
        ("", []),
        ("— … !", []),
    ],
)
def test_words_are_compared_without_case_accents_and_marks(text: str, wanted: list[str]) -> None:
    assert forms(text) == wanted


@pytest.mark.parametrize(
    "words",
    [
        "evaluation evaluations",
        "referral referrals referral's",
        "reduce reduced reducing",
        "children's children’s",
        "worker workers workers’",
        "children's childrens children’s children",
        "O'Brien O’Brien OBrien",
        "US us U.S.",
        "£1.2m 1.2bn 1.2",
        "10,000 10000 10000km",
    ],
)
def test_inflections_of_one_word_have_one_stem(words: str) -> None:
    assert len({stem(form) for form in forms(words)}) == 1


def test_stop_words_are_told_by_their_form() -> None:
    assert all(is_stop(exact_form(word)) for word in STOP_WORDS)
    assert not any(map(is_stop, forms("pause family safeguarding 2017 US IT WHO")))


def test_an_ordinal_and_a_code_are_no_amounts() -> None:
    assert [stem(form) for form in forms("3rd 1990s A4 4G M25")] == [
        "3rd",
        "1990s",
        "a4",
        "4g",
        "m25",
    ]


@given(st.text())
@example("0A¼")
@example("a.㏂ U.S. i.t A&E")
@example("well-being's co-o-p e-mail-e-mail ℮-mail")
@example("㏂ ﷺ ⒈ ﾞ")
def test_a_form_is_its_own_form(text: str) -> None:
    for form in forms(text):
        assert form
        assert forms(form) == [form]


@given(st.text())
def test_tokens_are_words_of_the_text_in_order(text: str) -> None:
    found = list(tokens(text))
    assert [token.form for token in found] == forms(text)
    end = 0
    for token in found:
        assert end <= token.start < token.end <= len(text)
        assert WORD.fullmatch(text[token.start : token.end])
        end = token.end


@given(st.text(alphabet=st.characters(categories=["L", "Nd"]), min_size=1))
def test_no_letter_is_lost(text: str) -> None:
    assert sum(token.end - token.start for token in tokens(text)) == len(text)
